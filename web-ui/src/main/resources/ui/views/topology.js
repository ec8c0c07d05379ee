// Copyright 2026 The Overlane Authors. SPDX-License-Identifier: Apache-2.0
// Hosts with their VMs, tunnels between them, and the details of the host that is picked.

import { details } from './details.js';
import { drawing } from './drawing.js';
import { count, h } from '../dom.js';
import { tunnelSources, tunnelsOf } from '../tunnels.js';

export function topology() {
  const side = details();
  let picked;
  const map = drawing((device) => {
    location.hash = picked === device ? '#/topology' : `#/topology/${encodeURIComponent(device)}`;
  });
  const summary = h('p', { role: 'status', class: 'none' });
  const element = h('div', { class: 'split' }, h('section', { 'aria-label': 'Map of hosts and tunnels' }, summary, map.legend, map.element), side.element);
  return {
    element,
    select(device) {
      picked = device;
      map.pick(device);
      side.pick(device);
    },
    sources: () => ({ topology: 'topology', ...tunnelSources(picked), ...side.sources() }),
    show(answers) {
      const { list } = tunnelsOf(answers);
      summary.textContent = said(answers.topology);
      map.show(answers.topology, list);
      side.show({ ...answers, tunnels: list });
    },
  };
}

function said(topology) {
  if (topology.problem) {
    return `The model cannot be taken over: ${topology.problem}`;
  }
  const devices = topology.devices;
  const rest = devices.filter((d) => d.state !== 'IN_SYNC' && d.state !== 'UNCONFIGURED').length;
  const numbers = `${count(devices.length, 'switch')}, ${count(topology.networks.length, 'network')}, ${count(topology.endpoints.length, 'endpoint')}.`;
  return devices.length === 0
    ? 'No switch is configured or connected.'
    : `${numbers} ${rest === 0 ? 'All switches are in sync.' : `${rest} not in sync.`}`;
}
