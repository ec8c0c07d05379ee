// Copyright 2026 The Overlane Authors. SPDX-License-Identifier: Apache-2.0
// Networks and endpoints: lists, and the forms that add and remove them.

import { request } from '../api.js';
import { complaint, dash, form, h, table } from '../dom.js';

export function networks({ refresh }) {
  const trouble = h('div');
  const remove = (path, name) => h('button', {
    type: 'button',
    'aria-label': `Remove ${name}`,
    click: async () => {
      trouble.replaceChildren();
      if (!confirm(`Remove ${name}?`)) {
        return;
      }
      try {
        await request('DELETE', path);
        refresh();
      } catch (failure) {
        trouble.replaceChildren(complaint(failure));
      }
    },
  }, 'Remove');
  const list = table('Networks', [
    { title: 'Network', of: (n) => n.id },
    { title: 'VNI', of: (n) => n.vni, number: true },
    { title: 'Endpoints', of: (n) => n.endpoints, number: true },
    { title: 'MTU', of: (n) => dash(n.mtu), number: true },
    { title: 'because', of: (n) => n.derivation },
    { title: '', of: (n) => remove(`networks/${encodeURIComponent(n.id)}`, n.id) },
  ], (n) => n.id);
  const endpoints = table('Endpoints', [
    { title: 'Endpoint', of: (e) => e.id },
    { title: 'Network', of: (e) => e.network },
    { title: 'MAC', of: (e) => e.mac },
    { title: 'IP addresses', of: (e) => e.ips.join(', ') },
    { title: 'Host', of: (e) => e.host },
    { title: 'Port', of: (e) => dash(e.port) },
    { title: '', of: (e) => (e.declared ? remove(`endpoints/${encodeURIComponent(e.id)}`, e.id) : 'announced by its port') },
  ], (e) => e.id);
  const hosts = h('datalist', { id: 'hosts' });
  const element = h('div', {}, trouble, list.element, networkForm(refresh), endpoints.element, hosts, endpointForm(refresh));
  return {
    element,
    sources: () => ({ topology: 'topology', mtu: 'mtu' }),
    show({ topology, mtu }) {
      const names = new Map(topology.devices.map((d) => [d.device, d.name]));
      const limits = new Map(mtu.networks.map((n) => [n.network, n]));
      list.show(topology.networks.map((n) => ({ ...n, ...limits.get(n.id), id: n.id })));
      endpoints.show(topology.endpoints.map((e) => ({ ...e, host: names.get(e.device) ?? e.device })));
      hosts.replaceChildren(...topology.devices.map((d) => h('option', { value: d.device }, d.name)));
    },
  };
}

/** Only what was filled in; a number where it is one, so that the controller says what is wrong with it otherwise. */
function body(values) {
  const filled = Object.entries(values).filter(([, value]) => value !== '');
  return Object.fromEntries(filled.map(([name, value]) => [name, convert(name, value)]));
}

function convert(name, value) {
  if (name === 'vni' || name === 'port') {
    return /^\d+$/.test(value) ? Number(value) : value;
  }
  if (name === 'ips') {
    return value.split(/[\s,]+/);
  }
  return name === 'mssClamping' ? true : value;
}

function networkForm(refresh) {
  const fields = [
    { name: 'id', label: 'Name', required: true },
    { name: 'vni', label: 'VNI', hint: '1 to 16777215', required: true },
    { name: 'underlay', label: 'Underlay', options: [['', 'either'], ['ipv4', 'IPv4'], ['ipv6', 'IPv6']] },
    { name: 'mssClamping', label: 'Clamp MSS', type: 'checkbox' },
  ];
  return form('A new network', fields, 'Add network', async (values) => {
    await request('POST', 'networks', body(values));
    refresh();
    return `${values.id} is there.`;
  });
}

function endpointForm(refresh) {
  const fields = [
    { name: 'id', label: 'Name', hint: 'network/MAC' },
    { name: 'network', label: 'Network', required: true },
    { name: 'mac', label: 'MAC address', required: true },
    { name: 'device', label: 'Device', hint: 'of:...', required: true, list: 'hosts' },
    { name: 'port', label: 'Port', hint: 'number or name', required: true },
    { name: 'ips', label: 'IP addresses' },
  ];
  return form('A new endpoint', fields, 'Add endpoint', async (values) => {
    await request('POST', 'endpoints', body(values));
    refresh();
    return 'The endpoint is there.';
  });
}
