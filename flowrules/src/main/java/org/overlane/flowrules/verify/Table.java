/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.flowrules.verify;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.overlane.flowrules.openflow.Bits;
import org.overlane.flowrules.openflow.Field;
import org.overlane.flowrules.openflow.FieldValue;
import org.overlane.flowrules.openflow.FlowEntry;
import org.overlane.flowrules.trace.FragmentMode;

/**
 * One table, indexed: answers how it divides a set of packets, and remembers the answers. What it
 * remembers is the division of a larger set, of all packets that agree in the bits that the table
 * looks at; whoever asks takes the part of it that concerns its own packets, see {@link Branch#of}.
 * So an answer for one port of a network serves the others, and nothing is lost by it: taking a
 * part of a partition is a partition of the part.
 */
final class Table {
  private final int id;
  private final Slice whole;

  /** The bits of each field that some entry looks at. */
  private final Map<Field, Bits> looksAt = new EnumMap<>(Field.class);

  /** What most entries start with: field and mask. */
  private final FieldValue first;

  private final Map<Bits, List<FlowEntry>> byFirst = new HashMap<>();
  private final List<FlowEntry> withoutFirst = new ArrayList<>();
  private final Map<Bits, Slice> slices = new HashMap<>();

  /** Entries in canonical order. */
  Table(int id, List<FlowEntry> entries) {
    this.id = id;
    this.whole = new Slice(new Slice.Key(id, null), entries);
    for (FlowEntry entry : entries) {
      for (FieldValue wanted : entry.match().values()) {
        Bits known = looksAt.get(wanted.field());
        if (known == null || !known.contains(wanted.mask())) {
          looksAt.merge(wanted.field(), wanted.mask(), Bits::or);
        }
      }
    }
    first = mostCommonStart(entries);
    for (FlowEntry entry : entries) {
      Bits value = first == null ? null : valueOf(entry, first);
      if (value != null) {
        byFirst.computeIfAbsent(value, v -> new ArrayList<>()).add(entry);
      } else {
        withoutFirst.add(entry);
      }
    }
  }

  private static FieldValue mostCommonStart(List<FlowEntry> entries) {
    Map<FieldValue, Integer> counts = new LinkedHashMap<>();
    FieldValue last = null;
    FieldValue best = null;
    for (FlowEntry entry : entries) {
      if (!entry.match().values().isEmpty()) {
        FieldValue start = entry.match().values().get(0);
        if (last == null || start.field() != last.field() || !start.mask().equals(last.mask())) {
          last = FieldValue.masked(start.field(), Bits.ZERO, start.mask());
        }
        int count = counts.merge(last, 1, Integer::sum);
        best = best == null || (best != last && count > counts.get(best)) ? last : best;
      }
    }
    return best;
  }

  /** The bits whose value tells in which slice an entry is; empty if there is one slice only. */
  Optional<FieldValue> start() {
    return Optional.ofNullable(first);
  }

  /** The slice that an entry is in; the whole table where it is in all slices. */
  static Slice.Key sliceOf(FlowEntry entry, FieldValue start) {
    return new Slice.Key(entry.table(), valueOf(entry, start));
  }

  private static Bits valueOf(FlowEntry entry, FieldValue start) {
    for (FieldValue own : entry.match().values()) {
      if (own.field() == start.field()) {
        return own.mask().equals(start.mask()) ? own.value() : null;
      }
    }
    return null;
  }

  /** The slice of a value; of null, the whole table. */
  Slice slice(Bits value) {
    return value == null
        ? whole
        : slices.computeIfAbsent(
            value,
            v ->
                new Slice(
                    new Slice.Key(id, v),
                    Classifier.merge(byFirst.getOrDefault(v, ImmutableList.of()), withoutFirst)));
  }

  Map<Field, Bits> looksAt() {
    return looksAt;
  }

  /**
   * The bits of a set of packets that a table, or several, look at, and how the switch sees
   * fragments: it decides which fields a kind of packet has.
   */
  static final class Key {
    private final FragmentMode mode;
    private final int kinds;
    private final Bits[] bits;
    private final int hash;

    Key(FragmentMode mode, int kinds, Bits[] bits) {
      this.mode = mode;
      this.kinds = kinds;
      this.bits = bits;
      this.hash = 31 * kinds + Arrays.hashCode(bits);
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Key
          && ((Key) other).hash == hash
          && ((Key) other).mode == mode
          && ((Key) other).kinds == kinds
          && Arrays.equals(((Key) other).bits, bits);
    }

    @Override
    public int hashCode() {
      return hash;
    }
  }

  /** How the table divides the packets; each packet is in exactly one branch. */
  List<Branch> divide(PacketSet packets, Trail trail) {
    PacketSet larger = generalised(packets);
    Slice slice = slice(valueOf(larger));
    trail.meets(slice);
    return slice.divisions().computeIfAbsent(key(larger), k -> compute(slice, larger));
  }

  /** All packets that differ from these only in bits that the table does not look at, or more. */
  private PacketSet generalised(PacketSet packets) {
    PacketSet larger = PacketSet.all(packets.view()).withKinds(packets.kinds());
    for (Map.Entry<Field, Bits> looked : looksAt.entrySet()) {
      Field field = looked.getKey();
      FieldValue over = packets.written(field);
      if (over != null) {
        larger = larger.write(over);
      }
      FieldValue bits = commonBits(packets.came(field), looked.getValue());
      if (bits != null) {
        larger = larger.withValues(field, ValueSet.of(bits));
      }
    }
    return larger;
  }

  /** The bits under a mask that all values of a set have in common, if that can be said simply. */
  static FieldValue commonBits(ValueSet values, Bits mask) {
    if (values == null) {
      return null;
    }
    Bits value = values.cubeValue();
    Bits known = values.cubeMask();
    Field field = values.field();
    if (values.listed().isPresent()) {
      value = null;
      known = field.allBits();
      for (Bits one : values.listed().get()) {
        if (value != null && !one.and(mask).equals(value.and(mask))) {
          return null;
        }
        value = one;
      }
      if (value == null) {
        return null;
      }
    }
    Bits seen = known.and(mask);
    return seen.isZero() ? null : FieldValue.masked(field, value.and(seen), seen);
  }

  private Key key(PacketSet larger) {
    Bits[] bits = new Bits[looksAt.size() * 4];
    int i = 0;
    for (Field field : looksAt.keySet()) {
      FieldValue over = larger.written(field);
      if (over != null) {
        bits[i] = over.value();
        bits[i + 1] = over.mask();
      }
      ValueSet came = larger.came(field);
      if (came != null) {
        bits[i + 2] = came.single() == null ? came.cubeValue() : came.single();
        bits[i + 3] = came.single() == null ? came.cubeMask() : field.allBits();
      }
      i += 4;
    }
    return new Key(larger.view().mode(), larger.kinds(), bits);
  }

  private List<Branch> compute(Slice slice, PacketSet packets) {
    Grouping grouping = new Grouping(packets);
    Classifier.classify(slice.entries(), packets, grouping);
    return grouping.branches();
  }

  /** The value that tells the slice of packets; null if they do not agree in it. */
  private Bits valueOf(PacketSet packets) {
    if (first == null) {
      return null;
    }
    Bits known = packets.known(first.field());
    if (known == null
        || packets.view().isAbsent(first.field())
        || !SwitchView.isOfEveryPacket(first.field())) {
      return null;
    }
    return known.and(first.mask());
  }

  /** Puts together the parts of entries that do the same and differ in one value only. */
  private final class Grouping implements Classifier.Parts {
    private final PacketSet all;
    private final List<Branch> branches = new ArrayList<>();
    private final Map<List<Object>, Map<Bits, FlowEntry>> alike = new LinkedHashMap<>();

    Grouping(PacketSet all) {
      this.all = all;
    }

    @Override
    public void add(FlowEntry entry, PacketSet packets) {
      ImmutableList.Builder<Field> builder = ImmutableList.builder();
      for (Field field : looksAt.keySet()) {
        if (packets.came(field) != all.came(field)) {
          builder.add(field);
        }
      }
      ImmutableList<Field> narrowed = builder.build();
      Bits only = narrowed.size() == 1 ? packets.came(narrowed.get(0)).single() : null;
      if (entry != null && only != null) {
        alike
            .computeIfAbsent(
                Arrays.asList(entry.instructions(), narrowed.get(0), packets.kinds()),
                k -> new LinkedHashMap<>())
            .put(only, entry);
      } else {
        branches.add(new Branch(packets, narrowed, entry, ImmutableMap.of()));
      }
    }

    List<Branch> branches() {
      alike.forEach(
          (key, entries) -> {
            Field field = (Field) key.get(1);
            PacketSet part =
                all.withKinds((Integer) key.get(2))
                    .withValues(field, ValueSet.of(field, entries.keySet()));
            branches.add(
                new Branch(
                    part,
                    ImmutableList.of(field),
                    entries.values().iterator().next(),
                    ImmutableMap.copyOf(entries)));
          });
      return branches;
    }
  }
}
