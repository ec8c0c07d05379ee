/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.flowrules.verify;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.overlane.flowrules.openflow.Bits;
import org.overlane.flowrules.openflow.Field;
import org.overlane.flowrules.openflow.FieldValue;
import org.overlane.flowrules.openflow.FlowEntry;

/**
 * Divides a set of packets among the entries of a table, each packet going to the first entry that
 * it satisfies. The set is split on one field at a time, the first one on which the first entry in
 * question depends, until all packets of a part satisfy an entry, or none does. Where entries ask
 * for many values of one field under one mask, it is split into all of them at once, and the
 * entries of one value are not looked at for another: linear in the number of entries for tables
 * that look up a VNI and a MAC address. Every packet ends up in exactly one part: splitting on a
 * field is a partition, and a part is handed out when nothing is left to split.
 */
final class Classifier {
  /** Gets the parts. */
  interface Parts {
    /**
     * A part of the packets.
     *
     * @param entry null where no entry wants them
     */
    void add(FlowEntry entry, PacketSet packets);
  }

  private final Parts parts;

  private Classifier(Parts parts) {
    this.parts = parts;
  }

  /** Divides packets, none of whose fields is empty, among entries, highest priority first. */
  static void classify(List<FlowEntry> entries, PacketSet packets, Parts parts) {
    new Classifier(parts).classify(entries, packets);
  }

  private void classify(List<FlowEntry> entries, PacketSet packets) {
    for (int i = 0; i < entries.size(); i++) {
      Truth truth = Truth.ALWAYS;
      FieldValue open = null;
      for (FieldValue wanted : entries.get(i).match().values()) {
        Truth one = packets.test(wanted);
        if (one == Truth.NEVER) {
          truth = Truth.NEVER;
          break;
        }
        if (one == Truth.SOMETIMES && open == null) {
          open = wanted;
        }
      }
      if (truth != Truth.NEVER) {
        if (open == null) {
          parts.add(entries.get(i), packets);
        } else {
          split(entries.subList(i, entries.size()), packets, open);
        }
        return;
      }
    }
    parts.add(null, packets);
  }

  private void split(List<FlowEntry> entries, PacketSet packets, FieldValue open) {
    FieldValue wanted = packets.uncovered(open);
    SwitchView.Split kinds = packets.view().split(wanted);
    if ((packets.kinds() & kinds.always) != 0) {
      classify(entries, packets.withKinds(packets.kinds() & kinds.always));
    }
    if ((packets.kinds() & kinds.never) != 0) {
      classify(entries, packets.withKinds(packets.kinds() & kinds.never));
    }
    if ((packets.kinds() & kinds.free) != 0) {
      byValue(entries, packets.withKinds(packets.kinds() & kinds.free), wanted);
    }
  }

  private void byValue(List<FlowEntry> entries, PacketSet packets, FieldValue wanted) {
    Field field = wanted.field();
    Map<Bits, List<FlowEntry>> byValue = new LinkedHashMap<>();
    List<FlowEntry> others = new ArrayList<>();
    for (FlowEntry entry : entries) {
      FieldValue own = entry.match().get(field).map(packets::uncovered).orElse(null);
      if (own != null && own.mask().equals(wanted.mask())) {
        byValue.computeIfAbsent(own.value(), v -> new ArrayList<>(1)).add(entry);
      } else {
        others.add(entry);
      }
    }
    byValue.forEach(
        (value, own) -> {
          FieldValue bits = FieldValue.masked(field, value, wanted.mask());
          PacketSet some = packets.and(bits);
          if (!some.isEmptyIn(field)) {
            classify(merge(own, others), some);
          }
        });
    PacketSet rest = without(packets, wanted, byValue.keySet());
    if (!rest.isEmptyIn(field)) {
      classify(others, rest);
    }
  }

  private static PacketSet without(PacketSet packets, FieldValue wanted, Set<Bits> values) {
    Field field = wanted.field();
    if (wanted.isExact()) {
      Set<Bits> excluded = new HashSet<>(values);
      return packets.withValues(field, packets.valuesOf(field).minusAll(excluded));
    }
    PacketSet rest = packets;
    for (Bits value : values) {
      rest = rest.minus(FieldValue.masked(field, value, wanted.mask()));
    }
    return rest;
  }

  /** Both lists, highest priority first. */
  static List<FlowEntry> merge(List<FlowEntry> one, List<FlowEntry> other) {
    if (one.isEmpty() || other.isEmpty()) {
      return one.isEmpty() ? other : one;
    }
    List<FlowEntry> merged = new ArrayList<>(one.size() + other.size());
    int i = 0;
    int j = 0;
    while (i < one.size() || j < other.size()) {
      boolean first =
          j == other.size() || (i < one.size() && one.get(i).priority() >= other.get(j).priority());
      merged.add(first ? one.get(i++) : other.get(j++));
    }
    return merged;
  }
}
