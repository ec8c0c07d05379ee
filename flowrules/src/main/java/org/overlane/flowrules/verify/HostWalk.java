/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.flowrules.verify;

import com.google.common.base.Joiner;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.Iterables;
import com.google.common.collect.LinkedListMultimap;
import com.google.common.collect.ListMultimap;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.overlane.flowrules.model.IpAddress;
import org.overlane.flowrules.model.ManagementPort;
import org.overlane.flowrules.model.OfPort;
import org.overlane.flowrules.model.Uplink;
import org.overlane.flowrules.openflow.Bits;
import org.overlane.flowrules.openflow.Field;
import org.overlane.flowrules.openflow.FieldValue;
import org.overlane.flowrules.openflow.FlowEntry;
import org.overlane.flowrules.openflow.Match;
import org.overlane.flowrules.pipeline.NodeMeters;
import org.overlane.flowrules.trace.TracedPacket;

/**
 * Proves what must hold for frames from uplinks and management ports: what is for a VTEP address,
 * for the host or for all gets to the management port, by one entry for each VTEP address (and one
 * for its fragments, where the node limits them); what the host sends leaves by the uplink.
 */
final class HostWalk implements Explorer.Visitor {
  private static final Bits GROUP_BIT = Bits.of(1L << 40);
  private static final int FRAGMENTS = PacketKind.where(k -> k.isIp() && !k.isWhole());

  private final NodeFacts facts;
  private final Findings findings;
  private final OfPort port;
  private final Uplink uplink;
  private final Optional<OfPort> management;

  /** The ways of packets for a VTEP address. */
  private final ListMultimap<IpAddress, Flight> toVtep = LinkedListMultimap.create();

  /** Those of fragments, where the node limits them; they are not in {@link #toVtep} then. */
  private final ListMultimap<IpAddress, Flight> fragmentsToVtep = LinkedListMultimap.create();

  HostWalk(NodeFacts facts, Findings findings, OfPort port) {
    this.facts = facts;
    this.findings = findings;
    this.port = port;
    this.uplink = facts.uplink(port);
    this.management = uplink.management().map(ManagementPort::port);
  }

  @Override
  public void end(Flight flight) {
    Drops.check(flight, findings);
    if (port.equals(uplink.port())) {
      fromUplink(flight);
    } else {
      List<OfPort> ports = reached(flight);
      if (!ports.equals(ImmutableList.of(uplink.port())) || isAltered(flight)) {
        findings.add(
            Invariant.MANAGEMENT_ISOLATION,
            flight,
            "frames from management port "
                + port
                + " should go to uplink "
                + uplink.port()
                + " and nowhere else, but go to "
                + words(ports));
      }
    }
  }

  private static List<OfPort> reached(Flight flight) {
    List<OfPort> ports = new ArrayList<>();
    flight.copies().stream().filter(c -> !c.isSuppressed()).forEach(c -> ports.add(c.port()));
    return ports;
  }

  private static boolean isAltered(Flight flight) {
    return flight.copies().stream().anyMatch(Copy::isAltered);
  }

  private static String words(List<OfPort> ports) {
    return ports.isEmpty() ? "nobody" : "port " + Joiner.on(", ").join(ports);
  }

  private void fromUplink(Flight flight) {
    List<OfPort> ports = reached(flight);
    if (ports.contains(OfPort.CONTROLLER)) {
      findings.add(
          Invariant.RECEIVED_STAYS, flight, "frames from uplink " + port + " go to the controller");
    }
    for (OfPort other : ports) {
      if (!other.equals(OfPort.CONTROLLER) && !management.filter(other::equals).isPresent()) {
        findings.add(
            Invariant.HOST_RECEIVES,
            flight,
            "frames from uplink " + port + " go to port " + other + ", not to its management port");
      }
    }
    management.ifPresent(own -> forHost(flight, ports, own));
  }

  private void forHost(Flight flight, List<OfPort> ports, OfPort own) {
    boolean delivered = Iterables.frequency(ports, own) == 1 && !isAltered(flight);
    for (IpAddress vtep : facts.node().vteps()) {
      for (PacketSet some : flight.packets().and(packetsFor(vtep))) {
        note(vtep, flight.with(some));
        if (!delivered) {
          undelivered(Invariant.VTEP_ONE_ENTRY, flight.with(some), "packets for VTEP " + vtep, own);
        }
      }
    }
    if (delivered) {
      return;
    }
    Bits mac = Bits.of(uplink.management().get().mac().toLong());
    for (FieldValue wanted :
        ImmutableList.of(
            FieldValue.exact(Field.ETH_DST, mac),
            FieldValue.masked(Field.ETH_DST, GROUP_BIT, GROUP_BIT))) {
      PacketSet some = flight.packets().and(wanted);
      if (!some.isEmptyIn(Field.ETH_DST)) {
        undelivered(Invariant.HOST_RECEIVES, flight.with(some), "frames for the host", own);
      }
    }
  }

  /** Packets for a VTEP address, fragments by themselves where the node limits them. */
  private void note(IpAddress vtep, Flight flight) {
    if (!facts.node().limitsFragments()) {
      toVtep.put(vtep, flight);
      return;
    }
    PacketSet packets = flight.packets();
    if ((packets.kinds() & ~FRAGMENTS) != 0) {
      toVtep.put(vtep, flight.with(packets.withKinds(packets.kinds() & ~FRAGMENTS)));
    }
    if ((packets.kinds() & FRAGMENTS) != 0) {
      fragmentsToVtep.put(vtep, flight.with(packets.withKinds(packets.kinds() & FRAGMENTS)));
    }
  }

  private void undelivered(Invariant invariant, Flight flight, String what, OfPort own) {
    findings.add(
        invariant,
        flight,
        what
            + " from uplink "
            + port
            + " should go to management port "
            + own
            + ", once, but go to "
            + words(reached(flight)));
  }

  /** What a tunnel endpoint gets: UDP over IPv4; over IPv6, all, as a fragment hides what it is. */
  private static Match packetsFor(IpAddress vtep) {
    Bits address = Bits.of(vtep.octets());
    return vtep.isIpv4()
        ? Match.of(
            ImmutableList.of(
                FieldValue.exact(Field.ETH_TYPE, TracedPacket.IPV4),
                FieldValue.exact(Field.IP_PROTO, TracedPacket.UDP),
                FieldValue.exact(Field.IPV4_DST, address)))
        : Match.of(
            ImmutableList.of(
                FieldValue.exact(Field.ETH_TYPE, TracedPacket.IPV6),
                FieldValue.exact(Field.IPV6_DST, address)));
  }

  /** After the walk. */
  void finish() {
    toVtep
        .asMap()
        .forEach(
            (vtep, flights) -> {
              oneWay(flights, "packets for VTEP " + vtep);
              flights.forEach(f -> unlimited(f, vtep));
            });
    fragmentsToVtep
        .asMap()
        .forEach(
            (vtep, flights) -> {
              oneWay(flights, "fragments for VTEP " + vtep);
              flights.forEach(f -> limited(f, vtep));
            });
  }

  private void oneWay(Collection<Flight> flights, String what) {
    Set<List<FlowEntry>> ways = new LinkedHashSet<>();
    flights.forEach(f -> ways.add(f.entries()));
    if (ways.size() > 1) {
      // The fewest kinds of packets are the exception, and so the better example.
      Flight other =
          Collections.min(
              flights, Comparator.comparingInt(f -> Integer.bitCount(f.packets().kinds())));
      findings.add(
          Invariant.VTEP_ONE_ENTRY,
          other,
          what
              + " from uplink "
              + port
              + " hit "
              + ways.size()
              + " different entries, by what they hold or which fragment they are");
    }
  }

  private void unlimited(Flight flight, IpAddress vtep) {
    if (flight.copies().stream().anyMatch(c -> c.meter().isPresent())) {
      findings.add(
          Invariant.VTEP_ONE_ENTRY,
          flight,
          "packets for VTEP " + vtep + " from uplink " + port + " go through a meter");
    }
  }

  private void limited(Flight flight, IpAddress vtep) {
    long own = NodeMeters.fragments(facts.node().fragmentRate().get()).id();
    boolean limited =
        flight.copies().stream().allMatch(c -> c.meter().filter(m -> m == own).isPresent());
    if (!limited) {
      findings.add(
          Invariant.VTEP_ONE_ENTRY,
          flight,
          "fragments for VTEP "
              + vtep
              + " from uplink "
              + port
              + " should go through the meter of the node, "
              + own
              + ", but do not");
    }
  }
}
