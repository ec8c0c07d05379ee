/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.flowrules.openflow;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import java.util.Comparator;

/** All flow entries and groups of one switch. Immutable; entries in one canonical order. */
public final class FlowTables {
  /** By table, then descending priority, then match. */
  public static final Comparator<FlowEntry> CANONICAL = FlowTables::compare;

  public static final FlowTables EMPTY = new FlowTables(ImmutableList.of(), ImmutableList.of());

  private final ImmutableList<FlowEntry> entries;
  private final ImmutableSortedMap<Long, Group> groups;

  /**
   * The tables with these entries and groups.
   *
   * @throws IllegalArgumentException if two entries have one key, or two groups one id
   */
  public FlowTables(Iterable<FlowEntry> entries, Iterable<Group> groups) {
    this.entries = ImmutableList.sortedCopyOf(CANONICAL, entries);
    for (int i = 1; i < this.entries.size(); i++) {
      requireDistinct(this.entries.get(i - 1), this.entries.get(i));
    }
    ImmutableSortedMap.Builder<Long, Group> byId = ImmutableSortedMap.naturalOrder();
    groups.forEach(g -> byId.put(g.id(), g));
    this.groups = byId.build();
  }

  /** In {@link #CANONICAL} order. */
  public ImmutableList<FlowEntry> entries() {
    return entries;
  }

  public ImmutableSortedMap<Long, Group> groups() {
    return groups;
  }

  private static int compare(FlowEntry one, FlowEntry other) {
    if (one.table() != other.table()) {
      return Integer.compare(one.table(), other.table());
    }
    int byPriority = Integer.compare(other.priority(), one.priority());
    return byPriority != 0 ? byPriority : one.match().compareTo(other.match());
  }

  /** Entries with one key are neighbours in canonical order. */
  private static void requireDistinct(FlowEntry one, FlowEntry other) {
    if (CANONICAL.compare(one, other) == 0) {
      throw new IllegalArgumentException(
          "two entries with one table, priority and match, from "
              + one.source()
              + " and "
              + other.source()
              + ": "
              + one.key());
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof FlowTables
        && ((FlowTables) other).entries.equals(entries)
        && ((FlowTables) other).groups.equals(groups);
  }

  @Override
  public int hashCode() {
    return 31 * entries.hashCode() + groups.hashCode();
  }

  @Override
  public String toString() {
    return entries.size() + " entries, " + groups.size() + " groups";
  }
}
