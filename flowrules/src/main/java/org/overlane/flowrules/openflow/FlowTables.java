/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.flowrules.openflow;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;

/** All flow entries and groups of one switch. Immutable; entries in one canonical order. */
public final class FlowTables {
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
    Map<FlowEntry.Key, FlowEntry> keys = new HashMap<>();
    for (FlowEntry entry : this.entries) {
      FlowEntry other = keys.put(entry.key(), entry);
      if (other != null) {
        throw new IllegalArgumentException(
            "two entries with one table, priority and match, from "
                + other.source()
                + " and "
                + entry.source()
                + ": "
                + entry.key());
      }
    }
    ImmutableSortedMap.Builder<Long, Group> byId = ImmutableSortedMap.naturalOrder();
    groups.forEach(g -> byId.put(g.id(), g));
    this.groups = byId.build();
  }

  /** By table, then descending priority, then match. */
  public ImmutableList<FlowEntry> entries() {
    return entries;
  }

  public ImmutableSortedMap<Long, Group> groups() {
    return groups;
  }

  private static final Comparator<FlowEntry> CANONICAL =
      Comparator.comparingInt(FlowEntry::table)
          .thenComparing(Comparator.comparingInt(FlowEntry::priority).reversed())
          .thenComparing(FlowEntry::match, FlowTables::compareMatches);

  private static int compareMatches(Match a, Match b) {
    Iterator<FieldValue> left = a.values().iterator();
    Iterator<FieldValue> right = b.values().iterator();
    while (left.hasNext() && right.hasNext()) {
      FieldValue x = left.next();
      FieldValue y = right.next();
      int order = x.field().compareTo(y.field());
      order = order != 0 ? order : x.value().compareTo(y.value());
      order = order != 0 ? order : x.mask().compareTo(y.mask());
      if (order != 0) {
        return order;
      }
    }
    return Boolean.compare(left.hasNext(), right.hasNext());
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
