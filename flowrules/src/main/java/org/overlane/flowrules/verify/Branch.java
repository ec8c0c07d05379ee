/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.flowrules.verify;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Iterables;
import java.util.Optional;
import org.overlane.flowrules.openflow.Bits;
import org.overlane.flowrules.openflow.Field;
import org.overlane.flowrules.openflow.FlowEntry;
import org.overlane.flowrules.openflow.Instructions;

/**
 * What a table does with a part of the packets that come to it: the instructions of one entry, or
 * of several that differ in one value of their match only, or nothing where no entry wants them.
 */
final class Branch {
  /** Which packets: kinds, and the values of {@link #narrowed}. */
  private final PacketSet part;

  private final ImmutableList<Field> narrowed;
  private final FlowEntry entry;

  /** The entries by value of the only narrowed field; empty if there is one entry, or none. */
  private final ImmutableMap<Bits, FlowEntry> entries;

  Branch(
      PacketSet part,
      ImmutableList<Field> narrowed,
      FlowEntry entry,
      ImmutableMap<Bits, FlowEntry> entries) {
    this.part = part;
    this.narrowed = narrowed;
    this.entry = entry;
    this.entries = entries;
  }

  /** Whether no entry wants the packets. */
  boolean isMiss() {
    return entry == null;
  }

  Instructions instructions() {
    return entry.instructions();
  }

  /** Those of some packets that take this branch, or null if none does. */
  PacketSet of(PacketSet packets) {
    int kinds = packets.kinds() & part.kinds();
    if (kinds == 0) {
      return null;
    }
    PacketSet some = packets.withKinds(kinds);
    for (Field field : narrowed) {
      some = some.and(field, part.came(field));
      if (some.isEmptyIn(field)) {
        return null;
      }
    }
    return some;
  }

  /** Whether these are all packets that can take this branch, as far as its entries differ. */
  boolean isWhole(PacketSet packets) {
    return entries.isEmpty() || packets.came(narrowed.get(0)) == part.came(narrowed.get(0));
  }

  /** The entries that packets of this branch hit. */
  Iterable<FlowEntry> entries(PacketSet packets) {
    if (entries.isEmpty()) {
      return ImmutableList.of(entry);
    }
    return Iterables.transform(packets.came(narrowed.get(0)).listed().get(), entries::get);
  }

  /** An entry that packets of this branch hit; none at a miss. */
  Optional<FlowEntry> entry(PacketSet packets) {
    return isMiss() ? Optional.empty() : Optional.of(entries(packets).iterator().next());
  }
}
