/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.flowrules.trace;

import java.util.Optional;
import org.overlane.flowrules.model.IpAddress;
import org.overlane.flowrules.model.OfPort;

/** Refuses frames that cannot exist. */
final class PacketChecks {
  static final int VLAN_TAG = 4;

  private static final int ETHERNET = 14;
  private static final int MSS_OPTION = 4;
  private static final int SYN = 2;

  /** The largest IPv6 packet without jumbo option, in a tagged frame: LSO makes such frames. */
  private static final int MAX_LENGTH = ETHERNET + VLAN_TAG + 40 + 65_535;

  private PacketChecks() {}

  static void check(TracedPacket packet) {
    boolean port = packet.inPort().isAttachable() || packet.inPort().equals(OfPort.CONTROLLER);
    require(port, "in_port", packet.inPort(), "give a port that a frame can arrive at");
    require(
        !packet.ethSrc().isMulticast(), "eth_src", packet.ethSrc(), "give an individual address");
    range("eth_type", packet.etherType(), 0x600, 0xffff);
    packet.vlan().ifPresent(v -> range("vlan", v, 0, 0xfff));
    layer3(packet);
    layer4(packet);
    int least = leastLength(packet);
    if (packet.length() != 0) {
      range("length (its headers need " + least + ")", packet.length(), least, MAX_LENGTH);
    }
    require(
        packet.tunnelId().isPresent() == packet.tunnelDst().isPresent(),
        "tunnel",
        packet.tunnelId() + " " + packet.tunnelDst(),
        "give key and outer destination, or neither");
  }

  private static void layer3(TracedPacket packet) {
    boolean arp = packet.etherType() == TracedPacket.ARP;
    require(arp == packet.arpOp().isPresent(), "arp_op", packet.arpOp(), "ARP alone has it");
    packet.arpOp().ifPresent(op -> range("arp_op", op, 1, 0xffff));
    packet.arpTpa().ifPresent(tpa -> require(tpa.isIpv4(), "arp_tpa", tpa, "give an IPv4 address"));
    require(
        packet.isIp() == packet.ipDst().isPresent(),
        "eth_type",
        String.format("0x%04x", packet.etherType()),
        "IP packets have addresses and a protocol, others have none");
    if (packet.isIp()) {
      family("ip_src", packet.ipSrc(), packet);
      family("ip_dst", packet.ipDst(), packet);
      range("ip_proto", packet.ipProto().get(), 0, 255);
    } else {
      require(
          packet.fragment() == FragmentClass.WHOLE,
          "fragment",
          packet.fragment(),
          "only IP packets are fragmented");
    }
    require(
        !packet.dontFragment() || packet.etherType() == TracedPacket.IPV4,
        "df",
        "set",
        "only IPv4 has the bit");
  }

  private static void family(String field, Optional<IpAddress> address, TracedPacket packet) {
    boolean ipv4 = packet.etherType() == TracedPacket.IPV4;
    require(
        address.isPresent() && address.get().isIpv4() == ipv4,
        field,
        address,
        "give source and destination of one family, as eth_type says");
  }

  private static void layer4(TracedPacket packet) {
    int proto = packet.ipProto().orElse(-1);
    boolean ipv4 = packet.etherType() == TracedPacket.IPV4;
    boolean ports = proto == TracedPacket.TCP || proto == TracedPacket.UDP;
    boolean icmp = proto == (ipv4 ? TracedPacket.ICMP : TracedPacket.ICMPV6);
    require(ports == packet.l4Src().isPresent(), "L4 ports", packet.l4Src(), "TCP and UDP have");
    packet.l4Src().ifPresent(p -> range("L4 source port", p, 0, 0xffff));
    packet.l4Dst().ifPresent(p -> range("L4 destination port", p, 0, 0xffff));
    require(
        (proto == TracedPacket.TCP) == packet.tcpFlags().isPresent(),
        "tcp_flags",
        packet.tcpFlags(),
        "TCP alone has them");
    packet.tcpFlags().ifPresent(f -> range("tcp_flags", f, 0, 0xfff));
    require(icmp == packet.icmpType().isPresent(), "icmp_type", packet.icmpType(), "ICMP has it");
    packet.icmpType().ifPresent(t -> range("icmp_type", t, 0, 255));
    packet.mss().ifPresent(m -> range("mss", m, 0, 0xffff));
    boolean syn = packet.tcpFlags().filter(f -> (f & SYN) != 0).isPresent();
    require(syn || !packet.mss().isPresent(), "mss", packet.mss(), "a TCP SYN alone has it");
  }

  /** Bytes of all headers that the packet claims to have, Ethernet included. */
  static int leastLength(TracedPacket packet) {
    int bytes = ETHERNET + (packet.vlan().isPresent() ? VLAN_TAG : 0);
    if (packet.etherType() == TracedPacket.ARP) {
      return bytes + 28;
    }
    if (!packet.isIp()) {
      return bytes;
    }
    boolean fragment = packet.fragment() != FragmentClass.WHOLE;
    bytes += packet.etherType() == TracedPacket.IPV4 ? 20 : fragment ? 48 : 40;
    if (packet.fragment() == FragmentClass.LATER) {
      return bytes + 1;
    }
    switch (packet.ipProto().get()) {
      case TracedPacket.TCP:
        return bytes + 20 + (packet.mss().isPresent() ? MSS_OPTION : 0);
      case TracedPacket.UDP:
        return bytes + 8;
      default:
        return bytes + (packet.icmpType().isPresent() ? 8 : 0);
    }
  }

  private static void range(String field, int value, int from, int to) {
    require(value >= from && value <= to, field, value, "give " + from + " to " + to);
  }

  private static void require(boolean condition, String field, Object value, String remedy) {
    if (!condition) {
      Object shown = value instanceof Optional ? ((Optional<?>) value).orElse(null) : value;
      throw new IllegalArgumentException(
          field + (shown == null ? " is missing: " : " cannot be " + shown + ": ") + remedy);
    }
  }
}
