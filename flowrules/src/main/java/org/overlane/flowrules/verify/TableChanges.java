/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.flowrules.verify;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.overlane.flowrules.openflow.FieldValue;
import org.overlane.flowrules.openflow.FlowEntry;
import org.overlane.flowrules.openflow.FlowTables;
import org.overlane.flowrules.openflow.Group;

/** Where two tables of a switch differ, in slices of the later ones. Immutable once made. */
final class TableChanges {
  private final Explorer explorer;
  private final Map<Integer, FieldValue> startsBefore;
  private final Set<Slice.Key> slices = new HashSet<>();
  private final Set<Integer> tables = new HashSet<>();

  /** Tables of which all slices are others. */
  private final Set<Integer> wholly = new HashSet<>();

  private final Set<Long> groups = new HashSet<>();

  /**
   * Compares.
   *
   * @param startsBefore what slices were made by, see {@link Explorer#starts}
   * @param explorer of the later tables
   */
  TableChanges(
      FlowTables before,
      Map<Integer, FieldValue> startsBefore,
      FlowTables after,
      Explorer explorer) {
    this.explorer = explorer;
    this.startsBefore = startsBefore;
    compare(before.entries(), after.entries());
    compare(before.groups(), after.groups());
    compare(after.groups(), before.groups());
  }

  private void compare(List<FlowEntry> before, List<FlowEntry> after) {
    int i = 0;
    int j = 0;
    while (i < before.size() || j < after.size()) {
      FlowEntry one = i < before.size() ? before.get(i) : null;
      FlowEntry other = j < after.size() ? after.get(j) : null;
      if (one == other) {
        i++;
        j++;
        continue;
      }
      int order = one == null ? 1 : other == null ? -1 : FlowTables.CANONICAL.compare(one, other);
      if (order != 0 || !one.equals(other)) {
        changed(order <= 0 ? one : other);
      }
      i += order <= 0 ? 1 : 0;
      j += order >= 0 ? 1 : 0;
    }
  }

  private void changed(FlowEntry entry) {
    int table = entry.table();
    tables.add(table);
    FieldValue start = explorer.starts().get(table);
    Slice.Key key =
        start != null && start.equals(startsBefore.get(table))
            ? Table.sliceOf(entry, start)
            : new Slice.Key(table, null);
    if (key.isWhole()) {
      wholly.add(table);
    } else {
      slices.add(key);
    }
  }

  private void compare(Map<Long, Group> some, Map<Long, Group> others) {
    some.forEach(
        (id, group) -> {
          if (!Objects.equals(group, others.get(id))) {
            groups.add(id);
          }
        });
  }

  /** Whether a proof rests on nothing that has changed. */
  boolean leave(PortProof proof) {
    return proof.places().keySet().stream().noneMatch(this::concern)
        && proof.groups().stream().noneMatch(groups::contains);
  }

  private boolean concern(Slice.Key key) {
    return wholly.contains(key.table())
        || (key.isWhole() ? tables.contains(key.table()) : slices.contains(key));
  }
}
