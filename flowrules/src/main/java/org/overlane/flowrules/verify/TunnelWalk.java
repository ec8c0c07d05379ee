/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.flowrules.verify;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.overlane.flowrules.model.OfPort;
import org.overlane.flowrules.openflow.Bits;
import org.overlane.flowrules.openflow.Field;
import org.overlane.flowrules.openflow.FlowTables;
import org.overlane.flowrules.pipeline.PortMeters;

/**
 * Proves what must hold for frames from a tunnel port: with a VNI of the node they reach the local
 * endpoints of its network and nobody else, with any other nobody; probes for the node reach the
 * controller.
 */
final class TunnelWalk implements Explorer.Visitor {
  private final NodeFacts facts;
  private final Findings findings;
  private final OfPort port;
  private final Judge judge;
  private final List<NetworkFacts> networks;
  private final Set<Bits> ownKeys = new HashSet<>();
  private final List<Undelivered> undelivered = new ArrayList<>();

  TunnelWalk(NodeFacts facts, FlowTables tables, Findings findings, OfPort port) {
    this.facts = facts;
    this.findings = findings;
    this.port = port;
    this.judge = new Judge(facts, tables, findings, port);
    this.networks = facts.networksBehind(port);
    networks.forEach(n -> ownKeys.add(n.key()));
  }

  /** After the walk: the frames of networks of the node of which not all becomes that should. */
  List<Undelivered> undelivered() {
    return undelivered;
  }

  @Override
  public void end(Flight flight) {
    Drops.check(flight, findings);
    if (!facts.isKeyed()) {
      if (networks.isEmpty()) {
        stranger(flight);
      } else {
        member(flight, networks.get(0));
      }
      return;
    }
    ValueSet keys = flight.packets().valuesOf(Field.TUNNEL_ID);
    for (NetworkFacts network : networks) {
      if (keys.contains(network.key())) {
        ValueSet own = ValueSet.of(Field.TUNNEL_ID, Set.of(network.key()));
        member(flight.with(flight.packets().withValues(Field.TUNNEL_ID, own)), network);
      }
    }
    PacketSet rest = flight.packets().withValues(Field.TUNNEL_ID, keys.minusAll(ownKeys));
    if (!rest.isEmptyIn(Field.TUNNEL_ID)) {
      stranger(flight.with(rest));
    }
  }

  /** Frames of a VNI that has no business here. */
  private void stranger(Flight flight) {
    judge.judge(flight, new Judge.Case(null, Expected.NOTHING, Invariant.VNI_ISOLATION));
  }

  private void member(Flight flight, NetworkFacts network) {
    boolean silent = flight.copies().stream().allMatch(Copy::isSuppressed);
    if (!silent || facts.mustAdmit(port, network)) {
      members(probes(flight, network), network);
    }
  }

  /** Judges the probes among some frames. Returns the others. */
  private Flight probes(Flight flight, NetworkFacts network) {
    Optional<Bits> address = facts.probeAddress();
    ValueSet destinations = flight.packets().valuesOf(Field.ETH_DST);
    if (!address.isPresent() || !destinations.contains(address.get())) {
      return flight;
    }
    Set<Bits> only = Set.of(address.get());
    Expected controller = Expected.controller(PortMeters.Purpose.PROBE);
    judge.judge(
        flight.with(flight.packets().withValues(Field.ETH_DST, ValueSet.of(Field.ETH_DST, only))),
        new Judge.Case(network, controller, Invariant.PROBES_ARRIVE));
    return flight.with(flight.packets().withValues(Field.ETH_DST, destinations.minusAll(only)));
  }

  private void members(Flight flight, NetworkFacts network) {
    if (!flight.packets().isEmptyIn(Field.ETH_DST)) {
      DestinationSplit.split(
          flight.packets(),
          network.localByMac().keySet(),
          mac -> mac == null ? null : network.localByMac().get(mac),
          (some, to) -> unicast(flight.with(some), network, to),
          some -> multicast(flight.with(some), network));
    }
  }

  private void unicast(Flight flight, NetworkFacts network, OfPort to) {
    Expected expected = to == null ? Expected.NOTHING : Expected.port(to);
    member(flight, new Judge.Case(network, expected, Invariant.UNICAST_DELIVERY));
  }

  private void multicast(Flight flight, NetworkFacts network) {
    member(
        flight,
        new Judge.Case(
            network, Expected.ports(network.localPorts()), Invariant.MULTICAST_DELIVERY));
  }

  private void member(Flight flight, Judge.Case what) {
    int before = findings.total();
    judge.judge(flight, what);
    if (findings.total() > before) {
      undelivered.add(new Undelivered(port, what.network.network().id(), flight.packets()));
    }
  }
}
