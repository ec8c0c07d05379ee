// Copyright 2026 The Overlane Authors. SPDX-License-Identifier: Apache-2.0
// The MTU from each host to each other one, as a matrix, or as a list where there are many hosts.

import { badge, dash, h, kindOf, table, word } from '../dom.js';
import { lossOf, mtuOf, timeOf, tunnelSources, tunnelsOf } from '../tunnels.js';

const MATRIX = 30;

export function paths() {
  const matrix = h('table', { class: 'matrix' });
  const about = h('p', { class: 'none' });
  const list = table('Paths', [
    { title: 'From', of: (t) => t.fromName },
    { title: 'To', of: (t) => t.toName },
    { title: 'Over', of: (t) => t.family },
    { title: 'State', of: (t) => badge(word(t.state), kindOf(t.state)) },
    { title: 'Confirmed', of: (t) => dash(t.probed?.confirmed), number: true },
    { title: 'Declared', of: (t) => t.underlayMtu, number: true },
    { title: 'Limit', of: (t) => dash(t.limit), number: true },
    { title: 'Lost', of: lossOf, number: true },
    { title: 'Takes', of: timeOf, number: true },
    { title: 'why', of: (t) => t.why },
  ], (t) => `${t.from} ${t.to} ${t.family}`, 'No two hosts share a network.');
  const element = h('div', {}, h('h2', {}, 'MTU of the underlay, bytes with outer IP header'), about, h('div', { class: 'scroll' }, matrix), list.element);
  return {
    element,
    sources: () => ({ topology: 'topology', ...tunnelSources() }),
    show({ topology, ...answers }) {
      const names = new Map(topology.devices.map((d) => [d.device, d.name]));
      const { list: tunnels, complete } = tunnelsOf(answers);
      const rows = tunnels.map((t) => ({ ...t, fromName: names.get(t.from) ?? t.from, toName: names.get(t.to) ?? t.to }));
      const hosts = [...new Set(rows.flatMap((t) => [t.from, t.to]))];
      const small = complete && hosts.length <= MATRIX;
      const troubled = rows.filter((t) => kindOf(t.state) === 'bad' || kindOf(t.state) === 'doubtful');
      about.textContent = small
        ? 'Row: sender. In bold: probes found less than both ends declare. In brackets: declared, not confirmed by probes.'
        : `There are too many paths for a matrix. Listed are those that are degraded or down: ${troubled.length}.`;
      draw(matrix, small ? hosts : [], rows, names);
      list.show(small ? rows : troubled);
    },
  };
}

function draw(matrix, hosts, rows, names) {
  const collator = new Intl.Collator(undefined, { numeric: true });
  const name = (host) => names.get(host) ?? host;
  hosts.sort((a, b) => collator.compare(name(a), name(b)));
  const byPair = d3.group(rows, (t) => t.from, (t) => t.to);
  matrix.replaceChildren(
    h('thead', {}, h('tr', {}, h('td'), hosts.map((host) => h('th', { scope: 'col' }, name(host))))),
    h('tbody', {}, hosts.map((from) => h('tr', {}, h('th', { scope: 'row' }, name(from)), hosts.map((to) => cell(from, to, byPair))))),
  );
}

/** The narrowest of the tunnels between two hosts, of either family. */
function cell(from, to, byPair) {
  const list = byPair.get(from)?.get(to);
  if (!list) {
    return h('td', {}, from === to ? '' : '\u00b7');
  }
  const narrowest = list.reduce((a, b) => (mtuOf(b) < mtuOf(a) || b.state === 'down' ? b : a));
  if (narrowest.state === 'down') {
    return h('td', { class: 'none', title: narrowest.why }, 'down');
  }
  const confirmed = narrowest.probed?.confirmed !== undefined;
  const less = confirmed && narrowest.probed.confirmed < narrowest.underlayMtu;
  return h('td', { class: less ? 'less' : null, title: narrowest.why }, confirmed ? `${less ? '\u2193' : ''}${mtuOf(narrowest)}` : `(${mtuOf(narrowest)})`);
}
