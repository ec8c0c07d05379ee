// Copyright 2026 The Overlane Authors. SPDX-License-Identifier: Apache-2.0
// Whether the tables of each switch are proven, and what violates which invariant.

import { badge, h, table } from '../dom.js';

const EFFECTS = { harmful: 'bad', harmless: 'good', unknown: 'doubtful' };

export function verification() {
  const policy = h('p');
  const violations = h('div');
  const drift = table('What switches have that differs from what they should have', [
    { title: 'Switch', of: (d) => d.name },
    { title: 'Effect', of: (d) => badge(d.effect, EFFECTS[d.effect] ?? 'plain') },
    { title: 'What', of: (d) => d.kind },
    { title: 'Whose', of: (d) => d.owner },
    { title: 'Entry', of: (d) => d.what },
  ], (d) => `${d.device} ${d.kind} ${d.what}`, 'Nothing, at the last look.');
  const looks = h('p', { class: 'none' });
  const verdicts = table('Switches', [
    { title: 'Switch', of: (s) => s.name },
    { title: 'Verdict', of: (s) => badge(s.word, s.kind) },
    { title: 'At', of: (s) => new Date(s.at).toLocaleString() },
    { title: 'ms', of: (s) => s.millis, number: true },
    { title: 'why', of: (s) => s.reason },
  ], (s) => s.device, 'Nothing has been verified yet.');
  return {
    element: h('div', {}, h('h2', {}, 'Verification'), policy, verdicts.element, violations, drift.element, looks),
    sources: () => ({ verification: 'verification', topology: 'topology' }),
    show({ verification: state, topology }) {
      const names = new Map(topology.devices.map((d) => [d.device, d.name]));
      policy.textContent = {
        enforce: 'Tables that are not proven are refused; the old ones stay in force.',
        warn: 'Tables that are not proven are taken over, and it is said here and in the log.',
        off: 'Tables are not verified.',
      }[state.policy];
      verdicts.show(state.switches.map((s) => ({ ...s, name: names.get(s.device) ?? s.device, ...verdict(s) })));
      const seen = state.observed.switches;
      drift.show(seen.flatMap((s) => s.drift.map((d) => ({ ...d, device: s.device, name: names.get(s.device) ?? s.device }))));
      looks.textContent = state.observed.interval === 0 ? 'Nobody looks: driftInterval is 0.' : `Looked at every ${state.observed.interval} s. Harmful: it violates an invariant.`;
      const found = [
        ...state.switches.flatMap((s) => s.report?.violations ?? []),
        ...seen.flatMap((s) => s.drift.flatMap((d) => d.violations)),
      ];
      violations.replaceChildren(...found.map((v) => told(names.get(v.device) ?? v.device, v)));
    },
  };
}

function verdict(s) {
  if (s.refused) {
    return { word: 'refused', kind: 'bad' };
  }
  if (!s.verified) {
    return { word: 'not verified', kind: 'plain' };
  }
  return s.report.proven ? { word: 'proven', kind: 'good' } : { word: 'violated', kind: 'bad' };
}

function told(name, v) {
  return h('section', { class: 'complaint' },
    h('h3', {}, `${name}: ${v.title}`),
    h('p', {}, v.message),
    v.trace ? h('pre', {}, v.trace) : null,
    v.entries.length > 0 ? h('pre', {}, v.entries.map((e) => `${e.entry}   (${e.source})`).join('\n')) : null,
    h('p', {}, v.remedy));
}
