// Copyright 2026 The Overlane Authors. SPDX-License-Identifier: Apache-2.0
// What happened to tunnels, newest first.

import { badge, dash, h, kindOf, table, word } from '../dom.js';

export function events() {
  const list = table('Events of tunnels, newest first', [
    { title: 'When', of: (e) => new Date(e.at).toLocaleString() },
    { title: 'From', of: (e) => e.fromName },
    { title: 'To', of: (e) => e.toName },
    { title: 'Before', of: (e) => dash(e.before) },
    { title: 'State', of: (e) => (e.after ? badge(word(e.after), kindOf(e.after)) : 'gone') },
    { title: 'Limit', of: (e) => dash(e.limitAfter), number: true },
    { title: 'why', of: (e) => e.why },
  ], (e) => `${e.at} ${e.from} ${e.to} ${e.family} ${e.after}`, 'Nothing has happened since the controller was started.');
  return {
    element: h('div', {}, list.element),
    sources: () => ({ events: 'tunnels/events', topology: 'topology' }),
    show({ events: answer, topology }) {
      const names = new Map(topology.devices.map((d) => [d.device, d.name]));
      list.show((answer?.events ?? []).map((e) => ({ ...e, fromName: names.get(e.from) ?? e.from, toName: names.get(e.to) ?? e.to })));
    },
  };
}
