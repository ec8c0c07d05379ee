/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.flowrules.verify;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.overlane.flowrules.model.IpAddress;
import org.overlane.flowrules.model.MacAddress;
import org.overlane.flowrules.model.OfPort;
import org.overlane.flowrules.openflow.Action;
import org.overlane.flowrules.openflow.Bits;
import org.overlane.flowrules.openflow.Field;
import org.overlane.flowrules.openflow.FieldValue;
import org.overlane.flowrules.openflow.Match;
import org.overlane.flowrules.testing.FewValues;
import org.overlane.flowrules.trace.FragmentClass;
import org.overlane.flowrules.trace.TracedPacket;

/** Packets, and tables of as few values as they have: every packet meets entries. */
final class RandomPackets extends FewValues {
  private static final long[] MACS = {0x020000000001L, 0x020000000002L, 0x020000000003L};
  private static final long[] GROUPS = {0x01005e000001L, 0xffffffffffffL};
  private static final int[] PROTOCOLS = {6, 17, 1, 58, 44, 89};
  private static final int[] L4_PORTS = {0, 53, 4789};
  private static final int[] LENGTHS = {100, 1464, 1465, 9000};

  RandomPackets(Random random) {
    super(random);
  }

  TracedPacket packet() {
    return packet(
        OfPort.of(pick(PORTS)), pick(MACS), random.nextInt(4) == 0 ? pick(GROUPS) : pick(MACS));
  }

  TracedPacket packet(OfPort port, long from, long to) {
    TracedPacket.Builder packet =
        TracedPacket.builder(port, MacAddress.of(from), MacAddress.of(to)).length(pick(LENGTHS));
    if (random.nextInt(5) == 0) {
      packet.vlan(random.nextInt(3));
    }
    int type = TYPES[random.nextInt(TYPES.length)];
    packet.etherType(type);
    if (type == 0x0806) {
      packet.arp(1 + random.nextInt(2), address(true));
    } else if (type != 0x88cc) {
      ip(packet, address(type == 0x0800), address(type == 0x0800));
    }
    return packet.build();
  }

  TracedPacket fromTunnel(OfPort port, long vni, long from, long to) {
    TracedPacket.Builder packet =
        TracedPacket.builder(port, MacAddress.of(from), MacAddress.of(to)).length(pick(LENGTHS));
    ip(packet, address(true), address(true));
    return packet.tunnel(vni, address(random.nextBoolean())).build();
  }

  /** An IP packet between two addresses of one family. */
  void ip(TracedPacket.Builder packet, IpAddress from, IpAddress to) {
    int protocol = PROTOCOLS[random.nextInt(PROTOCOLS.length)];
    if (protocol == 6) {
      packet.tcp(from, to, pick(L4_PORTS), pick(L4_PORTS), random.nextInt(4));
    } else if (protocol == 17) {
      packet.udp(from, to, pick(L4_PORTS), pick(L4_PORTS));
    } else if (protocol == (to.isIpv4() ? 1 : 58)) {
      packet.icmp(from, to, random.nextBoolean() ? 8 : 0);
    } else {
      packet.ip(from, to, protocol);
    }
    packet.fragment(FragmentClass.values()[random.nextInt(3)]);
  }

  @Override
  protected int length() {
    return pick(LENGTHS);
  }

  @Override
  protected int buckets() {
    return 1 + random.nextInt(3);
  }

  @Override
  protected boolean mayCheck(List<Action> before) {
    return true;
  }

  @Override
  protected Action setField() {
    switch (random.nextInt(6)) {
      case 0:
        return Action.setField(FieldValue.exact(Field.TUNNEL_ID, 5L * random.nextInt(2)));
      case 1:
        return Action.setField(FieldValue.exact(Field.TUN_DST, bits(address(true))));
      case 2:
        return Action.setField(FieldValue.exact(Field.ETH_DST, pick(MACS)));
      case 3:
        return Action.setField(FieldValue.exact(Field.ETH_SRC, pick(MACS)));
      default:
        return Action.setField(small(random.nextBoolean() ? Field.REG0 : Field.REG1));
    }
  }

  @Override
  protected Match match() {
    Map<Field, FieldValue> match = new EnumMap<>(Field.class);
    maybe(4, match, FieldValue.exact(Field.IN_PORT, pick(PORTS)));
    maybe(5, match, FieldValue.exact(Field.TUNNEL_ID, 5L * random.nextInt(2)));
    maybe(7, match, FieldValue.exact(Field.TUN_DST, bits(address(true))));
    maybe(6, match, small(Field.METADATA));
    maybe(6, match, small(Field.REG0));
    maybe(6, match, small(Field.REG1));
    maybe(3, match, mac(Field.ETH_DST));
    maybe(4, match, mac(Field.ETH_SRC));
    maybe(9, match, FieldValue.masked(Field.VLAN_VID, Bits.of(0x1000), Bits.of(0x1000)));
    maybe(9, match, FieldValue.exact(Field.VLAN_VID, 0x1001));
    if (random.nextBoolean()) {
      layer3(match);
    }
    return Match.of(match.values());
  }

  private void layer3(Map<Field, FieldValue> match) {
    int type = TYPES[random.nextInt(TYPES.length)];
    maybe(1 + random.nextInt(2), match, FieldValue.exact(Field.ETH_TYPE, type));
    boolean ipv4 = type == 0x0800;
    if (type == 0x0806) {
      maybe(2, match, FieldValue.exact(Field.ARP_OP, 1));
    } else if (type != 0x88cc) {
      Bits address = bits(address(ipv4));
      maybe(3, match, FieldValue.exact(ipv4 ? Field.IPV4_DST : Field.IPV6_DST, address));
      long[][] frags = {{0, 3}, {1, 1}, {1, 3}, {3, 3}, {0, 2}};
      long[] frag = frags[random.nextInt(frags.length)];
      maybe(3, match, FieldValue.masked(Field.NW_FRAG, Bits.of(frag[0]), Bits.of(frag[1])));
      maybe(2, match, FieldValue.exact(Field.IP_PROTO, PROTOCOLS[random.nextInt(6)]));
      maybe(4, match, FieldValue.exact(Field.UDP_DST, pick(L4_PORTS)));
      maybe(4, match, FieldValue.exact(Field.TCP_SRC, pick(L4_PORTS)));
      maybe(4, match, FieldValue.masked(Field.TCP_FLAGS, Bits.of(2), Bits.of(2)));
      maybe(6, match, FieldValue.exact(Field.ICMPV4_TYPE, 8));
      maybe(6, match, FieldValue.exact(Field.ICMPV6_TYPE, 0));
    }
  }

  private FieldValue mac(Field field) {
    if (random.nextInt(3) == 0) {
      return FieldValue.masked(field, Bits.of(1L << 40), Bits.of(1L << 40));
    }
    Bits mask = random.nextBoolean() ? field.allBits() : Bits.of(1 + random.nextInt(3));
    return FieldValue.masked(field, Bits.of(pick(MACS)).and(mask), mask);
  }
}
