// Copyright 2026 The Overlane Authors. SPDX-License-Identifier: Apache-2.0
// What became of packets that were too large: totals, and how they grow while the page is open.

import { dash, h, table, word } from '../dom.js';

const SAMPLES = 450;
const COLOURS = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];

/** Kept while the page is open, whichever view is in front. */
const samples = [];

export function packets() {
  const chart = growth();
  const totals = table('By network and switch, since the controller was started', [
    { title: 'Network', of: (c) => dash(c.network) },
    { title: 'Switch', of: (c) => c.device },
    { title: 'What became of them', of: (c) => c.reason },
    { title: 'Packets', of: (c) => c.count, number: true },
  ], (c) => `${c.network} ${c.device} ${c.reason}`, 'No packet has been too large so far.');
  const meters = table('Meters of the switches', [
    { title: 'Switch', of: (m) => m.device },
    { title: 'Port', of: (m) => dash(m.port) },
    { title: 'Purpose', of: (m) => m.purpose },
    { title: 'Seen', of: (m) => m.seen, number: true },
    { title: 'Dropped', of: (m) => m.dropped, number: true },
  ], (m) => `${m.device} ${m.port} ${m.purpose}`);
  return {
    element: h('div', {}, h('h2', {}, 'Packets a second that were too large'), chart.legend, chart.element, totals.element, meters.element),
    sources: () => ({ oversize: 'oversize', topology: 'topology' }),
    show({ oversize, topology }) {
      const names = new Map(topology.devices.map((d) => [d.device, d.name]));
      const name = (row) => ({ ...row, device: names.get(row.device) ?? row.device });
      const rows = oversize.counters.flatMap((c) =>
        Object.entries(c.reasons).map(([reason, count]) => ({ ...name(c), reason: word(reason), count })));
      totals.show(rows);
      meters.show(oversize.meters.map(name));
      samples.push({ at: new Date(), counts: d3.rollup(rows, (list) => d3.sum(list, (r) => r.count), (r) => r.reason) });
      samples.splice(0, samples.length - SAMPLES);
      chart.show();
    },
  };
}

/** One line for each reason, of packets a second between two looks. */
function growth() {
  const [height, left, bottom] = [240, 50, 24];
  const svg = d3.create('svg').attr('class', 'chart').attr('role', 'img')
    .attr('aria-label', 'Packets a second by reason; the table below has the totals');
  const xAxis = svg.append('g').attr('class', 'axis').attr('transform', `translate(0,${height - bottom})`);
  const yAxis = svg.append('g').attr('class', 'axis').attr('transform', `translate(${left},0)`);
  const lines = svg.append('g');
  const legend = h('ul', { class: 'legend' });
  function show() {
    const width = Math.max(svg.node().clientWidth, 300);
    svg.attr('viewBox', `0 0 ${width} ${height}`);
    const reasons = [...new Set(samples.flatMap((s) => [...s.counts.keys()]))].sort();
    const series = reasons.map((reason, i) => ({
      reason,
      colour: `var(--${COLOURS[i % COLOURS.length]})`,
      dash: i < COLOURS.length ? null : '6 3',
      points: samples.slice(1).map((s, j) => ({
        at: s.at,
        rate: Math.max(0, ((s.counts.get(reason) ?? 0) - (samples[j].counts.get(reason) ?? 0)) / ((s.at - samples[j].at) / 1000)),
      })),
    }));
    const x = d3.scaleTime(d3.extent(samples, (s) => s.at), [left, width - 10]);
    const y = d3.scaleLinear([0, Math.max(1, d3.max(series, (s) => d3.max(s.points, (p) => p.rate)) ?? 0)], [height - bottom, 8]).nice();
    xAxis.call(d3.axisBottom(x).ticks(6));
    yAxis.call(d3.axisLeft(y).ticks(5));
    const line = d3.line((p) => x(p.at), (p) => y(p.rate));
    lines.selectAll('path').data(series, (s) => s.reason).join('path')
      .attr('class', 'line').attr('stroke', (s) => s.colour).attr('stroke-dasharray', (s) => s.dash).attr('d', (s) => line(s.points));
    legend.replaceChildren(...series.map((s) => {
      const key = d3.create('svg').attr('viewBox', '0 0 40 12').attr('aria-hidden', 'true');
      key.append('path').attr('d', 'M0,6H40').attr('stroke', s.colour).attr('stroke-width', 4).attr('stroke-dasharray', s.dash);
      return h('li', {}, key.node(), ` ${s.reason}`);
    }));
  }
  return { element: svg.node(), legend, show };
}
