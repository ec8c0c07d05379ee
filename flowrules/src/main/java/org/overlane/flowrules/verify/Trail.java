/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.flowrules.verify;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Sets;
import java.util.BitSet;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.overlane.flowrules.openflow.FlowEntry;

/** What some packets have met on all their ways through the tables. Not thread-safe. */
final class Trail {
  private final Set<Slice> slices = Sets.newIdentityHashSet();
  private final Set<Long> groups = new HashSet<>();
  private final Set<FlowEntry> hit = Sets.newIdentityHashSet();
  private final Set<Branch> whollyHit = Sets.newIdentityHashSet();
  private Flight cut;
  private String cutReason = "";

  void meets(Slice slice) {
    slices.add(slice);
  }

  /** A group, whether there is one of this id or not. */
  void meets(long group) {
    groups.add(group);
  }

  /** Packets that are not followed any further; of several, the first are kept. */
  void cuts(Flight flight, String reason) {
    if (cut == null) {
      cut = flight;
      cutReason = reason;
    }
  }

  String cutReason() {
    return cutReason;
  }

  /** The first that were not followed to their end. */
  Optional<Flight> cut() {
    return Optional.ofNullable(cut);
  }

  void takes(Branch branch, PacketSet some) {
    if (!whollyHit.contains(branch)) {
      branch.entries(some).forEach(hit::add);
      if (branch.isWhole(some)) {
        whollyHit.add(branch);
      }
    }
  }

  Set<FlowEntry> hit() {
    return hit;
  }

  ImmutableSet<Long> groups() {
    return ImmutableSet.copyOf(groups);
  }

  /** The slices that they met, each with the places of the entries that they hit. */
  ImmutableMap<Slice.Key, BitSet> places() {
    ImmutableMap.Builder<Slice.Key, BitSet> places = ImmutableMap.builder();
    slices.forEach(s -> places.put(s.key(), s.placesOf(hit)));
    return places.build();
  }
}
