// Copyright 2026 The Overlane Authors. SPDX-License-Identifier: Apache-2.0
// Whether the tables of each switch are proven, and what violates which invariant.

import { badge, h, table } from '../dom.js';

export function verification() {
  const policy = h('p');
  const violations = h('div');
  const verdicts = table('Switches', [
    { title: 'Switch', of: (s) => s.name },
    { title: 'Verdict', of: (s) => badge(s.word, s.kind) },
    { title: 'At', of: (s) => new Date(s.at).toLocaleString() },
    { title: 'ms', of: (s) => s.millis, number: true },
    { title: 'why', of: (s) => s.reason },
  ], (s) => s.device, 'Nothing has been verified yet.');
  return {
    element: h('div', {}, h('h2', {}, 'Verification'), policy, verdicts.element, violations),
    sources: () => ({ verification: 'verification', topology: 'topology' }),
    show({ verification: state, topology }) {
      const names = new Map(topology.devices.map((d) => [d.device, d.name]));
      policy.textContent = {
        enforce: 'Tables that are not proven are refused; the old ones stay in force.',
        warn: 'Tables that are not proven are taken over, and it is said here and in the log.',
        off: 'Tables are not verified.',
      }[state.policy];
      verdicts.show(state.switches.map((s) => ({ ...s, name: names.get(s.device) ?? s.device, ...verdict(s) })));
      violations.replaceChildren(...state.switches.flatMap((s) => (s.report?.violations ?? []).map((v) => told(names.get(s.device) ?? s.device, v))));
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
