// Copyright 2026 The Overlane Authors. SPDX-License-Identifier: Apache-2.0
// Everything about one host: state and why, limits, entries by packet class, VMs, tunnels.

import { badge, dash, h, kindOf, table, word } from '../dom.js';
import { lossOf, mtuOf, timeOf } from '../tunnels.js';

export function details() {
  const element = h('aside', { 'aria-label': 'Details', 'aria-live': 'off' });
  let picked;
  let parts = null;
  return {
    element,
    pick(device) {
      if (device !== picked || parts === null) {
        picked = device;
        parts = device === undefined ? null : sections();
        element.replaceChildren(...(parts ? parts.elements : [h('p', { class: 'none' }, 'Pick a host to see more about it.')]));
      }
    },
    sources: () => {
      if (picked === undefined) {
        return {};
      }
      const device = encodeURIComponent(picked);
      return { status: `status/${device}`, counters: `counters/${device}`, mtu: `mtu?device=${device}` };
    },
    show: (answers) => parts?.show(picked, answers),
  };
}

function sections() {
  const title = h('h2');
  const facts = h('dl');
  const why = h('div');
  const rates = new Rates();
  const entries = table('Entries by packet class', [
    { title: 'Packet class', of: (c) => c.title },
    { title: 'Entries', of: (c) => c.entries, number: true },
    { title: 'Packets', of: (c) => c.packets, number: true },
    { title: 'per second', of: (c) => rates.of(c), number: true },
  ], (c) => c.packetClass, 'The switch has not reported any.');
  const hint = h('p', { class: 'none' }, 'Entries behind a comparison of lengths count every packet of their class, whether it is too large or not.');
  const limits = table('How large packets may be', [
    { title: 'Network', of: (p) => p.network },
    { title: 'Towards', of: (p) => p.towards },
    { title: 'MTU', of: (p) => p.mtu, number: true },
    { title: 'because', of: (p) => p.derivation },
  ], (p) => `${p.network} ${p.towards}`, 'No path to another host.');
  const capabilities = table('What becomes of larger ones', [
    { title: 'Packet', of: (c) => c.title },
    { title: '', of: (c) => badge(c.holds ? 'holds' : 'does not', c.holds ? 'good' : 'doubtful') },
    { title: 'by', of: (c) => c.means },
  ], (c) => c.case);
  const vms = table('Endpoints', [
    { title: 'Endpoint', of: (e) => e.id },
    { title: 'Network', of: (e) => e.network },
    { title: 'MAC', of: (e) => e.mac },
    { title: 'Port', of: (e) => dash(e.port) },
  ], (e) => e.id, 'No endpoint.');
  const tunnels = table('Tunnels', [
    { title: 'To', of: (t) => t.name },
    { title: 'State', of: (t) => badge(word(t.state), kindOf(t.state)) },
    { title: 'MTU', of: mtuOf, number: true },
    { title: 'Lost', of: lossOf, number: true },
    { title: 'Takes', of: timeOf, number: true },
    { title: 'why', of: (t) => t.why },
  ], (t) => `${t.to} ${t.family}`, 'No tunnel.');
  return {
    elements: [title, facts, why, tunnels.element, vms.element, limits.element, capabilities.element, entries.element, hint],
    show(device, { topology, tunnels: all, status, counters, mtu }) {
      const names = new Map(topology.devices.map((d) => [d.device, d.name]));
      const one = topology.devices.find((d) => d.device === device);
      title.textContent = one?.name ?? device;
      if (!status || !one) {
        facts.replaceChildren();
        why.replaceChildren(h('p', {}, 'No switch of this id is configured or connected.'));
        return;
      }
      facts.replaceChildren(...factsOf(one, status));
      why.replaceChildren(...reasons(status));
      rates.take(counters);
      entries.show(counters?.classes ?? []);
      const name = (id) => names.get(id) ?? id;
      tunnels.show(all.filter((t) => t.from === device).map((t) => ({ ...t, name: name(t.to) })));
      vms.show(topology.endpoints.filter((e) => e.device === device));
      limits.show((mtu?.networks ?? []).flatMap((n) => n.paths.filter((p) => p.from === device)
        .map((p) => ({ ...p, network: n.network, towards: name(p.to) }))));
      capabilities.show(status.capabilities ?? []);
    },
  };
}

function factsOf(device, status) {
  const progress = (p) => (p.pending + p.failed === 0 ? `${p.observed}` : `${p.observed} of ${p.desired}; ${p.pending} pending, ${p.failed} failed`);
  const list = [
    ['State', badge(word(device.state), kindOf(device.state))],
    ['Device', device.device],
    ['VTEP', device.vteps.join(', ') || '-'],
    ['Tunnel', dash(device.tunnel)],
    ['Underlay MTU', device.underlayMtu ? `${device.underlayMtu} bytes` : '-'],
    ['Entries', progress(status.entries)],
    ['Groups, meters', `${progress(status.groups)}, ${progress(status.meters)}`],
  ];
  if (status.ovsdb) {
    list.push(['Database', `${status.ovsdb.address}, ${word(status.ovsdb.state)}`]);
  }
  return list.flatMap(([name, value]) => [h('dt', {}, name), h('dd', {}, value)]);
}

/** What is wrong, what waits for what, and what to do about it. */
function reasons(status) {
  const lines = [
    ...status.reasons,
    ...(status.lastError ? [`${status.lastError} (${status.lastErrorAt})`] : []),
    ...status.pending.map((p) => `Pending: ${p.path}: ${p.reason}. ${p.remedy}.`),
    ...status.diagnostics.map((d) => `${d.subject}: ${d.message}.`),
    ...status.warnings.map((w) => `${w.subject}: ${w.message}. ${w.remedy}.`),
  ];
  return lines.length === 0 ? [] : [h('h3', {}, 'What to look at'), h('ul', {}, lines.map((line) => h('li', {}, line)))];
}

/** Packets a second between the last two looks that differ. */
class Rates {
  last = new Map();

  take(counters) {
    const now = performance.now();
    for (const c of counters?.classes ?? []) {
      const before = this.last.get(c.packetClass);
      if (!before) {
        this.last.set(c.packetClass, { packets: c.packets, at: now, rate: undefined });
      } else if (now - before.at >= 4000) {
        const rate = Math.max(0, ((c.packets - before.packets) * 1000) / (now - before.at));
        this.last.set(c.packetClass, { packets: c.packets, at: now, rate });
      }
    }
  }

  of(c) {
    const rate = this.last.get(c.packetClass)?.rate;
    return rate === undefined ? '-' : rate < 10 ? rate.toFixed(1) : Math.round(rate);
  }
}
