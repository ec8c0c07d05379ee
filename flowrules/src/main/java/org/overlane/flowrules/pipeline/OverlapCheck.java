/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.flowrules.pipeline;

import com.google.auto.value.AutoValue;
import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.overlane.flowrules.openflow.Bits;
import org.overlane.flowrules.openflow.FieldValue;
import org.overlane.flowrules.openflow.FlowEntry;
import org.overlane.flowrules.openflow.Match;

/**
 * Finds two entries of one table and priority that some packet satisfies both: which of them it
 * hits is undefined (OpenFlow 1.3.5 section 5.3).
 *
 * <p>Entries that look at the same bits overlap only if they are equal. So the entries of a table
 * and priority are grouped by the bits they look at, of which there are few kinds, and each two
 * groups are joined on the bits that both look at: linear in the number of entries.
 */
public final class OverlapCheck {
  private OverlapCheck() {}

  /** Two entries that overlap. */
  @AutoValue
  public abstract static class Overlap {
    Overlap() {}

    public abstract FlowEntry one();

    public abstract FlowEntry other();
  }

  /** An overlap among entries in canonical order, as {@code FlowTables} has them, if any. */
  public static Optional<Overlap> find(List<FlowEntry> canonical) {
    int start = 0;
    for (int end = 1; end <= canonical.size(); end++) {
      if (end == canonical.size() || !sameLevel(canonical.get(start), canonical.get(end))) {
        Optional<Overlap> overlap = findInLevel(canonical.subList(start, end));
        if (overlap.isPresent()) {
          return overlap;
        }
        start = end;
      }
    }
    return Optional.empty();
  }

  private static boolean sameLevel(FlowEntry one, FlowEntry other) {
    return one.table() == other.table() && one.priority() == other.priority();
  }

  private static Optional<Overlap> findInLevel(List<FlowEntry> level) {
    List<List<FlowEntry>> kinds = new ArrayList<>();
    FlowEntry last = level.get(0);
    List<FlowEntry> kind = kindOf(last, kinds);
    kind.add(last);
    for (FlowEntry entry : level.subList(1, level.size())) {
      if (entry.match().equals(last.match())) {
        return overlap(last, entry);
      }
      if (!entry.match().sameMask(last.match())) {
        kind = kindOf(entry, kinds);
      }
      kind.add(entry);
      last = entry;
    }
    for (int i = 0; i < kinds.size(); i++) {
      for (int j = i + 1; j < kinds.size(); j++) {
        Optional<Overlap> overlap = join(kinds.get(i), kinds.get(j));
        if (overlap.isPresent()) {
          return overlap;
        }
      }
    }
    return Optional.empty();
  }

  private static List<FlowEntry> kindOf(FlowEntry entry, List<List<FlowEntry>> kinds) {
    for (List<FlowEntry> kind : kinds) {
      if (kind.get(0).match().sameMask(entry.match())) {
        return kind;
      }
    }
    List<FlowEntry> kind = new ArrayList<>();
    kinds.add(kind);
    return kind;
  }

  private static Optional<Overlap> join(List<FlowEntry> one, List<FlowEntry> other) {
    List<FlowEntry> few = one.size() < other.size() ? one : other;
    List<FlowEntry> many = few == one ? other : one;
    List<FieldValue> common = common(few.get(0).match(), many.get(0).match());
    Map<ImmutableList<Bits>, FlowEntry> byBits = new HashMap<>();
    few.forEach(e -> byBits.put(project(e.match(), common), e));
    for (FlowEntry entry : many) {
      FlowEntry match = byBits.get(project(entry.match(), common));
      if (match != null) {
        return overlap(match, entry);
      }
    }
    return Optional.empty();
  }

  /** The fields and masks that both look at; the values mean nothing. */
  private static List<FieldValue> common(Match one, Match other) {
    List<FieldValue> common = new ArrayList<>();
    for (FieldValue mine : one.values()) {
      other
          .get(mine.field())
          .map(theirs -> mine.mask().and(theirs.mask()))
          .filter(mask -> !mask.isZero())
          .ifPresent(mask -> common.add(FieldValue.masked(mine.field(), Bits.ZERO, mask)));
    }
    return common;
  }

  private static ImmutableList<Bits> project(Match match, List<FieldValue> fields) {
    ImmutableList.Builder<Bits> bits = ImmutableList.builder();
    for (FieldValue field : fields) {
      bits.add(match.get(field.field()).get().value().and(field.mask()));
    }
    return bits.build();
  }

  private static Optional<Overlap> overlap(FlowEntry one, FlowEntry other) {
    return Optional.of(new AutoValue_OverlapCheck_Overlap(one, other));
  }
}
