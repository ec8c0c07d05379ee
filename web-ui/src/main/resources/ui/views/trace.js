// Copyright 2026 The Overlane Authors. SPDX-License-Identifier: Apache-2.0
// What happens to a packet, and why: the question, the answer in words, and the way on the map.

import { get } from '../api.js';
import { form, h } from '../dom.js';
import { drawing } from './drawing.js';
import { tunnelSources, tunnelsOf } from '../tunnels.js';

export function trace() {
  const map = drawing(() => {});
  const answer = h('div');
  const names = h('datalist', { id: 'endpoints' });
  let devices = new Map();
  const fields = [
    { name: 'from', label: 'From', hint: 'endpoint', required: true, list: 'endpoints' },
    { name: 'to', label: 'To', hint: 'endpoint, MAC or VTEP', required: true, list: 'endpoints' },
    { name: 'kind', label: 'Protocol', options: [['icmp', 'ICMP'], ['tcp', 'TCP'], ['udp', 'UDP'], ['arp', 'ARP']] },
    { name: 'size', label: 'Size, bytes with IP header', hint: '1500' },
    { name: 'df', label: 'DF', type: 'checkbox' },
    { name: 'ipv6', label: 'IPv6', type: 'checkbox' },
    { name: 'observed', label: 'Through what switches have', type: 'checkbox' },
  ];
  const question = form('A packet', fields, 'Trace', async (values) => {
    answer.replaceChildren();
    map.mark(null);
    const result = await get(`trace?${query(values)}`);
    answer.replaceChildren(...told(result, devices));
    map.mark(wayOf(result), endpointsOf(result));
  });
  const element = h('div', { class: 'split' },
    h('section', { 'aria-label': 'Question and map' }, question, names, map.element),
    h('aside', { 'aria-label': 'Answer', 'aria-live': 'polite' }, answer));
  return {
    element,
    sources: () => ({ topology: 'topology', ...tunnelSources() }),
    show({ topology, ...answers }) {
      devices = new Map(topology.devices.map((d) => [d.device, d.name]));
      map.show(topology, tunnelsOf(answers).list);
      if (names.childElementCount !== topology.endpoints.length) {
        names.replaceChildren(...topology.endpoints.map((e) => h('option', { value: e.id }, e.network)));
      }
    },
  };
}

function query(values) {
  const parameters = new URLSearchParams({ from: values.from, to: values.to, [values.kind]: 'true' });
  for (const name of ['size', 'df', 'ipv6', 'observed']) {
    if (values[name]) {
      parameters.set(name, values[name]);
    }
  }
  return parameters;
}

/** The overlay switches in the order in which the packet passes them. */
function wayOf(result) {
  const way = result.steps.map((s) => s.device);
  return way.filter((device, i) => i === 0 || device !== way[i - 1]);
}

function endpointsOf(result) {
  return [result.from?.endpoint, result.to?.endpoint, ...result.steps.flatMap((s) => s.endpoints ?? [])].filter(Boolean);
}

function told(result, devices) {
  const name = (device) => devices.get(device) ?? device;
  return [
    h('h2', {}, result.packet.description),
    h('p', { class: 'verdict' }, result.verdict),
    result.asWanted === false ? h('p', {}, 'This is not what the model wants.') : null,
    result.limit ? h('p', {}, `What fits: ${result.limit.derivation}.`) : null,
    h('ol', { class: 'steps' }, result.steps.map((s) => h('li', {}, h('strong', {}, name(s.device)), ': ', step(s, name), entries(s)))),
  ].filter(Boolean);
}

function bytes(lengths) {
  return lengths.length === 0 ? 'nothing' : lengths.length === 1 ? `${lengths[0]} bytes` : `${lengths.length} of ${lengths.join(', ')} bytes`;
}

function step(s, name) {
  switch (s.step) {
    case 'switch':
      return `the switch looks up ${s.outer ? 'the encapsulated packet' : 'the frame'} (${bytes(s.lengths)}) from port ${s.inPort}`;
    case 'packet-out':
      return `the controller sends ${bytes(s.lengths)}`;
    case 'controller':
      return s.explanation;
    case 'encapsulated':
      return `${bytes(s.frames)} encapsulated with VNI ${s.vni} towards ${name(s.to)}: ${bytes(s.packets)}`;
    case 'fragmented':
      return `fragmented by the ${s.by}, MTU ${s.mtu}: ${s.before} bytes become ${bytes(s.after)}`;
    case 'reassembled':
      return `${s.fragments} fragments reassembled: ${s.length} bytes`;
    case 'decapsulated':
      return `decapsulated: ${bytes(s.frames)}`;
    default:
      return `${s.kind}${s.endpoints?.length ? ` to ${s.endpoints.join(', ')}` : ''}${s.reason ? `: ${s.reason}` : ''}`;
  }
}

function entries(s) {
  const list = s.entries ?? [];
  return list.length === 0 ? null : h('ul', {}, list.map((e) =>
    h('li', {}, `table ${e.table}: `, h('span', {}, e.purpose ?? e.packetClass ?? 'an entry of others'), e.source ? ` (${e.source})` : '')));
}
