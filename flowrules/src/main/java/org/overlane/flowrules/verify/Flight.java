/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.flowrules.verify;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.overlane.flowrules.openflow.FlowEntry;

/** A set of packets on one way through the tables: what they are, and what was done. Immutable. */
final class Flight {
  private final PacketSet packets;

  /** The last copy and those before it; null if there is none. */
  private final Made made;

  private final Optional<Flight> before;

  /** The branch of the last table; null before the first. */
  private final Branch branch;

  private Flight(PacketSet packets, Made made, Optional<Flight> before, Branch branch) {
    this.packets = packets;
    this.made = made;
    this.before = before;
    this.branch = branch;
  }

  /** Multicast makes a thousand copies, one after the other: a chain shares those before. */
  private static final class Made {
    private final Copy copy;
    private final Made before;

    Made(Copy copy, Made before) {
      this.copy = copy;
      this.before = before;
    }
  }

  static Flight start(PacketSet packets) {
    return new Flight(packets, null, Optional.empty(), null);
  }

  Flight take(Branch next, PacketSet some) {
    return new Flight(some, made, Optional.of(this), next);
  }

  Flight with(PacketSet others) {
    return others == packets ? this : new Flight(others, made, before, branch);
  }

  Flight with(Copy copy) {
    return new Flight(packets, new Made(copy, made), before, branch);
  }

  /** As if one of the copies had not been made. */
  Flight without(Copy copy) {
    Made kept = null;
    for (Copy other : copies()) {
      kept = other == copy ? kept : new Made(other, kept);
    }
    return new Flight(packets, kept, before, branch);
  }

  PacketSet packets() {
    return packets;
  }

  /** In the order in which they were made. */
  ImmutableList<Copy> copies() {
    List<Copy> copies = new ArrayList<>();
    for (Made one = made; one != null; one = one.before) {
      copies.add(one.copy);
    }
    return ImmutableList.copyOf(copies).reverse();
  }

  /** Whether the last table had no entry for them. */
  boolean isMissed() {
    return branch != null && branch.isMiss();
  }

  /** The entries on the way, in order; of several that do the same, one. */
  List<FlowEntry> entries() {
    List<FlowEntry> entries = new ArrayList<>();
    Flight at = this;
    while (at.branch != null) {
      at.branch.entry(packets).ifPresent(entries::add);
      at = at.before.get();
    }
    Collections.reverse(entries);
    return entries;
  }

  /** The last entry that the packets have met. */
  Optional<FlowEntry> lastEntry() {
    Flight at = this;
    while (at.branch != null && at.branch.isMiss()) {
      at = at.before.get();
    }
    return at.branch == null ? Optional.empty() : at.branch.entry(packets);
  }
}
