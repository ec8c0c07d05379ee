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
 * What a switch has, as it has reported it to ONOS, of Overlane and of all other applications.
 * Immutable.
 */
@AutoValue
public abstract class ObservedTables {
  ObservedTables() {}

  /** Whether the switch is connected; if not, this is how it was when it was last seen. */
  public abstract boolean connected();

  /**
   * All that is there, as far as it could be read: what the model wants, exactly as it should be,
   * and {@link #others}.
   */
  public abstract FlowTables tables();

  /** Of the entries that the model wants, those that are not there, or differ. */
  public abstract ImmutableList<FlowEntry> missing();

  /** All other entries on the switch. */
  public abstract ImmutableList<OtherEntry> others();

  public static ObservedTables of(
      boolean connected,
      FlowTables tables,
      Iterable<FlowEntry> missing,
      Iterable<OtherEntry> others) {
    return new AutoValue_ObservedTables(
        connected, tables, ImmutableList.copyOf(missing), ImmutableList.copyOf(others));
  }
}
