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
import org.overlane.flowrules.openflow.ActionSet;
import org.overlane.flowrules.openflow.FlowEntry;
import org.overlane.flowrules.openflow.Group;

/** A set of packets on one way through the tables: what they are, and what was done. Immutable. */
final class Flight {
  private final PacketSet packets;

  /** The last copy and those before it; null if there is none. */
  private final Made made;

  private final Optional<Flight> before;

  /** The branch of the last table; null before the first. */
  private final Branch branch;

  private final Carried carried;

  private Flight(
      PacketSet packets, Made made, Optional<Flight> before, Branch branch, Carried carried) {
    this.packets = packets;
    this.made = made;
    this.before = before;
    this.branch = branch;
    this.carried = carried;
  }

  /** What few packets have: an action set, and choices of the switch that were assumed. */
  private static final class Carried {
    private static final Carried NOTHING = new Carried(ActionSet.EMPTY, null, null, 1);

    private final ActionSet set;

    /** Wrote what decides in the action set; null if nothing does. */
    private final Branch by;

    /** The last choice and those before it; null if there is none. */
    private final Chosen chosen;

    /** How many ways there are with other choices, this one included. */
    private final int ways;

    Carried(ActionSet set, Branch by, Chosen chosen, int ways) {
      this.set = set;
      this.by = by;
      this.chosen = chosen;
      this.ways = ways;
    }
  }

  private static final class Chosen {
    private final String text;
    private final Chosen before;

    Chosen(String text, Chosen before) {
      this.text = text;
      this.before = before;
    }
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
    return new Flight(packets, null, Optional.empty(), null, Carried.NOTHING);
  }

  Flight take(Branch next, PacketSet some) {
    return new Flight(some, made, Optional.of(this), next, carried);
  }

  Flight with(PacketSet others) {
    return others == packets ? this : new Flight(others, made, before, branch, carried);
  }

  Flight with(Copy copy) {
    return new Flight(packets, new Made(copy, made), before, branch, carried);
  }

  /**
   * With another action set.
   *
   * @param by what wrote the action that decides in it
   */
  Flight with(ActionSet set, Branch by) {
    Carried now = new Carried(set, by, carried.chosen, carried.ways);
    return new Flight(packets, made, before, branch, now);
  }

  /** If the switch chooses this bucket of a group. */
  Flight choosing(Group group, int bucket) {
    int buckets = group.buckets().size();
    String text = "group " + group.id() + " chooses bucket " + (bucket + 1) + " of " + buckets;
    Chosen chosen = new Chosen(text, carried.chosen);
    Carried now = new Carried(carried.set, carried.by, chosen, carried.ways * buckets);
    return new Flight(packets, made, before, branch, now);
  }

  ActionSet actionSet() {
    return carried.set;
  }

  /** What wrote the action that decides in the action set. */
  Branch actionSetBy() {
    return carried.by;
  }

  /** How many ways the choices of the switch have made of one. */
  int ways() {
    return carried.ways;
  }

  /** What the switch must choose for packets to be on this way, in order; mostly nothing. */
  ImmutableList<String> choices() {
    List<String> choices = new ArrayList<>();
    for (Chosen one = carried.chosen; one != null; one = one.before) {
      choices.add(one.text);
    }
    return ImmutableList.copyOf(choices).reverse();
  }

  /** As if one of the copies had not been made. */
  Flight without(Copy copy) {
    Made kept = null;
    for (Copy other : copies()) {
      kept = other == copy ? kept : new Made(other, kept);
    }
    return new Flight(packets, kept, before, branch, carried);
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
