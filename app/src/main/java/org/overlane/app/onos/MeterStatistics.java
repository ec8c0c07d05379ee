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
import org.onosproject.net.meter.MeterService;
import org.overlane.app.api.MeterCounters;
import org.overlane.flowrules.model.NodeId;
import org.overlane.flowrules.pipeline.NodeMeters;
import org.overlane.flowrules.pipeline.PortMeters.Purpose;

/** Adds up what the meters of a switch have counted. */
final class MeterStatistics {
  private static final String FRAGMENTS = "fragment";

  private MeterStatistics() {}

  /** One element for each purpose of which the switch has meters of ours. */
  static ImmutableList<MeterCounters> read(ApplicationId app, MeterService meters, NodeId node) {
    SortedMap<String, MeterCounters> sums = new TreeMap<>();
    for (OwnMeter meter : OwnMeter.of(app, meters, node)) {
      purpose(meter)
          .map(purpose -> MeterCounters.of(purpose, meter.seen(), meter.dropped()))
          .ifPresent(one -> sums.merge(one.purpose(), one, MeterStatistics::sum));
    }
    return ImmutableList.copyOf(sums.values());
  }

  private static Optional<String> purpose(OwnMeter meter) {
    return NodeMeters.name(meter.id()).isPresent()
        ? Optional.of(FRAGMENTS)
        : meter.purpose().map(Purpose::text);
  }

  private static MeterCounters sum(MeterCounters one, MeterCounters other) {
    return MeterCounters.of(
        one.purpose(), one.seen() + other.seen(), one.dropped() + other.dropped());
  }
}
