/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.flowrules.openflow;

import com.google.common.collect.ImmutableCollection;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.ImmutableSortedSet;
import java.util.Optional;

/**
 * The match of a flow entry: fields that must have given values. Immutable; equal whatever the
 * order.
 */
public final class Match {
  public static final Match ANY = new Match(ImmutableSortedMap.of());

  private final ImmutableSortedMap<Field, FieldValue> fields;
  private final int hash;

  private Match(ImmutableSortedMap<Field, FieldValue> fields) {
    this.fields = fields;
    this.hash = fields.hashCode();
  }

  /**
   * The match of these values.
   *
   * @throws IllegalArgumentException if a field is given twice
   */
  public static Match of(Iterable<FieldValue> values) {
    ImmutableSortedMap.Builder<Field, FieldValue> fields = ImmutableSortedMap.naturalOrder();
    values.forEach(v -> fields.put(v.field(), v));
    return new Match(fields.build());
  }

  /** In the order of {@link Field}. */
  public ImmutableCollection<FieldValue> values() {
    return fields.values();
  }

  public ImmutableSortedSet<Field> fields() {
    return fields.keySet();
  }

  public Optional<FieldValue> get(Field field) {
    return Optional.ofNullable(fields.get(field));
  }

  /** Whether some packet satisfies both: no field in which both demand different bits. */
  public boolean overlaps(Match other) {
    for (FieldValue mine : fields.values()) {
      FieldValue theirs = other.fields.get(mine.field());
      if (theirs != null) {
        Bits common = mine.mask().and(theirs.mask());
        if (!mine.value().and(common).equals(theirs.value().and(common))) {
          return false;
        }
      }
    }
    return true;
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
    return fields.values().toString();
  }
}
