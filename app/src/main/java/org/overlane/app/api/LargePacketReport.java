/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.api;

import com.google.auto.value.AutoValue;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.util.Map;
import java.util.Optional;
import org.overlane.app.slowpath.Place;
import org.overlane.app.slowpath.Tracked;
import org.overlane.flowrules.model.NodeId;
import org.overlane.flowrules.model.OfPort;
import org.overlane.flowrules.pipeline.PortMeters.Purpose;
import org.overlane.slowpath.Reason;

/** What became of packets that did not fit, on this controller since it was started. Immutable. */
@AutoValue
public abstract class LargePacketReport {
  LargePacketReport() {}

  /** What a switch has counted at a meter; some seconds old. */
  @AutoValue
  public abstract static class MeterRow {
    MeterRow() {}

    public abstract NodeId node();

    /** Empty for a meter that several ports share. */
    public abstract Optional<OfPort> port();

    public abstract Purpose purpose();

    /** Packets that came to the meter. */
    public abstract long seen();

    /** Packets among them that the switch dropped there. */
    public abstract long dropped();

    public static MeterRow of(
        NodeId node, Optional<OfPort> port, Purpose purpose, long seen, long dropped) {
      return new AutoValue_LargePacketReport_MeterRow(node, port, purpose, seen, dropped);
    }
  }

  /** Packets that came to the controller; without zeros. */
  public abstract ImmutableMap<Place, ImmutableMap<Reason, Long>> counters();

  public abstract ImmutableList<MeterRow> meters();

  public abstract Tracked tracked();

  public static LargePacketReport of(
      Map<Place, ImmutableMap<Reason, Long>> counters, Iterable<MeterRow> meters, Tracked tracked) {
    return new AutoValue_LargePacketReport(
        ImmutableMap.copyOf(counters), ImmutableList.copyOf(meters), tracked);
  }
}
