/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.flowrules.verify;

import java.util.Optional;
import org.overlane.flowrules.model.IpAddress;
import org.overlane.flowrules.model.MacAddress;
import org.overlane.flowrules.model.OfPort;
import org.overlane.flowrules.openflow.Bits;
import org.overlane.flowrules.openflow.Field;
import org.overlane.flowrules.openflow.FieldValue;
import org.overlane.flowrules.trace.TracedPacket;

/** Picks a packet from a set, as it came to the switch: one that a person can recognise. */
final class Witness {
  private static final int VLAN_PRESENT = 0x1000;
  private static final Bits GROUP = Bits.of(1L << 40);

  private final PacketSet packets;
  private final PacketKind kind;

  private Witness(PacketSet packets, PacketKind kind) {
    this.packets = packets;
    this.kind = kind;
  }

  /** A packet; empty if those of the set cannot be described, or there is none. */
  static Optional<TracedPacket> of(PacketSet packets) {
    if (packets.isEmpty()) {
      return Optional.empty();
    }
    for (int i = 0; i < PacketKind.ALL.size(); i++) {
      if ((packets.kinds() & 1 << i) != 0) {
        Optional<TracedPacket> found = new Witness(packets, PacketKind.ALL.get(i)).build();
        if (found.isPresent()) {
          return found;
        }
      }
    }
    return Optional.empty();
  }

  private Optional<TracedPacket> build() {
    try {
      TracedPacket.Builder packet =
          TracedPacket.builder(
              OfPort.of(pick(Field.IN_PORT, 1_000_001)),
              MacAddress.of(source()),
              MacAddress.of(pick(Field.ETH_DST, 0x0200_0000_00feL)));
      long vlan = pick(Field.VLAN_VID, 0);
      if (vlan >= VLAN_PRESENT) {
        packet.vlan((int) vlan - VLAN_PRESENT);
      }
      layer3(packet);
      tunnel(packet);
      int usual = packet.build().length();
      int length = Math.max(packets.shortest(), Math.min(usual, packets.longest()));
      return Optional.of(packet.length(length).build());
    } catch (IllegalArgumentException impossible) {
      return Optional.empty(); // no such frame can exist, or it is beyond what a trace describes
    }
  }

  private long source() {
    ValueSet sources = packets.valuesOf(Field.ETH_SRC);
    ValueSet individual = sources.and(FieldValue.masked(Field.ETH_SRC, Bits.ZERO, GROUP));
    Bits usual = Bits.of(0x0200_0000_00fdL);
    return individual.contains(usual)
        ? usual.low()
        : individual.example().orElseGet(() -> sources.example().get()).low();
  }

  private void layer3(TracedPacket.Builder packet) {
    if (kind.isArp()) {
      int request = packets.valuesOf(Field.ARP_OP).contains(Bits.of(1)) ? 1 : 2;
      packet.arp((int) pick(Field.ARP_OP, request), address(Field.ARP_TPA, "10.0.0.2"));
    } else if (kind.isIp()) {
      boolean ipv4 = kind.isIpv4();
      IpAddress from =
          ipv4 ? address(Field.IPV4_SRC, "10.0.0.1") : address(Field.IPV6_SRC, "fd00::1");
      IpAddress to =
          ipv4 ? address(Field.IPV4_DST, "10.0.0.2") : address(Field.IPV6_DST, "fd00::2");
      transport(packet, from, to);
      packet.fragment(kind.fragment());
    } else {
      packet.etherType((int) pick(Field.ETH_TYPE, 0x88b5));
    }
  }

  private void transport(TracedPacket.Builder packet, IpAddress from, IpAddress to) {
    switch (kind.protocol()) {
      case TracedPacket.TCP:
        packet.tcp(
            from,
            to,
            (int) pick(Field.TCP_SRC, 50_000),
            (int) pick(Field.TCP_DST, 80),
            (int) pick(Field.TCP_FLAGS, 0x10));
        break;
      case TracedPacket.UDP:
        packet.udp(from, to, (int) pick(Field.UDP_SRC, 50_000), (int) pick(Field.UDP_DST, 4789));
        break;
      case TracedPacket.ICMP:
      case TracedPacket.ICMPV6:
        Field type = kind.isIpv4() ? Field.ICMPV4_TYPE : Field.ICMPV6_TYPE;
        boolean own = (kind.protocol() == TracedPacket.ICMP) == kind.isIpv4();
        if (own) {
          packet.icmp(from, to, (int) pick(type, kind.isIpv4() ? 8 : 128));
        } else {
          packet.ip(from, to, kind.protocol());
        }
        break;
      default:
        packet.ip(from, to, (int) pick(Field.IP_PROTO, 89));
        break;
    }
  }

  private void tunnel(TracedPacket.Builder packet) {
    if (packets.came(Field.TUNNEL_ID) != null || packets.came(Field.TUN_DST) != null) {
      Bits ipv4 = Bits.of(pick(Field.TUN_DST, 0));
      IpAddress to =
          ipv4.isZero()
              ? address(Field.TUN_IPV6_DST, "2001:db8::fe")
              : IpAddress.of(ipv4.toOctets(4));
      packet.tunnel(pick(Field.TUNNEL_ID, 0), to);
    }
  }

  private IpAddress address(Field field, String usual) {
    Bits wanted = Bits.of(IpAddress.parse(usual).octets());
    return IpAddress.of(pickBits(field, wanted).toOctets(field.bits() / 8));
  }

  private long pick(Field field, long usual) {
    return pickBits(field, Bits.of(usual)).low();
  }

  private Bits pickBits(Field field, Bits usual) {
    ValueSet values = packets.valuesOf(field);
    return values.contains(usual) ? usual : values.example().get();
  }
}
