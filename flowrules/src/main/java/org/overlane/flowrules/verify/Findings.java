/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.flowrules.verify;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.overlane.flowrules.model.NodeId;
import org.overlane.flowrules.openflow.FlowEntry;
import org.overlane.flowrules.openflow.FlowTables;
import org.overlane.flowrules.trace.FragmentMode;
import org.overlane.flowrules.trace.PacketTracer;
import org.overlane.flowrules.trace.TraceText;
import org.overlane.flowrules.trace.TracedPacket;

/**
 * Collects the violations of one switch, with a packet for each. Of one invariant, the first few
 * are described and the others counted: a table that is wrong is wrong for many packets.
 */
final class Findings {
  private static final int DESCRIBED = 4;

  private final NodeId node;
  private final FlowTables tables;
  private final List<Violation> violations = new ArrayList<>();
  private final Map<Invariant, Integer> counts = new EnumMap<>(Invariant.class);

  Findings(NodeId node, FlowTables tables) {
    this.node = node;
    this.tables = tables;
  }

  /** Some packets of a flight, of which all go wrong. */
  void add(Invariant invariant, Flight flight, String message) {
    if (counts.merge(invariant, 1, Integer::sum) > DESCRIBED) {
      return;
    }
    Optional<TracedPacket> packet = Witness.of(flight.packets());
    FragmentMode mode = flight.packets().view().mode();
    violations.add(
        Violation.of(
            invariant,
            node,
            message + condition(flight),
            packet,
            packet.map(p -> trace(tables, p, mode)).orElse(""),
            flight.entries()));
  }

  private static String condition(Flight flight) {
    List<String> choices = flight.choices();
    return choices.isEmpty() ? "" : ", if " + String.join(" and ", choices);
  }

  /** Something about the tables themselves. */
  void add(Invariant invariant, String message, FlowEntry... entries) {
    if (counts.merge(invariant, 1, Integer::sum) <= DESCRIBED) {
      violations.add(
          Violation.of(
              invariant, node, message, Optional.empty(), "", ImmutableList.copyOf(entries)));
    }
  }

  /** The way of a packet, for people. */
  static String trace(FlowTables tables, TracedPacket packet, FragmentMode mode) {
    try {
      return TraceText.render(PacketTracer.trace(tables, packet, mode));
    } catch (IllegalArgumentException undefined) {
      return "The standard does not say what a switch does with this packet: "
          + undefined.getMessage()
          + "\n";
    }
  }

  int total() {
    return counts.values().stream().mapToInt(i -> i).sum();
  }

  /** In the order of the invariants, which is that of importance. */
  ImmutableList<Violation> violations() {
    return ImmutableList.sortedCopyOf(Comparator.comparing(Violation::invariant), violations);
  }

  /** All, described or not, by invariant. */
  Map<Invariant, Integer> counts() {
    return counts;
  }
}
