/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.flowrules.verify;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.overlane.flowrules.model.Announcement;
import org.overlane.flowrules.model.OfPort;
import org.overlane.flowrules.openflow.Field;
import org.overlane.flowrules.openflow.FieldValue;
import org.overlane.flowrules.openflow.Match;
import org.overlane.flowrules.pipeline.PortMeters;
import org.overlane.flowrules.trace.TracedPacket;

/**
 * What should become of DHCP replies and router advertisements of a network that advertises its
 * MTU: the former go to the controller and nowhere else, the latter there and wherever they would
 * go without.
 */
final class Announcements {
  private static final Match DHCP_REPLY =
      Match.of(
          ImmutableList.of(
              FieldValue.exact(Field.ETH_TYPE, TracedPacket.IPV4),
              FieldValue.exact(Field.IP_PROTO, TracedPacket.UDP),
              FieldValue.exact(Field.UDP_SRC, 67),
              FieldValue.exact(Field.UDP_DST, 68)));
  private static final Match ROUTER_ADVERTISEMENT =
      Match.of(
          ImmutableList.of(
              FieldValue.exact(Field.ETH_TYPE, TracedPacket.IPV6),
              FieldValue.exact(Field.IP_PROTO, TracedPacket.ICMPV6),
              FieldValue.exact(Field.ICMPV6_TYPE, 134)));

  private final Findings findings;
  private final OfPort port;

  /** Those that come in by a port. */
  Announcements(Findings findings, OfPort port) {
    this.findings = findings;
    this.port = port;
  }

  private static Match match(Announcement announcement) {
    return announcement == Announcement.DHCP ? DHCP_REPLY : ROUTER_ADVERTISEMENT;
  }

  /** Whether any of some packets is such a message of the network. */
  static boolean any(PacketSet packets, NetworkFacts network) {
    return network.advertises().stream().anyMatch(a -> !packets.and(match(a)).isEmpty());
  }

  /**
   * Judges the messages among some packets; what is left to be judged as any other packet is handed
   * on.
   */
  void judge(Flight flight, NetworkFacts network, Judge judge, Consumer<Flight> others) {
    List<PacketSet> rest = ImmutableList.of(flight.packets());
    for (Announcement announcement : network.advertises()) {
      List<PacketSet> next = new ArrayList<>();
      for (PacketSet packets : rest) {
        for (PacketSet some : packets.and(match(announcement))) {
          if (announcement == Announcement.DHCP) {
            judge.judge(flight.with(some), onlyController(network));
          } else {
            withCopy(flight.with(some), network, others);
          }
        }
        next.addAll(packets.minus(match(announcement)));
      }
      rest = next;
    }
    rest.forEach(packets -> others.accept(flight.with(packets)));
  }

  private static Judge.Case onlyController(NetworkFacts network) {
    return new Judge.Case(
        network, Expected.controller(PortMeters.Purpose.ADVERTISE), Invariant.MTU_ADVERTISED);
  }

  private void withCopy(Flight flight, NetworkFacts network, Consumer<Flight> others) {
    Optional<Copy> copy = flight.copies().stream().filter(Copy::isToController).findFirst();
    if (!copy.isPresent()) {
      findings.add(
          Invariant.MTU_ADVERTISED,
          flight,
          "router advertisements from port "
              + port
              + " in "
              + network
              + " should go to the controller too, but do not");
    }
    long own = PortMeters.of(port, PortMeters.Purpose.ADVERTISE).id();
    if (copy.isPresent() && !copy.get().meter().filter(m -> m == own).isPresent()) {
      findings.add(
          Invariant.CONTROLLER_METERED,
          flight,
          "router advertisements from port "
              + port
              + " go to the controller, but not through the meter of their port and purpose, "
              + own);
    }
    others.accept(copy.map(flight::without).orElse(flight));
  }
}
