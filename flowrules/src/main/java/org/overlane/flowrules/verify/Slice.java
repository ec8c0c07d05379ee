/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.flowrules.verify;

import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.overlane.flowrules.openflow.Bits;
import org.overlane.flowrules.openflow.FlowEntry;

/**
 * The entries of a table that can want packets with one value of what most of its entries look at
 * first, which is a port or a VNI, or all its entries. What a table makes of packets depends on the
 * entries of the slice that they meet, and on nothing else. Remembers how these have divided
 * packets; not thread-safe.
 */
final class Slice {
  private final Key key;
  private final List<FlowEntry> entries;

  /** By the bits of the packets that the table looks at. */
  private final Map<Object, List<Branch>> divisions = new HashMap<>();

  Slice(Key key, List<FlowEntry> entries) {
    this.key = key;
    this.entries = entries;
  }

  Key key() {
    return key;
  }

  /** Highest priority first. */
  List<FlowEntry> entries() {
    return entries;
  }

  Map<Object, List<Branch>> divisions() {
    return divisions;
  }

  /** The places of some entries among these. */
  BitSet placesOf(Set<FlowEntry> some) {
    BitSet places = new BitSet(entries.size());
    for (int i = 0; i < entries.size(); i++) {
      if (some.contains(entries.get(i))) {
        places.set(i);
      }
    }
    return places;
  }

  /** Which slice, of any tables of one switch. Immutable. */
  static final class Key {
    private final int table;
    private final Bits value;

    /**
     * The slice of a value.
     *
     * @param value null for the whole table
     */
    Key(int table, Bits value) {
      this.table = table;
      this.value = value;
    }

    int table() {
      return table;
    }

    boolean isWhole() {
      return value == null;
    }

    Bits value() {
      return value;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Key
          && ((Key) other).table == table
          && Objects.equals(((Key) other).value, value);
    }

    @Override
    public int hashCode() {
      return 31 * table + Objects.hashCode(value);
    }
  }
}
