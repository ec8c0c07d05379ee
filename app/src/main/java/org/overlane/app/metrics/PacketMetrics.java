/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.metrics;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableListMultimap;
import java.util.HashSet;
import java.util.Set;
import org.overlane.app.api.ClassCounters;
import org.overlane.app.api.MeterCounters;
import org.overlane.app.api.OverlaneService;
import org.overlane.flowrules.feature.PacketClass;
import org.overlane.flowrules.model.NodeId;
import org.overlane.flowrules.pipeline.PortMeters.Purpose;
import org.overlane.monitoring.Exposition;
import org.overlane.monitoring.Exposition.Samples;
import org.overlane.monitoring.RisingSums;

/**
 * What switches have counted. Their counters are sums over entries and meters that come and go:
 * hence {@link RisingSums}. Not thread-safe.
 */
final class PacketMetrics {
  private static final String PACKETS = "overlane_switch_class_packets_total";
  private static final String DROPS = "overlane_switch_dropped_packets_total";
  private static final String METERED = "overlane_switch_metered_packets_total";
  private static final String METER_DROPS = "overlane_switch_meter_dropped_packets_total";

  private final RisingSums<ImmutableList<String>> sums = new RisingSums<>();
  private final Set<ImmutableList<String>> present = new HashSet<>();

  void addTo(Exposition to, OverlaneService overlane) {
    ImmutableListMultimap.Builder<NodeId, ClassCounters> counted = ImmutableListMultimap.builder();
    ImmutableListMultimap.Builder<NodeId, MeterCounters> measured = ImmutableListMultimap.builder();
    for (NodeId id : overlane.statuses().keySet()) {
      counted.putAll(id, overlane.counters(id));
      measured.putAll(id, overlane.meters(id));
    }
    present.clear();
    addClasses(to, counted.build(), measured.build());
    addMeters(to, measured.build());
    sums.retain(present);
  }

  private void addClasses(
      Exposition to,
      ImmutableListMultimap<NodeId, ClassCounters> classes,
      ImmutableListMultimap<NodeId, MeterCounters> meters) {
    to.counter(
        PACKETS,
        "Packets that hit the entries of a class; behind a size check all count, also those that"
            + " fit.",
        s ->
            classes.forEach(
                (id, c) -> {
                  if (!c.packetClass().isDrop()) {
                    add(s, PACKETS, id, "class", c.packetClass().anchor(), c.packets());
                  }
                }));
    to.counter(
        DROPS,
        "Packets that the switch has dropped, by the packet class that says why.",
        s -> {
          classes.forEach(
              (id, c) -> {
                if (c.packetClass().isDrop() && c.packetClass() != PacketClass.OVERSIZE_DROP) {
                  add(s, DROPS, id, "reason", c.packetClass().anchor(), c.packets());
                }
              });
          // Entries behind a size check count all packets; the meter knows which were too large.
          meters.forEach(
              (id, m) -> {
                if (isDrop(m)) {
                  add(s, DROPS, id, "reason", PacketClass.OVERSIZE_DROP.anchor(), m.seen());
                }
              });
        });
  }

  private void addMeters(Exposition to, ImmutableListMultimap<NodeId, MeterCounters> meters) {
    to.counter(
        METERED,
        "Packets that came to meters which limit, those of all ports together.",
        s ->
            meters.forEach(
                (id, m) -> {
                  if (!isDrop(m)) {
                    add(s, METERED, id, "purpose", m.purpose(), m.seen());
                  }
                }));
    to.counter(
        METER_DROPS,
        "Of these, packets that the meters have dropped, since they were too many.",
        s ->
            meters.forEach(
                (id, m) -> {
                  if (!isDrop(m)) {
                    add(s, METER_DROPS, id, "purpose", m.purpose(), m.dropped());
                  }
                }));
  }

  private static boolean isDrop(MeterCounters meter) {
    return meter.purpose().equals(Purpose.DROP.text());
  }

  private void add(
      Samples to, String family, NodeId device, String label, String value, long packets) {
    ImmutableList<String> key = ImmutableList.of(family, device.toString(), value);
    present.add(key);
    to.add(sums.rise(key, packets), "device", device.toString(), label, value);
  }
}
