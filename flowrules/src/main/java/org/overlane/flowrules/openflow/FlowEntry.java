/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.flowrules.openflow;

import com.google.auto.value.AutoValue;

/**
 * A flow entry as it should be on a switch. Permanent: no timeouts. Two entries of one table with
 * the same priority and match are the same entry to a switch, see {@link #key}.
 */
@AutoValue
public abstract class FlowEntry {
  FlowEntry() {}

  /** 0 to 253. */
  public abstract int table();

  /** 0 to 65,535. */
  public abstract int priority();

  public abstract Match match();

  public abstract Instructions instructions();

  public abstract Cookie cookie();

  /**
   * What in the model caused the entry, for people: {@code endpoint vm1}. Not part of the switch's
   * state.
   */
  public abstract String source();

  /** What identifies the entry on a switch. */
  public Key key() {
    return new AutoValue_FlowEntry_Key(table(), priority(), match());
  }

  /** Whether a switch could not tell the two apart. */
  public boolean sameOnSwitch(FlowEntry other) {
    return table() == other.table()
        && priority() == other.priority()
        && match().equals(other.match())
        && instructions().equals(other.instructions())
        && cookie().equals(other.cookie());
  }

  /**
   * A flow entry.
   *
   * @throws IllegalArgumentException if table, priority or goto-table is out of range
   */
  public static FlowEntry of(
      int table,
      int priority,
      Match match,
      Instructions instructions,
      Cookie cookie,
      String source) {
    if (table < 0 || table > 253) {
      throw new IllegalArgumentException("table must be 0 to 253, not " + table);
    }
    if (priority < 0 || priority > 0xffff) {
      throw new IllegalArgumentException("priority must be 0 to 65535, not " + priority);
    }
    if (instructions.gotoTable().isPresent() && instructions.gotoTable().get() <= table) {
      throw new IllegalArgumentException(
          "goto_table must lead to a later table: "
              + table
              + " -> "
              + instructions.gotoTable().get());
    }
    return new AutoValue_FlowEntry(table, priority, match, instructions, cookie, source);
  }

  /** Table, priority and match. */
  @AutoValue
  public abstract static class Key {
    Key() {}

    public abstract int table();

    public abstract int priority();

    public abstract Match match();
  }
}
