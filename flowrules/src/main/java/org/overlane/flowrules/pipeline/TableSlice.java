/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.flowrules.pipeline;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.overlane.flowrules.openflow.FlowEntry;
import org.overlane.flowrules.openflow.FlowTables;
import org.overlane.flowrules.openflow.Group;
import org.overlane.flowrules.openflow.Meter;

/**
 * A part of a node's tables that comes and goes as a whole: the entries, groups and meters of one
 * network, or those of the node itself. Immutable.
 */
public final class TableSlice {
  public static final TableSlice EMPTY =
      new TableSlice(ImmutableList.of(), ImmutableList.of(), ImmutableList.of());

  private final ImmutableList<FlowEntry> entries;
  private final ImmutableList<Group> groups;
  private final ImmutableList<Meter> meters;

  TableSlice(Collection<FlowEntry> entries, Collection<Group> groups, Collection<Meter> meters) {
    this.entries = ImmutableList.sortedCopyOf(FlowTables.CANONICAL, entries);
    this.groups = ImmutableList.copyOf(groups);
    this.meters = ImmutableList.copyOf(meters);
  }

  /** In canonical order. */
  public ImmutableList<FlowEntry> entries() {
    return entries;
  }

  /**
   * The tables that the slices make up together.
   *
   * @throws ContractException if two entries of one table and priority overlap, naming both sources
   */
  public static FlowTables join(Collection<TableSlice> slices) {
    List<FlowEntry> entries = entries(slices);
    requireNoOverlap(entries);
    return new FlowTables(entries, groups(slices)).withMeters(meters(slices));
  }

  /**
   * The meters of all slices. Unlike entries and groups, they are shared: two networks behind one
   * port use the meters of that port.
   *
   * @throws ContractException if one id has two meanings
   */
  public static ImmutableSortedMap<Long, Meter> meters(Collection<TableSlice> slices) {
    SortedMap<Long, Meter> meters = new TreeMap<>();
    for (TableSlice slice : slices) {
      for (Meter meter : slice.meters) {
        Meter other = meters.putIfAbsent(meter.id(), meter);
        if (other != null && !other.equals(meter)) {
          throw new ContractException("two meters with one id: " + other + " and " + meter);
        }
      }
    }
    return ImmutableSortedMap.copyOfSorted(meters);
  }

  /**
   * The tables with some slices in the place of others. Overlaps are looked for within the new
   * slices only: those between slices are what a model with the same ports and MACs could not be
   * built with.
   */
  public static FlowTables exchange(
      FlowTables tables, Collection<TableSlice> gone, Collection<TableSlice> come) {
    come.forEach(slice -> requireNoOverlap(slice.entries));
    return tables.exchange(entries(gone), entries(come), groups(gone), groups(come));
  }

  private static List<FlowEntry> entries(Collection<TableSlice> slices) {
    List<FlowEntry> entries = new ArrayList<>();
    slices.forEach(slice -> entries.addAll(slice.entries));
    entries.sort(FlowTables.CANONICAL);
    return entries;
  }

  private static List<Group> groups(Collection<TableSlice> slices) {
    List<Group> groups = new ArrayList<>();
    slices.forEach(slice -> groups.addAll(slice.groups));
    return groups;
  }

  private static void requireNoOverlap(List<FlowEntry> canonical) {
    Optional<OverlapCheck.Overlap> overlap = OverlapCheck.find(canonical);
    if (overlap.isPresent()) {
      FlowEntry one = overlap.get().one();
      FlowEntry other = overlap.get().other();
      throw new ContractException(
          "table "
              + one.table()
              + ", priority "
              + one.priority()
              + ": a packet can match the entries of both "
              + one.source()
              + " ("
              + one.match()
              + ") and "
              + other.source()
              + " ("
              + other.match()
              + ")");
    }
  }
}
