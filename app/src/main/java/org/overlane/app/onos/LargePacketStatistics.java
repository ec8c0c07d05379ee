/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.onos;

import com.google.common.collect.ImmutableList;
import java.util.Optional;
import java.util.Set;
import org.onosproject.core.ApplicationId;
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
      for (OwnMeter meter : OwnMeter.of(app, meters, node)) {
        purpose(meter).ifPresent(p -> rows.add(row(node, meter, p)));
      }
    }
    return LargePacketReport.of(large.counters(), rows.build(), large.tracked());
  }

  /** What a meter is for, if it is about large packets. */
  private static Optional<Purpose> purpose(OwnMeter meter) {
    return meter.purpose().filter(p -> p != Purpose.PROBE);
  }

  private static MeterRow row(NodeId node, OwnMeter meter, Purpose purpose) {
    return MeterRow.of(node, PortMeters.port(meter.id()), purpose, meter.seen(), meter.dropped());
  }
}
