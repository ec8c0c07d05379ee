/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.metrics;

import org.overlane.app.api.ActivityReport;
import org.overlane.app.api.OverlaneService;
import org.overlane.app.slowpath.LargePackets;
import org.overlane.flowrules.feature.PacketClass;
import org.overlane.flowrules.model.NetworkId;
import org.overlane.monitoring.Exposition;

/** What came to the controller, and what became of it. */
final class SlowPathMetrics {
  private SlowPathMetrics() {}

  static void addTo(Exposition to, OverlaneService overlane) {
    ActivityReport activity = overlane.activity();
    to.counter(
        "overlane_packet_ins_total",
        "Packets that switches have sent to this controller, by the class of the entry.",
        s -> {
          LargePackets.CLASSES.forEach(c -> add(s, activity, c));
          add(s, activity, PacketClass.PROBE);
        });
    to.counter(
        "overlane_packet_in_failures_total",
        "Packets that could not be dealt with because of a defect; the log has it.",
        s -> s.add(activity.packetIns().failures()));
    to.counter(
        "overlane_slow_path_packets_total",
        "What became of packets of VMs that came to this controller; network is empty for packets"
            + " of nobody that the model knows.",
        s ->
            activity
                .verdicts()
                .forEach(
                    (network, reasons) ->
                        reasons.forEach(
                            (reason, packets) ->
                                s.add(
                                    packets,
                                    "network",
                                    network.map(NetworkId::toString).orElse(""),
                                    "reason",
                                    reason.text()))));
    to.gauge(
        "overlane_slow_path_table_size",
        "What the slow path remembers: ports and pairs of addresses that it limits, and exceptions.",
        s -> {
          s.add(activity.tracked().ports(), "table", "ports");
          s.add(activity.tracked().pairs(), "table", "pairs");
          s.add(activity.tracked().exceptions(), "table", "exceptions");
        });
    to.gauge(
        "overlane_slow_path_table_capacity",
        "How much it can remember; beyond that, the least recently used makes room.",
        s -> {
          s.add(LargePackets.MAX_PORTS, "table", "ports");
          s.add(LargePackets.MAX_PAIRS, "table", "pairs");
          s.add(LargePackets.MAX_EXCEPTIONS, "table", "exceptions");
        });
  }

  private static void add(Exposition.Samples to, ActivityReport activity, PacketClass packetClass) {
    to.add(activity.packetIns().of(packetClass), "class", packetClass.anchor());
  }
}
