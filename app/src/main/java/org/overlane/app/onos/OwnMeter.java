/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.onos;

import com.google.common.collect.ImmutableList;
import java.util.Comparator;
import java.util.Optional;
import org.onosproject.core.ApplicationId;
import org.onosproject.net.meter.Band;
import org.onosproject.net.meter.Meter;
import org.onosproject.net.meter.MeterId;
import org.onosproject.net.meter.MeterService;
import org.overlane.flowrules.model.NodeId;
import org.overlane.flowrules.pipeline.PortMeters;
import org.overlane.flowrules.pipeline.PortMeters.Purpose;

/** A meter of this application, with what the switch has counted at it; some seconds old. */
final class OwnMeter {
  private final long id;
  private final Meter meter;

  private OwnMeter(Meter meter) {
    this.id = ((MeterId) meter.meterCellId()).id();
    this.meter = meter;
  }

  /** Those of a switch, by their ids. */
  static ImmutableList<OwnMeter> of(ApplicationId app, MeterService meters, NodeId node) {
    return meters.getMeters(OnosFabric.device(node)).stream()
        .filter(m -> m.appId().equals(app) && m.meterCellId() instanceof MeterId)
        .map(OwnMeter::new)
        .sorted(Comparator.comparingLong(OwnMeter::id))
        .collect(ImmutableList.toImmutableList());
  }

  long id() {
    return id;
  }

  /** What it is for, if it is that of a port. */
  Optional<Purpose> purpose() {
    return PortMeters.purpose(id);
  }

  /** Packets that came to it. */
  long seen() {
    return meter.packetsSeen();
  }

  /** Packets among them that were dropped; what passes a meter that only counts is so, too. */
  long dropped() {
    return purpose().filter(p -> p == Purpose.DROP).isPresent()
        ? seen()
        : meter.bands().stream().mapToLong(Band::packets).sum();
  }
}
