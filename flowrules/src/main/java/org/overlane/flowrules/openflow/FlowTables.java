/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.flowrules.openflow;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** All flow entries, groups and meters of one switch. Immutable; entries in one canonical order. */
public final class FlowTables {
  /** By table, then descending priority, then match. */
  public static final Comparator<FlowEntry> CANONICAL = FlowTables::compare;

  public static final FlowTables EMPTY = new FlowTables(ImmutableList.of(), ImmutableList.of());

  private final ImmutableList<FlowEntry> entries;
  private final ImmutableSortedMap<Long, Group> groups;
  private final ImmutableSortedMap<Long, Meter> meters;

  /** The tables with these entries and groups, and without meters. */
  public FlowTables(Iterable<FlowEntry> entries, Iterable<Group> groups) {
    this(entries, groups, ImmutableList.of());
  }

  /**
   * The tables with these entries, groups and meters.
   *
   * @throws IllegalArgumentException if two entries have one key, or two groups or two meters one
   *     id
   */
  public FlowTables(Iterable<FlowEntry> entries, Iterable<Group> groups, Iterable<Meter> meters) {
    this.entries = ImmutableList.sortedCopyOf(CANONICAL, entries);
    for (int i = 1; i < this.entries.size(); i++) {
      requireDistinct(this.entries.get(i - 1), this.entries.get(i));
    }
    ImmutableSortedMap.Builder<Long, Group> byId = ImmutableSortedMap.naturalOrder();
    groups.forEach(g -> byId.put(g.id(), g));
    this.groups = byId.build();
    ImmutableSortedMap.Builder<Long, Meter> metersById = ImmutableSortedMap.naturalOrder();
    meters.forEach(m -> metersById.put(m.id(), m));
    this.meters = metersById.build();
  }

  private FlowTables(
      ImmutableList<FlowEntry> canonical,
      ImmutableSortedMap<Long, Group> groups,
      ImmutableSortedMap<Long, Meter> meters) {
    this.entries = canonical;
    this.groups = groups;
    this.meters = meters;
  }

  /** These tables with other meters. */
  public FlowTables withMeters(ImmutableSortedMap<Long, Meter> others) {
    return meters.equals(others) ? this : new FlowTables(entries, groups, others);
  }

  /**
   * These tables with some entries and groups in the place of others. Costs little more than a copy
   * of the list: nothing that stays is looked at again.
   *
   * @param gone entries of these tables, and {@code come} entries to be; both in canonical order
   * @throws IllegalArgumentException if an entry in {@code gone} is not here, or one in {@code
   *     come} has the key of an entry that stays
   */
  public FlowTables exchange(
      List<FlowEntry> gone, List<FlowEntry> come, List<Group> groupsGone, List<Group> groupsCome) {
    List<FlowEntry> kept = new ArrayList<>(entries.size());
    int from = 0;
    for (FlowEntry entry : gone) {
      int at = Collections.binarySearch(entries, entry, CANONICAL);
      if (at < from) {
        throw new IllegalArgumentException("not here, or out of order: " + entry);
      }
      kept.addAll(entries.subList(from, at));
      from = at + 1;
    }
    kept.addAll(entries.subList(from, entries.size()));
    return new FlowTables(insert(come, kept), exchangeGroups(groupsGone, groupsCome), meters);
  }

  private static ImmutableList<FlowEntry> insert(List<FlowEntry> come, List<FlowEntry> kept) {
    ImmutableList.Builder<FlowEntry> all = ImmutableList.builder();
    int from = 0;
    for (FlowEntry entry : come) {
      int at = Collections.binarySearch(kept, entry, CANONICAL);
      if (at >= 0) {
        requireDistinct(kept.get(at), entry);
      }
      all.addAll(kept.subList(from, -at - 1)).add(entry);
      from = -at - 1;
    }
    return all.addAll(kept.subList(from, kept.size())).build();
  }

  private ImmutableSortedMap<Long, Group> exchangeGroups(List<Group> gone, List<Group> come) {
    if (gone.isEmpty() && come.isEmpty()) {
      return groups;
    }
    SortedMap<Long, Group> changed = new TreeMap<>(groups);
    gone.forEach(g -> changed.remove(g.id()));
    come.forEach(g -> changed.put(g.id(), g));
    return ImmutableSortedMap.copyOfSorted(changed);
  }

  /** In {@link #CANONICAL} order. */
  public ImmutableList<FlowEntry> entries() {
    return entries;
  }

  public ImmutableSortedMap<Long, Group> groups() {
    return groups;
  }

  public ImmutableSortedMap<Long, Meter> meters() {
    return meters;
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
        && ((FlowTables) other).groups.equals(groups)
        && ((FlowTables) other).meters.equals(meters);
  }

  @Override
  public int hashCode() {
    return 31 * entries.hashCode() + groups.hashCode();
  }

  @Override
  public String toString() {
    return entries.size()
        + " entries, "
        + groups.size()
        + " groups"
        + (meters.isEmpty() ? "" : ", " + meters.size() + " meters");
  }
}
