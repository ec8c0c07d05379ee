/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.flowrules.verify;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Sets;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.overlane.flowrules.openflow.Bits;
import org.overlane.flowrules.openflow.Field;
import org.overlane.flowrules.openflow.FieldValue;

/**
 * A set of values of one field, exactly: either listed, or all values with given bits less some
 * that are excluded, by value or by bits. Closed under everything that a match can say: {@link
 * #and}, {@link #minus}. Immutable; sets of excluded values are shared, not copied, since a table
 * that knows ten thousand MAC addresses excludes them from its last entry again and again.
 */
final class ValueSet {
  private final Field field;

  /** Null where bits and exclusions say it. */
  private final ImmutableSet<Bits> listed;

  private final Bits value;
  private final Bits mask;
  private final ImmutableList<FieldValue> excluded;
  private final ImmutableList<Set<Bits>> excludedValues;

  private ValueSet(Field field, ImmutableSet<Bits> listed) {
    this.field = field;
    this.listed = listed;
    this.value = Bits.ZERO;
    this.mask = Bits.ZERO;
    this.excluded = ImmutableList.of();
    this.excludedValues = ImmutableList.of();
  }

  private ValueSet(
      Field field,
      Bits value,
      Bits mask,
      ImmutableList<FieldValue> excluded,
      ImmutableList<Set<Bits>> excludedValues) {
    this.field = field;
    this.listed = null;
    this.value = value;
    this.mask = mask;
    this.excluded = excluded;
    this.excludedValues = excludedValues;
  }

  static ValueSet any(Field field) {
    return new ValueSet(field, Bits.ZERO, Bits.ZERO, ImmutableList.of(), ImmutableList.of());
  }

  static ValueSet of(Field field, Iterable<Bits> values) {
    return new ValueSet(field, ImmutableSet.copyOf(values));
  }

  /** All values with these bits. */
  static ValueSet of(FieldValue bits) {
    return bits.isExact()
        ? of(bits.field(), ImmutableSet.of(bits.value()))
        : any(bits.field()).and(bits);
  }

  Field field() {
    return field;
  }

  /** The values, where they are listed. */
  Optional<ImmutableSet<Bits>> listed() {
    return Optional.ofNullable(listed);
  }

  /** The only value, or null. */
  Bits single() {
    return listed != null && listed.size() == 1 ? listed.iterator().next() : null;
  }

  /** Whether the set is all values with the bits {@link #cubeMask} of {@link #cubeValue}. */
  boolean isCube() {
    return listed == null && excluded.isEmpty() && excludedValues.isEmpty();
  }

  /** The bits that all values have in common, where they are not listed. */
  Bits cubeValue() {
    return value;
  }

  Bits cubeMask() {
    return mask;
  }

  boolean contains(Bits bits) {
    if (listed != null) {
      return listed.contains(bits);
    }
    if (!bits.and(mask).equals(value)) {
      return false;
    }
    for (Set<Bits> some : excludedValues) {
      if (some.contains(bits)) {
        return false;
      }
    }
    for (FieldValue some : excluded) {
      if (has(some, bits)) {
        return false;
      }
    }
    return true;
  }

  private static boolean has(FieldValue wanted, Bits bits) {
    return bits.and(wanted.mask()).equals(wanted.value());
  }

  /**
   * Whether the values have these bits: all, none, or perhaps some. The last may be said of a set
   * of which none has: {@link #and} then is empty.
   */
  Truth test(FieldValue wanted) {
    if (listed != null) {
      return testListed(wanted);
    }
    Bits common = mask.and(wanted.mask());
    if (!value.and(common).equals(wanted.value().and(common))) {
      return Truth.NEVER;
    }
    if (mask.contains(wanted.mask())) {
      return Truth.ALWAYS;
    }
    if (wanted.isExact()) {
      for (Set<Bits> some : excludedValues) {
        if (some.contains(wanted.value())) {
          return Truth.NEVER;
        }
      }
    }
    for (FieldValue some : excluded) {
      if (wanted.mask().contains(some.mask()) && has(some, wanted.value())) {
        return Truth.NEVER;
      }
    }
    return Truth.SOMETIMES;
  }

  private Truth testListed(FieldValue wanted) {
    int matching = 0;
    int seen = 0;
    for (Bits bits : listed) {
      seen++;
      matching += has(wanted, bits) ? 1 : 0;
      if (matching != 0 && matching != seen) {
        return Truth.SOMETIMES;
      }
    }
    return matching == 0 ? Truth.NEVER : Truth.ALWAYS;
  }

  /** Those with these bits. */
  ValueSet and(FieldValue wanted) {
    if (listed != null) {
      return filtered(bits -> has(wanted, bits));
    }
    Bits common = mask.and(wanted.mask());
    if (!value.and(common).equals(wanted.value().and(common))) {
      return of(field, ImmutableSet.of());
    }
    Bits all = mask.or(wanted.mask());
    Bits bits = value.or(wanted.value());
    if (all.equals(field.allBits())) {
      return of(field, contains(bits) ? ImmutableSet.of(bits) : ImmutableSet.of());
    }
    return new ValueSet(field, bits, all, excluded, excludedValues);
  }

  /** Those without these bits. */
  ValueSet minus(FieldValue unwanted) {
    if (listed != null) {
      return filtered(bits -> !has(unwanted, bits));
    }
    if (test(unwanted) == Truth.NEVER) {
      return this;
    }
    ImmutableList<FieldValue> more =
        ImmutableList.<FieldValue>builder().addAll(excluded).add(unwanted).build();
    return new ValueSet(field, value, mask, more, excludedValues);
  }

  /** Those that are not in a set, which must not change any more. */
  ValueSet minusAll(Set<Bits> unwanted) {
    if (listed != null) {
      return filtered(bits -> !unwanted.contains(bits));
    }
    ImmutableList<Set<Bits>> more =
        ImmutableList.<Set<Bits>>builder().addAll(excludedValues).add(unwanted).build();
    return new ValueSet(field, value, mask, excluded, more);
  }

  ValueSet and(ValueSet other) {
    if (listed != null) {
      return filtered(other::contains);
    }
    if (other.listed != null) {
      return other.filtered(this::contains);
    }
    if (other.isCube() && mask.equals(other.mask) && value.equals(other.value)) {
      return this;
    }
    ValueSet both = other.mask.isZero() ? this : and(cube(other));
    if (both.listed != null) {
      return both.filtered(other::contains);
    }
    return new ValueSet(
        field,
        both.value,
        both.mask,
        ImmutableList.<FieldValue>builder().addAll(both.excluded).addAll(other.excluded).build(),
        ImmutableList.<Set<Bits>>builder()
            .addAll(both.excludedValues)
            .addAll(other.excludedValues)
            .build());
  }

  private static FieldValue cube(ValueSet set) {
    return FieldValue.masked(set.field, set.value, set.mask);
  }

  private ValueSet filtered(Predicate<Bits> wanted) {
    Set<Bits> kept = Sets.filter(listed, wanted::test);
    return kept.size() == listed.size() ? this : of(field, kept);
  }

  boolean isEmpty() {
    return listed != null
        ? listed.isEmpty()
        : !isCube() && !example(value, mask, excluded).isPresent();
  }

  /** Some value, the same one each time; with as few bits set as is easy. */
  Optional<Bits> example() {
    return listed != null ? listed.stream().findFirst() : example(value, mask, excluded);
  }

  /**
   * A value with these bits that nothing excludes. Exclusions by bits are left behind one after the
   * other, by a bit that contradicts them; whatever is free then is counted through until a value
   * turns up that is not excluded by itself.
   */
  private Optional<Bits> example(Bits bits, Bits fixed, ImmutableList<FieldValue> against) {
    for (int i = 0; i < against.size(); i++) {
      FieldValue some = against.get(i);
      Bits common = fixed.and(some.mask());
      if (!bits.and(common).equals(some.value().and(common))) {
        continue;
      }
      ImmutableList<FieldValue> rest = against.subList(i, against.size());
      Bits open = some.mask().and(fixed.not(field.bits()));
      while (!open.isZero()) {
        Bits bit = lowestBit(open);
        Bits away = some.value().and(bit).isZero() ? bits.or(bit) : bits;
        Optional<Bits> found = example(away, fixed.or(bit), rest);
        if (found.isPresent()) {
          return found;
        }
        bits = bits.or(some.value().and(bit));
        fixed = fixed.or(bit);
        open = open.and(bit.not(field.bits()));
      }
      return Optional.empty();
    }
    return count(bits, fixed);
  }

  private Optional<Bits> count(Bits bits, Bits fixed) {
    Bits free = fixed.not(field.bits());
    Bits step = Bits.ZERO;
    while (true) {
      Bits candidate = bits.or(step);
      boolean taken = false;
      for (Set<Bits> some : excludedValues) {
        taken |= some.contains(candidate);
      }
      if (!taken) {
        return Optional.of(candidate);
      }
      step = next(step, free);
      if (step.isZero()) {
        return Optional.empty();
      }
    }
  }

  /** The next larger number with bits of a mask only; zero after the last. */
  private static Bits next(Bits number, Bits mask) {
    long low = (number.low() - mask.low()) & mask.low();
    boolean carry = low == 0;
    long high = carry ? (number.high() - mask.high()) & mask.high() : number.high();
    return Bits.of(high, low);
  }

  private static Bits lowestBit(Bits bits) {
    return bits.low() != 0
        ? Bits.of(Long.lowestOneBit(bits.low()))
        : Bits.of(Long.lowestOneBit(bits.high()), 0);
  }

  @Override
  public String toString() {
    if (listed != null) {
      return listed.toString();
    }
    long values = excludedValues.stream().mapToLong(Set::size).sum();
    return value + "/" + mask + " less " + excluded + " and " + values + " values";
  }
}
