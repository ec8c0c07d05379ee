/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.flowrules.verify;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import org.overlane.flowrules.openflow.Bits;
import org.overlane.flowrules.openflow.Field;
import org.overlane.flowrules.openflow.FieldValue;

/** Divides packets by where they should go, whatever tables make of them. */
final class DestinationSplit {
  private static final Bits GROUP_BIT = Bits.of(1L << 40);
  private static final FieldValue MULTICAST =
      FieldValue.masked(Field.ETH_DST, GROUP_BIT, GROUP_BIT);

  private DestinationSplit() {}

  static boolean isMulticast(Bits mac) {
    return mac.and(GROUP_BIT).equals(GROUP_BIT);
  }

  /**
   * Divides packets.
   *
   * @param known the MACs for which there is a place to go
   * @param where the place of each MAC; one object for one place
   * @param unicast gets the packets for each place
   * @param multicast gets all broadcast and multicast
   */
  static <T> void split(
      PacketSet packets,
      Collection<Bits> known,
      Function<Bits, T> where,
      BiConsumer<PacketSet, T> unicast,
      Consumer<PacketSet> multicast) {
    ValueSet values = packets.valuesOf(Field.ETH_DST);
    if (values.listed().isPresent()) {
      listed(packets, values.listed().get(), where, unicast, multicast);
      return;
    }
    if (values.test(MULTICAST) == Truth.ALWAYS) {
      multicast.accept(packets);
      return;
    }
    List<Bits> inside = new ArrayList<>();
    for (Bits mac : known) {
      if (values.contains(mac)) {
        inside.add(mac);
      }
    }
    listed(packets, inside, where, unicast, multicast);
    Set<Bits> excluded = new HashSet<>(inside);
    ValueSet rest = inside.isEmpty() ? values : values.minusAll(excluded);
    PacketSet single = packets.withValues(Field.ETH_DST, rest.minus(MULTICAST));
    if (!single.isEmptyIn(Field.ETH_DST)) {
      unicast.accept(single, where.apply(null));
    }
    PacketSet many = packets.withValues(Field.ETH_DST, rest.and(MULTICAST));
    if (!many.isEmptyIn(Field.ETH_DST)) {
      multicast.accept(many);
    }
  }

  private static <T> void listed(
      PacketSet packets,
      Collection<Bits> macs,
      Function<Bits, T> where,
      BiConsumer<PacketSet, T> unicast,
      Consumer<PacketSet> multicast) {
    Map<T, List<Bits>> places = new LinkedHashMap<>();
    List<Bits> groups = new ArrayList<>();
    for (Bits mac : macs) {
      if (isMulticast(mac)) {
        groups.add(mac);
      } else {
        places.computeIfAbsent(where.apply(mac), p -> new ArrayList<>()).add(mac);
      }
    }
    places.forEach(
        (place, some) ->
            unicast.accept(
                packets.withValues(Field.ETH_DST, ValueSet.of(Field.ETH_DST, some)), place));
    if (!groups.isEmpty()) {
      multicast.accept(packets.withValues(Field.ETH_DST, ValueSet.of(Field.ETH_DST, groups)));
    }
  }
}
