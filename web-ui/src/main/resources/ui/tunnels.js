// Copyright 2026 The Overlane Authors. SPDX-License-Identifier: Apache-2.0
// Tunnels, as the views need them: which to ask for, and what each is worth in a table.

const MOST = 1000;

/**
 * The requests for the tunnels that matter: the first of all, those in trouble, and those of the host that is picked.
 * Give their answers to tunnelsOf.
 */
export function tunnelSources(picked) {
  const some = {
    tunnels: `tunnels?limit=${MOST}`,
    degraded: `tunnels?state=degraded&limit=${MOST}`,
    down: `tunnels?state=down&limit=${MOST}`,
  };
  return picked === undefined ? some : { ...some, own: `tunnels?device=${encodeURIComponent(picked)}&limit=${MOST}` };
}

/** All tunnels of the answers, each once; complete says whether the controller has no others. */
export function tunnelsOf({ tunnels, degraded, down, own }) {
  const pages = [tunnels, degraded, down, own].filter(Boolean);
  const all = new Map(pages.flatMap((page) => page.tunnels).map((t) => [`${t.from} ${t.to} ${t.family}`, t]));
  return { list: [...all.values()], complete: tunnels?.next === undefined };
}

/** Bytes of underlay that a tunnel carries, with outer IP header: what probes confirmed, else what its ends declare. */
export function mtuOf(tunnel) {
  return tunnel.probed?.confirmed ?? tunnel.underlayMtu;
}

export function lossOf(tunnel) {
  return tunnel.probed?.judged ? `${tunnel.probed.lost} of ${tunnel.probed.judged}` : '-';
}

export function timeOf(tunnel) {
  return tunnel.probed?.smoothedMicros === undefined ? '-' : `${(tunnel.probed.smoothedMicros / 1000).toFixed(1)} ms`;
}
