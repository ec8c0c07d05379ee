/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.drift;

import com.google.auto.value.AutoValue;
import com.google.common.collect.ImmutableSortedMap;
import org.overlane.flowrules.model.NodeId;

/** What was seen of the switches that this controller writes to. Immutable. */
@AutoValue
public abstract class DriftState {
  DriftState() {}

  /** Seconds from one look at a switch to the next; 0 if nobody looks. */
  public abstract int interval();

  /** By switch; none where it was not looked at yet. */
  public abstract ImmutableSortedMap<NodeId, DriftReport> reports();

  public static DriftState of(int interval, ImmutableSortedMap<NodeId, DriftReport> reports) {
    return new AutoValue_DriftState(interval, reports);
  }
}
