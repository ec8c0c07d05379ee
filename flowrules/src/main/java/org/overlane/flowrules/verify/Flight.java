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
  private final ImmutableList<Copy> copies;
  private final Optional<Flight> before;

  /** The branch of the last table; null before the first. */
  private final Branch branch;

  private Flight(
      PacketSet packets, ImmutableList<Copy> copies, Optional<Flight> before, Branch branch) {
    this.packets = packets;
    this.copies = copies;
    this.before = before;
    this.branch = branch;
  }

  static Flight start(PacketSet packets) {
    return new Flight(packets, ImmutableList.of(), Optional.empty(), null);
  }

  Flight take(Branch next, PacketSet some) {
    return new Flight(some, copies, Optional.of(this), next);
  }

  Flight with(PacketSet others) {
    return others == packets ? this : new Flight(others, copies, before, branch);
  }

  Flight with(Copy copy) {
    ImmutableList<Copy> more = ImmutableList.<Copy>builder().addAll(copies).add(copy).build();
    return new Flight(packets, more, before, branch);
  }

  PacketSet packets() {
    return packets;
  }

  ImmutableList<Copy> copies() {
    return copies;
  }

  Branch branch() {
    return branch;
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
