// Copyright 2026 The Overlane Authors. SPDX-License-Identifier: Apache-2.0
// The MTU from each host to each other one, as a matrix, or as a list where there are many hosts.

import { badge, dash, h, kindOf, table, word } from '../dom.js';

const MATRIX = 30;

export function paths() {
  const matrix = h('table', { class: 'matrix' });
  const about = h('p', { class: 'none' });
  const list = table('Paths', [
    { title: 'From', of: (t) => t.fromName },
    { title: 'To', of: (t) => t.toName },
    { title: 'Over', of: (t) => t.family },
    { title: 'State', of: (t) => badge(word(t.state), kindOf(t.state)) },
    { title: 'Path MTU', of: (t) => dash(t.mtu), number: true },
    { title: 'Bound', of: (t) => dash(t.bound), number: true },
    { title: 'Loss', of: (t) => (t.lossPercent === undefined ? '-' : `${t.lossPercent} %`), number: true },
    { title: 'Round trip', of: (t) => (t.rttMicros === undefined ? '-' : `${(t.rttMicros / 1000).toFixed(1)} ms`), number: true },
    { title: 'why', of: (t) => t.reason },
  ], (t) => `${t.from} ${t.to} ${t.family}`, 'No two hosts share a network.');
  const element = h('div', {}, h('h2', {}, 'Path MTU, bytes with outer IP header'), about, h('div', { class: 'scroll' }, matrix), list.element);
  return {
    element,
    sources: () => ({ topology: 'topology', tunnels: 'tunnels' }),
    show({ topology, tunnels }) {
      if (tunnels === null) {
        about.textContent = 'This controller keeps no tunnels.';
        return;
      }
      const names = new Map(topology.devices.map((d) => [d.device, d.name]));
      const rows = tunnels.tunnels.map((t) => ({ ...t, fromName: names.get(t.from) ?? t.from, toName: names.get(t.to) ?? t.to }));
      const troubled = rows.filter((t) => kindOf(t.state) !== 'good');
      const hosts = [...new Set(rows.flatMap((t) => [t.from, t.to]))];
      const small = hosts.length <= MATRIX;
      about.textContent = small
        ? 'Row: sender. A figure in bold is less than the ends would allow.'
        : `${rows.length} paths between ${hosts.length} hosts, too many for a matrix; listed are those that are not up (${troubled.length}).`;
      draw(matrix, small ? hosts : [], rows, names);
      list.show(small ? rows : troubled.slice(0, 500));
    },
  };
}

function draw(matrix, hosts, rows, names) {
  const collator = new Intl.Collator(undefined, { numeric: true });
  const name = (host) => names.get(host) ?? host;
  hosts.sort((a, b) => collator.compare(name(a), name(b)));
  const byPair = d3.group(rows, (t) => t.from, (t) => t.to);
  const cell = (from, to) => {
    const list = byPair.get(from)?.get(to) ?? [];
    const mtus = list.map((t) => t.mtu).filter((mtu) => mtu !== undefined);
    if (list.length === 0) {
      return h('td', {}, from === to ? '' : '\u00b7');
    }
    if (list.some((t) => t.state === 'down')) {
      return h('td', { class: 'none', title: list[0].reason }, 'down');
    }
    const less = list.some((t) => t.mtu < t.bound);
    return h('td', { class: less ? 'less' : null, title: list.map((t) => t.reason).join(' ') }, mtus.length > 0 ? `${less ? '\u2193' : ''}${Math.min(...mtus)}` : '?');
  };
  matrix.replaceChildren(
    h('thead', {}, h('tr', {}, h('td'), hosts.map((host) => h('th', { scope: 'col' }, name(host))))),
    h('tbody', {}, hosts.map((from) => h('tr', {}, h('th', { scope: 'row' }, name(from)), hosts.map((to) => cell(from, to))))),
  );
}
