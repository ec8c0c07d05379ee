// Copyright 2026 The Overlane Authors. SPDX-License-Identifier: Apache-2.0
// The map: a card for each host, tunnels as links. Few hosts show their VMs, and all tunnels. Many are small cards that
// count the tunnels in trouble; drawn are those of the host that is picked, and those in trouble while they are few.

import { count, h, kindOf, word } from '../dom.js';
import { mtuOf } from '../tunnels.js';

const FEW = 12;
const VMS = 6;
const FEW_LINKS = 60;
const LARGE = { width: 210, height: 64, row: 24, gapX: 150, gapY: 70 };
const SMALL = { width: 104, height: 46, row: 0, gapX: 18, gapY: 18 };

export function drawing(onPick) {
  const svg = d3.create('svg').attr('class', 'map').attr('role', 'group').attr('aria-label', 'Hosts and tunnels').attr('preserveAspectRatio', 'xMidYMin meet');
  const plane = svg.append('g');
  const links = plane.append('g');
  const cards = plane.append('g');
  const labels = plane.append('g').attr('pointer-events', 'none');
  const zoom = d3.zoom().scaleExtent([0.2, 4]).on('zoom', (event) => plane.attr('transform', event.transform));
  svg.call(zoom).on('dblclick.zoom', null);
  let picked;
  let way = null;
  let last;
  let fitted = '';

  function show(topology, tunnels) {
    last = [topology, tunnels];
    const hosts = layout(topology, svg.node().clientWidth / svg.node().clientHeight || 1);
    const links = pairs(tunnels, new Map(hosts.flatMap((host) => host.devices.map((device) => [device, host]))));
    drawHosts(hosts);
    drawTunnels(hosts.length <= FEW ? links : worthDrawing(links), hosts.length <= FEW);
    fit(hosts);
  }

  function drawHosts(hosts) {
    const host = cards.selectAll('g.host').data(hosts, (d) => d.device).join((enter) => {
      const g = enter.append('g').attr('tabindex', 0).attr('role', 'button');
      g.append('rect').attr('class', 'card').attr('rx', 6);
      g.append('text').attr('class', 'name').attr('x', 10).attr('y', 20);
      g.append('text').attr('class', 'faint state').attr('x', 10).attr('y', 38);
      g.append('text').attr('class', 'faint more').attr('x', 10).attr('y', 55);
      g.on('click', (event, d) => onPick(d.device)).on('keydown', (event, d) => {
        if (event.key === 'Enter' || event.key === ' ') {
          event.preventDefault();
          onPick(d.device);
        }
      });
      return g;
    });
    host
      .attr('class', (d) => `host ${kindOf(d.state)}${d.device === picked ? ' picked' : ''}${away(d) ? ' away' : ''}`)
      .attr('data-device', (d) => d.device)
      .attr('aria-pressed', (d) => d.device === picked)
      .attr('aria-label', (d) => `${d.name}, ${word(d.state)}, ${count(d.vms.length, 'VM')}`)
      .attr('transform', (d) => `translate(${d.x},${d.y})`);
    host.select('rect.card').attr('width', (d) => d.width).attr('height', (d) => d.height);
    host.select('.name').text((d) => cut(d.name, d.width));
    host.select('.state').text((d) => cut(d.small ? inBrief(d) : word(d.state), d.width));
    host.select('.more').text((d) => (d.small ? '' : cut(`${d.vteps.join(', ') || 'no VTEP'}`, d.width)));
    const vm = host.selectAll('g.vm').data((d) => d.rows, (v) => v.id).join((enter) => {
      const g = enter.append('g');
      g.append('rect').attr('rx', 3).attr('height', 20);
      g.append('text').attr('class', 'id').attr('x', 6).attr('y', 15);
      g.append('text').attr('class', 'faint network').attr('x', LARGE.width - 26).attr('y', 15).attr('text-anchor', 'end');
      return g;
    });
    vm.attr('class', (v) => `vm${way?.endpoints.has(v.id) ? ' onway' : ''}`)
      .attr('transform', (v, i) => `translate(10,${LARGE.height + i * LARGE.row})`);
    vm.select('rect').attr('width', LARGE.width - 20);
    vm.select('.id').text((v) => cut(v.text, LARGE.width - 20 - 7 * (v.of ?? '').length));
    vm.select('.network').text((v) => v.of ?? '');
  }

  function away(host) {
    return way !== null && !host.devices.some((d) => way.devices.has(d));
  }

  function worthDrawing(all) {
    const troubled = all.filter(isTroubled);
    return all.filter((p) => isPicked(p) || isOnWay(p) || (picked === undefined && troubled.length <= FEW_LINKS && isTroubled(p)));
  }

  function drawTunnels(shown, few) {
    links.selectAll('path').data(shown, (p) => p.key).join('path')
      .attr('class', (p) => `tunnel ${p.kind}${isOnWay(p) ? ' onway' : ''}`)
      .attr('data-state', (p) => p.state)
      .attr('data-between', (p) => `${p.a.device} ${p.b.device}`)
      .attr('d', (p) => curve(p));
    const told = shown.filter((p) => few || isTroubled(p));
    const label = labels.selectAll('g.label').data(told.slice(0, FEW_LINKS), (p) => p.key).join((enter) => {
      const g = enter.append('g').attr('class', 'label');
      g.append('rect').attr('rx', 3).attr('height', 18).attr('y', -13);
      g.append('text').attr('text-anchor', 'middle');
      return g;
    });
    label.attr('transform', (p) => `translate(${middle(p)})`);
    label.select('text').text((p) => p.text);
    label.select('rect').attr('width', (p) => p.text.length * 7 + 8).attr('x', (p) => -(p.text.length * 7 + 8) / 2);
  }

  const isPicked = (p) => picked !== undefined && [...p.a.devices, ...p.b.devices].includes(picked);
  const isOnWay = (p) => way !== null && way.tunnels.has(p.key);

  function fit(hosts) {
    const shape = hosts.map((d) => `${d.x},${d.y},${d.height}`).join(';');
    if (shape === fitted || hosts.length === 0) {
      return;
    }
    fitted = shape;
    const width = d3.max(hosts, (d) => d.x + d.width);
    const height = d3.max(hosts, (d) => d.y + d.height);
    svg.attr('viewBox', `-20 -20 ${Math.max(width + 40, 600)} ${Math.max(height + 40, 300)}`);
    svg.call(zoom.transform, d3.zoomIdentity);
  }

  const redraw = () => last && show(...last);
  return {
    element: svg.node(),
    legend: legend(),
    show,
    pick(device) {
      picked = device;
      redraw();
    },
    /** Marks the way of a packet: the devices, endpoints and tunnels that it passes; null for none. */
    mark(devices, endpoints) {
      way = devices === null ? null : { devices: new Set(devices), endpoints: new Set(endpoints), tunnels: consecutive(devices) };
      redraw();
    },
  };
}

const isTroubled = (p) => p.kind === 'doubtful' || p.kind === 'bad';

function inBrief(host) {
  if (host.state !== 'IN_SYNC') {
    return word(host.state);
  }
  return host.troubled > 0 ? `! ${count(host.troubled, 'tunnel')}` : count(host.vms.length, 'VM');
}

function consecutive(devices) {
  return new Set(devices.slice(1).map((device, i) => keyOf(devices[i], device)));
}

function keyOf(a, b) {
  return [a, b].sort().join(' ');
}

/** Devices that serve one host are one card; cards in rows, by name. */
function layout(topology, aspect) {
  const main = topology.devices.filter((d) => !d.host);
  const small = main.length > FEW;
  const size = small ? SMALL : LARGE;
  const cell = (size.height + size.gapY) / (size.width + size.gapX);
  const columns = Math.ceil(small ? Math.sqrt(main.length * aspect * cell) : Math.sqrt(main.length));
  const collator = new Intl.Collator(undefined, { numeric: true });
  const vms = d3.group(topology.endpoints, (e) => e.device);
  const bridges = d3.group(topology.devices.filter((d) => d.host), (d) => d.host);
  const hosts = main.sort((a, b) => collator.compare(a.name, b.name)).map((device) => {
    const own = vms.get(device.device) ?? [];
    const rows = small ? [] : own.slice(0, VMS).map((e) => ({ id: e.id, text: e.id, of: e.network }));
    if (!small && own.length > VMS) {
      rows[VMS - 1] = { id: '...', text: `and ${own.length - VMS + 1} more` };
    }
    const all = [device, ...(bridges.get(device.device) ?? [])];
    return {
      ...device,
      small,
      state: worst(all.map((d) => d.state)),
      devices: all.map((d) => d.device),
      vms: own,
      troubled: 0,
      rows,
      width: size.width,
      height: size.height + size.row * rows.length + (rows.length > 0 ? 6 : 0),
    };
  });
  const rowHeight = (d3.max(hosts, (d) => d.height) ?? 0) + size.gapY;
  hosts.forEach((host, i) => {
    host.x = (i % columns) * (size.width + size.gapX);
    host.y = Math.floor(i / columns) * rowHeight;
  });
  return hosts;
}

const ORDER = ['bad', 'doubtful', 'plain', 'good'];

function worst(states) {
  return states.reduce((a, b) => (ORDER.indexOf(kindOf(b)) < ORDER.indexOf(kindOf(a)) ? b : a));
}

/** Both directions, and both families, of two hosts are one link, in the worst state of all. */
function pairs(tunnels, byDevice) {
  const all = d3.group(tunnels.filter((t) => byDevice.has(t.from) && byDevice.has(t.to)), (t) => keyOf(t.from, t.to));
  return [...all].map(([key, list]) => {
    const state = worst(list.map((t) => t.state));
    const text = `${state === 'up' ? '' : `${word(state)} `}${Math.min(...list.map(mtuOf))}`;
    const link = { key, a: byDevice.get(list[0].from), b: byDevice.get(list[0].to), state, kind: kindOf(state), text };
    if (isTroubled(link)) {
      link.a.troubled++;
      link.b.troubled++;
    }
    return link;
  });
}

function centre(host) {
  return [host.x + host.width / 2, host.y + host.height / 2];
}

/** Links of hosts in one row or column bend, so that they do not run through the hosts in between. */
function control(p) {
  const [x1, y1] = centre(p.a);
  const [x2, y2] = centre(p.b);
  const far = Math.hypot(x2 - x1, y2 - y1);
  const neighbours = far < p.a.width * 2.2;
  const bend = neighbours ? 0 : Math.min(far * 0.18, 160);
  return [(x1 + x2) / 2 - ((y2 - y1) / far) * bend, (y1 + y2) / 2 + ((x2 - x1) / far) * bend];
}

function curve(p) {
  const [x1, y1] = centre(p.a);
  const [x2, y2] = centre(p.b);
  return `M${x1},${y1}Q${control(p)} ${x2},${y2}`;
}

function middle(p) {
  const [x1, y1] = centre(p.a);
  const [x2, y2] = centre(p.b);
  const [cx, cy] = control(p);
  return [(x1 + 2 * cx + x2) / 4, (y1 + 2 * cy + y2) / 4];
}

function cut(text, width) {
  const room = Math.floor((width - 20) / 7);
  return text.length <= room ? text : `${text.slice(0, room - 1)}\u2026`;
}

function legend() {
  const line = (kind, text) => {
    const svg = d3.create('svg').attr('viewBox', '0 0 40 12').attr('aria-hidden', 'true');
    svg.append('path').attr('class', `tunnel ${kind}`).attr('d', 'M0,6H40');
    return h('li', {}, svg.node(), ` ${text}`);
  };
  return h('ul', { class: 'legend', 'aria-label': 'Tunnels' },
    line('good', 'up'), line('doubtful', 'degraded'), line('bad', 'down'), line('plain', 'not probed'), h('li', {}, 'Figures: MTU of the underlay, bytes'));
}
