/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.api;

import com.google.auto.value.AutoValue;
import com.google.common.collect.ImmutableList;
import org.overlane.flowrules.openflow.FlowEntry;
import org.overlane.flowrules.openflow.FlowTables;

/**
 * What a switch has of the entries and groups that the model wants on it, as it has reported them,
 * and what else it has. Immutable.
 */
@AutoValue
public abstract class ObservedTables {
  ObservedTables() {}

  /** Whether the switch is connected; if not, this is how it was when it was last seen. */
  public abstract boolean connected();

  /** Of what the model wants, that which is there, exactly as it should be. */
  public abstract FlowTables tables();

  /** Of the entries that the model wants, those that are not there, or differ. */
  public abstract ImmutableList<FlowEntry> missing();

  /** All other entries on the switch, for people: of ours, and of other applications. */
  public abstract ImmutableList<String> others();

  public static ObservedTables of(
      boolean connected, FlowTables tables, Iterable<FlowEntry> missing, Iterable<String> others) {
    return new AutoValue_ObservedTables(
        connected, tables, ImmutableList.copyOf(missing), ImmutableList.copyOf(others));
  }
}
