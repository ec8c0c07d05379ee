/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.onos;

import com.google.common.collect.ImmutableList;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.onosproject.core.ApplicationId;
import org.onosproject.net.meter.Band;
import org.onosproject.net.meter.Meter;
import org.onosproject.net.meter.MeterId;
import org.onosproject.net.meter.MeterService;
import org.overlane.app.api.MeterCounters;
import org.overlane.flowrules.model.NodeId;
import org.overlane.flowrules.pipeline.NodeMeters;
import org.overlane.flowrules.pipeline.PortMeters;
import org.overlane.flowrules.pipeline.PortMeters.Purpose;

/** Adds up what the meters of a switch have counted. */
final class MeterStatistics {
  private static final String FRAGMENTS = "fragment";

  private MeterStatistics() {}

  /** One element for each purpose of which the switch has meters of ours. */
  static ImmutableList<MeterCounters> read(ApplicationId app, MeterService meters, NodeId node) {
    SortedMap<String, MeterCounters> sums = new TreeMap<>();
    for (Meter meter : meters.getMeters(OnosFabric.device(node))) {
      if (meter.appId().equals(app) && meter.meterCellId() instanceof MeterId) {
        purpose(((MeterId) meter.meterCellId()).id())
            .ifPresent(
                purpose -> sums.merge(purpose, counters(purpose, meter), MeterStatistics::sum));
      }
    }
    return ImmutableList.copyOf(sums.values());
  }

  private static Optional<String> purpose(long id) {
    return NodeMeters.name(id).isPresent()
        ? Optional.of(FRAGMENTS)
        : PortMeters.purpose(id).map(Purpose::text);
  }

  /** What passes a meter that only counts is dropped all the same. */
  private static MeterCounters counters(String purpose, Meter meter) {
    long seen = meter.packetsSeen();
    return MeterCounters.of(
        purpose,
        seen,
        purpose.equals(Purpose.DROP.text())
            ? seen
            : meter.bands().stream().mapToLong(Band::packets).sum());
  }

  private static MeterCounters sum(MeterCounters one, MeterCounters other) {
    return MeterCounters.of(
        one.purpose(), one.seen() + other.seen(), one.dropped() + other.dropped());
  }
}
