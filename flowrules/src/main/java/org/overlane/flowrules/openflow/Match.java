/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.flowrules.openflow;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedSet;
import java.util.Comparator;
import java.util.Optional;

/**
 * The match of a flow entry: fields that must have given values. Immutable; equal whatever the
 * order.
 */
public final class Match implements Comparable<Match> {
  public static final Match ANY = new Match(ImmutableList.of());

  private static final Comparator<FieldValue> BY_FIELD = Comparator.comparing(FieldValue::field);

  /** In the order of {@link Field}. A compiler makes hundreds of thousands: a list beats a map. */
  private final ImmutableList<FieldValue> fields;

  private final int hash;

  private Match(ImmutableList<FieldValue> fields) {
    this.fields = fields;
    int sum = 1;
    for (FieldValue value : fields) {
      sum = 31 * sum + value.hashCode();
    }
    this.hash = sum;
  }

  /**
   * The match of these values.
   *
   * @throws IllegalArgumentException if a field is given twice
   */
  public static Match of(Iterable<FieldValue> values) {
    ImmutableList<FieldValue> list = ImmutableList.copyOf(values);
    if (!strictlyOrdered(list)) {
      list = ImmutableList.sortedCopyOf(BY_FIELD, list);
      for (int i = 1; i < list.size(); i++) {
        if (list.get(i - 1).field() == list.get(i).field()) {
          throw new IllegalArgumentException("a match gives a field twice: " + list.get(i).field());
        }
      }
    }
    return new Match(list);
  }

  private static boolean strictlyOrdered(ImmutableList<FieldValue> values) {
    for (int i = 1; i < values.size(); i++) {
      if (values.get(i - 1).field().compareTo(values.get(i).field()) >= 0) {
        return false;
      }
    }
    return true;
  }

  /** In the order of {@link Field}. */
  public ImmutableList<FieldValue> values() {
    return fields;
  }

  public ImmutableSortedSet<Field> fields() {
    return fields.stream()
        .map(FieldValue::field)
        .collect(ImmutableSortedSet.toImmutableSortedSet(Comparator.naturalOrder()));
  }

  public Optional<FieldValue> get(Field field) {
    for (FieldValue value : fields) {
      if (value.field() == field) {
        return Optional.of(value);
      }
    }
    return Optional.empty();
  }

  /** Whether some packet satisfies both: no field in which both demand different bits. */
  public boolean overlaps(Match other) {
    for (FieldValue mine : fields) {
      FieldValue theirs = other.get(mine.field()).orElse(mine);
      Bits common = mine.mask().and(theirs.mask());
      if (!mine.value().and(common).equals(theirs.value().and(common))) {
        return false;
      }
    }
    return true;
  }

  /** Whether both look at the same bits of the same fields. */
  public boolean sameMask(Match other) {
    if (fields.size() != other.fields.size()) {
      return false;
    }
    for (int i = 0; i < fields.size(); i++) {
      FieldValue mine = fields.get(i);
      FieldValue theirs = other.fields.get(i);
      if (mine.field() != theirs.field() || !mine.mask().equals(theirs.mask())) {
        return false;
      }
    }
    return true;
  }

  /** Field by field: first the field itself, then value, then mask. */
  @Override
  public int compareTo(Match other) {
    int common = Math.min(fields.size(), other.fields.size());
    for (int i = 0; i < common; i++) {
      FieldValue mine = fields.get(i);
      FieldValue theirs = other.fields.get(i);
      if (mine == theirs) {
        continue;
      }
      int order = mine.field().compareTo(theirs.field());
      order = order != 0 ? order : mine.value().compareTo(theirs.value());
      order = order != 0 ? order : mine.mask().compareTo(theirs.mask());
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(fields.size(), other.fields.size());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Match
        && ((Match) other).hash == hash
        && ((Match) other).fields.equals(fields);
  }

  @Override
  public int hashCode() {
    return hash;
  }

  @Override
  public String toString() {
    return fields.toString();
  }
}
