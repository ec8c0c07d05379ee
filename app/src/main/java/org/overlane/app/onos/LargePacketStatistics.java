/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.onos;

import com.google.common.collect.ImmutableList;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import org.onosproject.core.ApplicationId;
import org.onosproject.net.meter.Band;
import org.onosproject.net.meter.Meter;
import org.onosproject.net.meter.MeterId;
import org.onosproject.net.meter.MeterService;
import org.overlane.app.api.LargePacketReport;
import org.overlane.app.api.LargePacketReport.MeterRow;
import org.overlane.app.slowpath.LargePackets;
import org.overlane.flowrules.model.NodeId;
import org.overlane.flowrules.pipeline.PortMeters;
import org.overlane.flowrules.pipeline.PortMeters.Purpose;

/** Collects what switches and the slow path have counted. */
final class LargePacketStatistics {
  private LargePacketStatistics() {}

  static LargePacketReport read(
      ApplicationId app, LargePackets large, MeterService meters, Set<NodeId> nodes) {
    ImmutableList.Builder<MeterRow> rows = ImmutableList.builder();
    for (NodeId node : nodes) {
      meters.getMeters(OnosFabric.device(node)).stream()
          .filter(m -> m.appId().equals(app) && m.meterCellId() instanceof MeterId)
          .sorted(Comparator.comparingLong(LargePacketStatistics::number))
          .forEach(m -> purpose(m).ifPresent(p -> rows.add(row(node, m, p))));
    }
    return LargePacketReport.of(
        large.counters(),
        rows.build(),
        large.trackedPorts(),
        large.trackedPairs(),
        large.trackedExceptions());
  }

  private static long number(Meter meter) {
    return ((MeterId) meter.meterCellId()).id();
  }

  /** What a meter is for, if it is about large packets. */
  private static Optional<Purpose> purpose(Meter meter) {
    return PortMeters.purpose(number(meter)).filter(p -> p != Purpose.PROBE);
  }

  /** What passes a meter that only counts is dropped all the same. */
  private static MeterRow row(NodeId node, Meter meter, Purpose purpose) {
    long seen = meter.packetsSeen();
    long dropped =
        purpose == Purpose.DROP ? seen : meter.bands().stream().mapToLong(Band::packets).sum();
    return MeterRow.of(node, PortMeters.port(number(meter)), purpose, seen, dropped);
  }
}
