/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.flowrules.verify;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.overlane.flowrules.model.OfPort;
import org.overlane.flowrules.model.Profile;
import org.overlane.flowrules.openflow.Bits;
import org.overlane.flowrules.openflow.Field;
import org.overlane.flowrules.openflow.FieldValue;
import org.overlane.flowrules.trace.FragmentMode;

/**
 * All packets that can arrive at a switch, by port: those of each port that the model or the tables
 * name, and those of all others at once, which nothing tells apart. Together they are the whole
 * packet space; nothing is left out but what no switch can be given (an Ethernet type below 0x600
 * is a length, a VLAN id without the bit that says there is one).
 */
final class Arrivals {
  private static final ImmutableList<Field> REGISTERS =
      ImmutableList.of(Field.REG0, Field.REG1, Field.REG2, Field.REG3);
  private static final FieldValue TAGGED =
      FieldValue.masked(Field.VLAN_VID, Bits.of(0x1000), Bits.of(0x1000));

  private static final ValueSet OTHER_ETHER_TYPES = otherEtherTypes();
  private static final ValueSet OTHER_PROTOCOLS =
      ValueSet.any(Field.IP_PROTO).minusAll(bits(PacketKind.PROTOCOLS));

  private final SwitchView view;
  private final NodeFacts facts;
  private final boolean looksAtVlan;
  private final SortedSet<OfPort> ports = new TreeSet<>();

  Arrivals(SwitchView view, NodeFacts facts, Mentioned mentioned) {
    this.view = view;
    this.facts = facts;
    this.looksAtVlan = mentioned.isVlan();
    ports.addAll(facts.roles().keySet());
    ports.add(OfPort.CONTROLLER);
    ports.addAll(mentioned.ports());
    ports.removeIf(p -> !p.isAttachable() && !p.equals(OfPort.CONTROLLER));
  }

  private static ValueSet otherEtherTypes() {
    return ValueSet.any(Field.ETH_TYPE)
        .minusAll(bits(PacketKind.ETHER_TYPES))
        .minus(FieldValue.masked(Field.ETH_TYPE, Bits.ZERO, Bits.of(0xfc00)))
        .minus(FieldValue.masked(Field.ETH_TYPE, Bits.of(0x0400), Bits.of(0xfe00)));
  }

  private static Set<Bits> bits(List<Integer> numbers) {
    Set<Bits> bits = new HashSet<>();
    numbers.forEach(n -> bits.add(Bits.of(n)));
    return bits;
  }

  /** The ports that anything is known about, and CONTROLLER. */
  SortedSet<OfPort> ports() {
    return ports;
  }

  /** All packets from a port. */
  List<PacketSet> from(OfPort port) {
    ValueSet only = ValueSet.of(Field.IN_PORT, ImmutableList.of(Bits.of(port.toLong())));
    boolean outOfTunnel =
        port.equals(OfPort.CONTROLLER)
            || (facts.role(port) == NodeFacts.Role.TUNNEL && facts.isKeyed());
    return arriving(only, outOfTunnel);
  }

  /** All packets from any other port. */
  List<PacketSet> fromOthers() {
    Set<Bits> named = new HashSet<>();
    ports.forEach(p -> named.add(Bits.of(p.toLong())));
    return arriving(ValueSet.any(Field.IN_PORT).minusAll(named), false);
  }

  private List<PacketSet> arriving(ValueSet port, boolean outOfTunnel) {
    PacketSet packets =
        PacketSet.all(view)
            .withValues(Field.IN_PORT, port)
            .withValues(Field.ETH_TYPE, OTHER_ETHER_TYPES)
            .withValues(Field.IP_PROTO, OTHER_PROTOCOLS)
            .write(zero(Field.METADATA));
    if (view.isOpenVSwitch()) {
      for (Field register : REGISTERS) {
        packets = packets.write(zero(register));
      }
    }
    if (!outOfTunnel) {
      packets = packets.write(zero(Field.TUNNEL_ID));
      if (view.isOpenVSwitch()) {
        packets = packets.write(zero(Field.TUN_DST)).write(zero(Field.TUN_IPV6_DST));
      }
    }
    if (!looksAtVlan) {
      return ImmutableList.of(packets);
    }
    List<PacketSet> both = new ArrayList<>();
    both.add(
        packets.withValues(
            Field.VLAN_VID, ValueSet.of(Field.VLAN_VID, ImmutableList.of(Bits.ZERO))));
    both.add(packets.and(TAGGED));
    return both;
  }

  private static FieldValue zero(Field field) {
    return FieldValue.exact(field, Bits.ZERO);
  }

  /** The modes in which a switch of a profile may show packets differently to these tables. */
  static ImmutableList<FragmentMode> modes(NodeFacts facts, Mentioned mentioned) {
    if (facts.node().profile() == Profile.OPENFLOW13) {
      return ImmutableList.of(FragmentMode.STANDARD);
    }
    return mentioned.isTransport()
        ? ImmutableList.of(FragmentMode.NORMAL, FragmentMode.NX_MATCH)
        : ImmutableList.of(FragmentMode.NORMAL);
  }
}
