/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.api;

import com.google.auto.value.AutoValue;
import com.google.common.collect.ImmutableMap;
import java.util.Map;
import java.util.Optional;
import org.overlane.app.reconcile.LoopActivity;
import org.overlane.app.slowpath.PacketInCounters;
import org.overlane.app.slowpath.Tracked;
import org.overlane.flowrules.model.NetworkId;
import org.overlane.slowpath.Reason;

/** What this controller has done since it was started. */
@AutoValue
public abstract class ActivityReport {
  ActivityReport() {}

  /** Of the reconcile loop; changes while it is read. */
  public abstract LoopActivity loop();

  /** Packets that came to the controller; changes while it is read. */
  public abstract PacketInCounters packetIns();

  /** What became of VMs' packets among them; empty for those of nobody that the model knows. */
  public abstract ImmutableMap<Optional<NetworkId>, ImmutableMap<Reason, Long>> verdicts();

  /** How much the slow path remembers. */
  public abstract Tracked tracked();

  public static ActivityReport of(
      LoopActivity loop,
      PacketInCounters packetIns,
      Map<Optional<NetworkId>, ImmutableMap<Reason, Long>> verdicts,
      Tracked tracked) {
    return new AutoValue_ActivityReport(loop, packetIns, ImmutableMap.copyOf(verdicts), tracked);
  }
}
