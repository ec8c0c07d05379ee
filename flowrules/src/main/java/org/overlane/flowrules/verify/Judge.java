/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.flowrules.verify;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.overlane.flowrules.model.OfPort;
import org.overlane.flowrules.openflow.Bits;
import org.overlane.flowrules.openflow.Field;
import org.overlane.flowrules.openflow.FieldValue;
import org.overlane.flowrules.openflow.FlowEntry;
import org.overlane.flowrules.openflow.FlowTables;
import org.overlane.flowrules.openflow.Match;
import org.overlane.flowrules.pipeline.PortMeters;

/** Compares what becomes of packets with what should. */
final class Judge {
  private final NodeFacts facts;
  private final FlowTables tables;
  private final Findings findings;
  private final OfPort inPort;

  /** What it means if something else is reached than a VM of the network. */
  private final Invariant toTunnel;

  private final Invariant toController;

  /** Of packets that come in by a port. */
  Judge(NodeFacts facts, FlowTables tables, Findings findings, OfPort inPort) {
    this.facts = facts;
    this.tables = tables;
    this.findings = findings;
    this.inPort = inPort;
    boolean tunnel = facts.role(inPort) == NodeFacts.Role.TUNNEL;
    this.toTunnel = tunnel ? Invariant.SPLIT_HORIZON : Invariant.VNI_ISOLATION;
    this.toController = tunnel ? Invariant.RECEIVED_STAYS : Invariant.FITTING_STAYS;
  }

  /** What the packets are, to the verdict. */
  static final class Case {
    final NetworkFacts network;
    final Expected expected;

    /** The invariant that delivery is about. */
    final Invariant delivery;

    /** Whether the packets are too large for the path. */
    final boolean larger;

    /** Where packets for the controller may go instead, if the slow path has said so. */
    final Optional<RemotePath> around;

    Case(NetworkFacts network, Expected expected, Invariant delivery) {
      this(network, expected, delivery, false, Optional.empty());
    }

    Case(
        NetworkFacts network,
        Expected expected,
        Invariant delivery,
        boolean larger,
        Optional<RemotePath> around) {
      this.network = network;
      this.expected = expected;
      this.delivery = larger ? Invariant.OVERSIZE_DISPOSED : delivery;
      this.larger = larger;
      this.around = around;
    }
  }

  /** All packets of the flight are of the case. */
  void judge(Flight flight, Case what) {
    List<OfPort> ports = new ArrayList<>(what.expected.ports());
    Map<Object, RemotePath> paths = new HashMap<>();
    what.expected.paths().forEach(p -> paths.put(p.target(), p));
    boolean controller = what.expected.controller().isPresent();
    if (isExcepted(flight, what)) {
      controller = false;
      paths.put(what.around.get().target(), what.around.get());
    }
    ports.remove(inPort);
    Set<Invariant> said = new HashSet<>();
    for (Copy copy : flight.copies()) {
      if (copy.isSuppressed()) {
        continue;
      }
      if (copy.isToController()) {
        controller = toController(flight, copy, what, controller, said);
      } else if (isTunnel(copy)) {
        RemotePath path = take(paths, copy, flight.packets());
        if (path == null || isForeign(copy, flight.packets(), what.network)) {
          say(said, wrongTunnel(copy, flight.packets(), what), flight, what, copy);
        }
      } else if (!ports.remove(copy.port()) || copy.isAltered()) {
        say(said, wrongPort(copy, what), flight, what, copy);
      }
    }
    if (!ports.isEmpty() || !paths.isEmpty() || controller) {
      sayMissing(said, flight, what);
    } else if (what.expected.isCountedDrop()) {
      countedDrop(flight);
    }
  }

  private boolean isTunnel(Copy copy) {
    return facts.role(copy.port()) == NodeFacts.Role.TUNNEL;
  }

  private boolean toController(
      Flight flight, Copy copy, Case what, boolean wanted, Set<Invariant> said) {
    if (!wanted) {
      say(said, what.larger ? Invariant.OVERSIZE_DISPOSED : toController, flight, what, copy);
      return false;
    }
    PortMeters.Purpose purpose = what.expected.controller().get();
    long own = PortMeters.of(inPort, purpose).id();
    if (!copy.meter().filter(m -> m == own).isPresent() && copy.meter().isPresent()) {
      findings.add(
          Invariant.CONTROLLER_METERED,
          flight,
          "packets from port "
              + inPort
              + " go to the controller through meter "
              + copy.meter().get()
              + ", not through that of their port and purpose, "
              + own);
    }
    return false;
  }

  /** Takes out the path that the copy is sent on, if it is one of them. */
  private static RemotePath take(Map<Object, RemotePath> paths, Copy copy, PacketSet packets) {
    if (copy.isAltered()) {
      return null;
    }
    Object address = copy.tunnelDestination(packets).orElse(null);
    RemotePath path = paths.get(copy.port());
    if (path == null && address != null) {
      path = paths.get(address);
    }
    if (path == null || !path.port().equals(copy.port())) {
      return null;
    }
    return paths.remove(path.target());
  }

  private Invariant wrongTunnel(Copy copy, PacketSet packets, Case what) {
    if (toTunnel == Invariant.SPLIT_HORIZON) {
      return toTunnel;
    }
    return isForeign(copy, packets, what.network) ? Invariant.VNI_ISOLATION : what.delivery;
  }

  /** Whether a copy leaves by a tunnel with a VNI that is not that of the network. */
  boolean isForeign(Copy copy, PacketSet packets, NetworkFacts network) {
    if (network == null || !isTunnel(copy)) {
      return false;
    }
    if (facts.isKeyed()) {
      Bits key = copy.tunnelKey(packets);
      return key == null || !key.equals(network.key());
    }
    return facts.networksBehind(copy.port()).stream().noneMatch(n -> n == network);
  }

  private Invariant wrongPort(Copy copy, Case what) {
    NodeFacts.Role role = facts.role(copy.port());
    boolean own =
        role == NodeFacts.Role.VM
            && what.network != null
            && what.network.localPorts().contains(copy.port());
    return own ? what.delivery : Invariant.VNI_ISOLATION;
  }

  private void say(Set<Invariant> said, Invariant invariant, Flight flight, Case what, Copy copy) {
    if (said.add(invariant)) {
      findings.add(
          invariant,
          flight,
          describe(what)
              + ", but one goes to "
              + (copy.isToController() ? "the controller" : "port " + copy.port())
              + (copy.isAltered() ? ", altered" : "")
              + (isTunnel(copy) ? tunnel(copy, flight.packets()) : ""));
    }
  }

  private static String tunnel(Copy copy, PacketSet packets) {
    Bits key = copy.tunnelKey(packets);
    return " with tunnel id "
        + (key == null ? "as it came" : key.toBigInteger())
        + copy.tunnelDestination(packets).map(a -> " towards " + a).orElse("");
  }

  private void sayMissing(Set<Invariant> said, Flight flight, Case what) {
    if (said.add(what.delivery)) {
      findings.add(what.delivery, flight, describe(what) + ", but some do not get there");
    }
  }

  private String describe(Case what) {
    return "frames from port "
        + inPort
        + (what.network == null ? "" : " in " + what.network)
        + (what.larger ? " that do not fit" : "")
        + " should go "
        + what.expected;
  }

  private void countedDrop(Flight flight) {
    boolean counted =
        flight
            .lastEntry()
            .flatMap(e -> e.instructions().meter())
            .filter(
                m ->
                    tables.meters().containsKey(m)
                        && m == PortMeters.of(inPort, PortMeters.Purpose.DROP).id())
            .isPresent();
    if (!counted) {
      findings.add(
          Invariant.OVERSIZE_DISPOSED,
          flight,
          "frames from port "
              + inPort
              + " that do not fit are dropped, but not counted by the meter of their port");
    }
  }

  /**
   * Whether packets that should go to the controller go into the tunnel by an entry that names both
   * of their addresses: the slow path has seen such packets, and has put the entry there itself.
   */
  private static boolean isExcepted(Flight flight, Case what) {
    return what.around.isPresent()
        && flight.copies().stream().noneMatch(Copy::isToController)
        && flight.entries().stream().anyMatch(Judge::namesPair);
  }

  private static boolean namesPair(FlowEntry entry) {
    return namesPair(entry.match(), Field.IPV4_SRC, Field.IPV4_DST)
        || namesPair(entry.match(), Field.IPV6_SRC, Field.IPV6_DST);
  }

  private static boolean namesPair(Match match, Field source, Field destination) {
    return match.get(source).filter(FieldValue::isExact).isPresent()
        && match.get(destination).filter(FieldValue::isExact).isPresent();
  }
}
