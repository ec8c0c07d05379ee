/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.metrics;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.overlane.app.api.OverlaneService;
import org.overlane.app.probing.TunnelReport;
import org.overlane.app.probing.TunnelState;
import org.overlane.app.probing.TunnelStatus;
import org.overlane.app.probing.WireCounters;
import org.overlane.flowrules.model.NodeId;
import org.overlane.monitoring.Exposition;
import org.overlane.tunnels.probing.ProbingReport;

/** The tunnels of each sender together, and probes. */
final class TunnelMetrics {
  private TunnelMetrics() {}

  /** What there is to say about all tunnels of one sender. */
  private static final class Sender {
    private final Map<TunnelState, Integer> states = new EnumMap<>(TunnelState.class);
    private int limited;
    private int smallest = Integer.MAX_VALUE;

    void add(TunnelStatus tunnel) {
      states.merge(tunnel.state(), 1, Integer::sum);
      limited += tunnel.limit().isPresent() ? 1 : 0;
      smallest = Math.min(smallest, tunnel.limit().orElse(tunnel.tunnel().bound()));
    }
  }

  static void addTo(Exposition to, OverlaneService overlane) {
    TunnelReport report = overlane.tunnels();
    SortedMap<NodeId, Sender> senders = new TreeMap<>();
    for (TunnelStatus tunnel : report.tunnels()) {
      senders.computeIfAbsent(tunnel.tunnel().path().from(), id -> new Sender()).add(tunnel);
    }
    to.gauge(
        "overlane_tunnels",
        "Tunnels from a device to others, by state.",
        s ->
            senders.forEach(
                (id, sender) -> {
                  for (TunnelState state : TunnelState.values()) {
                    s.add(
                        sender.states.getOrDefault(state, 0),
                        "device",
                        id.toString(),
                        "state",
                        state.text());
                  }
                }));
    to.gauge(
        "overlane_tunnels_limited",
        "Tunnels from a device whose packets are limited to less than both ends declare.",
        s -> senders.forEach((id, sender) -> s.add(sender.limited, "device", id.toString())));
    to.gauge(
        "overlane_tunnel_mtu_min_bytes",
        "The smallest MTU of the tunnels from a device, in bytes with the outer IP header.",
        s -> senders.forEach((id, sender) -> s.add(sender.smallest, "device", id.toString())));
    addProber(to, report.prober());
    addWire(to, report.wire());
  }

  private static void addProber(Exposition to, Optional<ProbingReport> prober) {
    to.counter(
        "overlane_probes_sent_total",
        "Probes that this controller has sent; begins anew when the settings of probing change.",
        s -> prober.ifPresent(p -> s.add(p.sent() - p.notSent())));
    to.counter(
        "overlane_probes_lost_total",
        "Probes that did not arrive in time.",
        s -> prober.ifPresent(p -> s.add(p.lost())));
    to.counter(
        "overlane_probes_late_total",
        "Of these, probes that arrived after all.",
        s -> prober.ifPresent(p -> s.add(p.late())));
    to.gauge(
        "overlane_probing_paths",
        "Tunnels that could be probed, by whether they are.",
        s ->
            prober.ifPresent(
                p -> {
                  s.add(p.probed(), "probed", "true");
                  s.add(p.notProbed(), "probed", "false");
                }));
    to.gauge(
        "overlane_probing_behind_seconds",
        "How late the most urgent probe is, since the budget is too small.",
        s -> prober.ifPresent(p -> s.add(p.behind() / 1_000.0)));
  }

  private static void addWire(Exposition to, WireCounters wire) {
    to.counter(
        "overlane_probe_frames_total",
        "Frames that came to the address of probes, by what they were.",
        s -> {
          s.add(wire.accepted(), "result", "accepted");
          s.add(wire.forged(), "result", "forged");
          s.add(wire.malformed(), "result", "malformed");
          s.add(wire.repeated(), "result", "repeated");
          s.add(wire.misdirected(), "result", "misdirected");
        });
  }
}
