/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.flowrules.verify;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.overlane.flowrules.openflow.Bits;
import org.overlane.flowrules.openflow.Field;
import org.overlane.flowrules.openflow.FieldValue;
import org.overlane.flowrules.openflow.Match;

/**
 * A set of packets, and what a switch has made of all of them so far. The packets are those of some
 * kinds, with a length from {@link #shortest} to {@link #longest}, whose fields have values of
 * given sets, each field by itself. A set of values speaks of those kinds only that have the field,
 * and more than one value of it.
 *
 * <p>What an action has written covers bits of what came: such bits are known, the others are those
 * that the packet came with. So the packets as they came, which make a counter-example, are never
 * lost, and since actions write constants only, nothing here is an approximation. Immutable.
 */
final class PacketSet {
  static final int SHORTEST = 14;

  /** The largest IPv6 packet without jumbo option, in a tagged frame. */
  static final int LONGEST = 14 + 4 + 40 + 65_535;

  private static final int FIELDS = Field.values().length;

  private final SwitchView view;
  private final int kinds;
  private final int shortest;
  private final int longest;

  /** As the packets came, by field; null for any value. */
  private final ValueSet[] came;

  /** By field; null where nothing was written. */
  private final FieldValue[] written;

  private PacketSet(
      SwitchView view,
      int kinds,
      int shortest,
      int longest,
      ValueSet[] came,
      FieldValue[] written) {
    this.view = view;
    this.kinds = kinds;
    this.shortest = shortest;
    this.longest = longest;
    this.came = came;
    this.written = written;
  }

  static PacketSet all(SwitchView view) {
    return new PacketSet(
        view,
        SwitchView.ALL_KINDS,
        SHORTEST,
        LONGEST,
        new ValueSet[FIELDS],
        new FieldValue[FIELDS]);
  }

  SwitchView view() {
    return view;
  }

  int kinds() {
    return kinds;
  }

  int shortest() {
    return shortest;
  }

  int longest() {
    return longest;
  }

  /** The values that the packets came with; null for any. */
  ValueSet came(Field field) {
    return came[field.ordinal()];
  }

  /** The bits that were written since; null for none. */
  FieldValue written(Field field) {
    return written[field.ordinal()];
  }

  /** The value that all packets have by now, or null. */
  Bits known(Field field) {
    FieldValue over = written(field);
    if (over != null && (over.isExact() || view.isAbsent(field))) {
      return over.value();
    }
    Bits only = came(field) == null ? null : came(field).single();
    if (only == null || over == null) {
      return only;
    }
    return only.and(over.mask().not(field.bits())).or(over.value());
  }

  /** Whether the packets satisfy a match as they are by now. */
  Truth test(FieldValue wanted) {
    FieldValue rest = uncovered(wanted);
    if (rest == null) {
      return covered(wanted) ? Truth.ALWAYS : Truth.NEVER;
    }
    if (!covered(wanted)) {
      return Truth.NEVER;
    }
    if (written(wanted.field()) != null && view.isAbsent(wanted.field())) {
      return rest.value().isZero() ? Truth.ALWAYS : Truth.NEVER;
    }
    SwitchView.Split split = view.split(rest);
    int free = kinds & split.free;
    boolean some = (kinds & split.always) != 0;
    boolean none = (kinds & split.never) != 0;
    if (free != 0) {
      Truth byValue = came(rest.field()) == null ? Truth.SOMETIMES : came(rest.field()).test(rest);
      some |= byValue != Truth.NEVER;
      none |= byValue != Truth.ALWAYS;
    }
    return some && none ? Truth.SOMETIMES : some ? Truth.ALWAYS : Truth.NEVER;
  }

  /** Whether what was written agrees with what is wanted. */
  private boolean covered(FieldValue wanted) {
    FieldValue over = written(wanted.field());
    if (over == null) {
      return true;
    }
    Bits common = over.mask().and(wanted.mask());
    return over.value().and(common).equals(wanted.value().and(common));
  }

  /** What of a match depends on the packets as they came; null for nothing. */
  FieldValue uncovered(FieldValue wanted) {
    FieldValue over = written(wanted.field());
    if (over == null) {
      return wanted;
    }
    Bits open = wanted.mask().and(over.mask().not(wanted.field().bits()));
    return open.isZero() ? null : FieldValue.masked(wanted.field(), wanted.value().and(open), open);
  }

  PacketSet withKinds(int some) {
    return some == kinds ? this : new PacketSet(view, some, shortest, longest, came, written);
  }

  PacketSet withLengths(int atLeast, int atMost) {
    int from = Math.max(shortest, atLeast);
    int to = Math.min(longest, atMost);
    return from == shortest && to == longest
        ? this
        : new PacketSet(view, kinds, from, to, came, written);
  }

  /** With other values, as they came; null for any. */
  PacketSet withValues(Field field, ValueSet values) {
    ValueSet[] changed = came.clone();
    changed[field.ordinal()] = values;
    return new PacketSet(view, kinds, shortest, longest, changed, written);
  }

  /** Those of them, as they came, of which a field is in a set. */
  PacketSet and(Field field, ValueSet values) {
    ValueSet old = came(field);
    return withValues(field, old == null ? values : old.and(values));
  }

  /** Those of them, as they came, that have these bits; only for fields that every packet has. */
  PacketSet and(FieldValue bits) {
    return withValues(bits.field(), valuesOf(bits.field()).and(bits));
  }

  /** Those of them, as they came, that satisfy a match: disjoint sets, none of them empty. */
  List<PacketSet> and(Match match) {
    List<PacketSet> parts = ImmutableList.of(this);
    for (FieldValue wanted : match.values()) {
      SwitchView.Split split = view.split(wanted);
      List<PacketSet> next = new ArrayList<>();
      for (PacketSet part : parts) {
        if ((part.kinds & split.always) != 0) {
          next.add(part.withKinds(part.kinds & split.always));
        }
        if ((part.kinds & split.free) != 0) {
          PacketSet some = part.withKinds(part.kinds & split.free).and(wanted);
          if (!some.isEmptyIn(wanted.field())) {
            next.add(some);
          }
        }
      }
      parts = next;
    }
    return parts;
  }

  /** Those of them, as they came, that do not satisfy a match: disjoint sets. */
  List<PacketSet> minus(Match match) {
    List<PacketSet> rest = new ArrayList<>();
    List<PacketSet> parts = ImmutableList.of(this);
    for (FieldValue wanted : match.values()) {
      SwitchView.Split split = view.split(wanted);
      for (PacketSet part : parts) {
        if ((part.kinds & split.never) != 0) {
          rest.add(part.withKinds(part.kinds & split.never));
        }
        PacketSet others = part.withKinds(part.kinds & split.free).minus(wanted);
        if (others.kinds != 0 && !others.isEmptyIn(wanted.field())) {
          rest.add(others);
        }
      }
      Match one = Match.of(ImmutableList.of(wanted));
      List<PacketSet> next = new ArrayList<>();
      parts.forEach(part -> next.addAll(part.and(one)));
      parts = next;
    }
    return rest;
  }

  PacketSet minus(FieldValue bits) {
    return withValues(bits.field(), valuesOf(bits.field()).minus(bits));
  }

  ValueSet valuesOf(Field field) {
    return came(field) == null ? ValueSet.any(field) : came(field);
  }

  /** Whether no packet has a value of a field; the other fields are not looked at. */
  boolean isEmptyIn(Field field) {
    return came(field) != null && came(field).isEmpty();
  }

  boolean isEmpty() {
    if (kinds == 0 || shortest > longest) {
      return true;
    }
    for (ValueSet values : came) {
      if (values != null && values.isEmpty()) {
        return true;
      }
    }
    return false;
  }

  /** These packets, with what was written to others. */
  PacketSet withWrittenOf(PacketSet others) {
    return written == others.written
        ? this
        : new PacketSet(view, kinds, shortest, longest, came, others.written);
  }

  /** After an action or write-metadata. */
  PacketSet write(FieldValue value) {
    FieldValue old = written(value.field());
    FieldValue now = value;
    if (old != null && !value.isExact()) {
      Bits kept = old.value().and(value.mask().not(value.field().bits()));
      now = FieldValue.masked(value.field(), kept.or(value.value()), old.mask().or(value.mask()));
    }
    if (Objects.equals(old, now)) {
      return this;
    }
    FieldValue[] changed = written.clone();
    changed[value.field().ordinal()] = now;
    return new PacketSet(view, kinds, shortest, longest, came, changed);
  }
}
