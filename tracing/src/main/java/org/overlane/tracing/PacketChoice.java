/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.tracing;

import com.google.common.base.Ascii;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.overlane.flowrules.model.IpAddress;
import org.overlane.flowrules.model.MacAddress;
import org.overlane.flowrules.model.TunnelEndpoint;
import org.overlane.flowrules.model.Vni;
import org.overlane.flowrules.trace.FragmentClass;
import org.overlane.flowrules.trace.FragmentMode;
import org.overlane.flowrules.trace.TracedPacket;

/** Makes the packet that a question is about, and fills in what the question leaves open. */
final class PacketChoice {
  private static final ImmutableSet<TraceOption> KINDS =
      ImmutableSet.of(
          TraceOption.TCP,
          TraceOption.UDP,
          TraceOption.ICMP,
          TraceOption.ARP,
          TraceOption.ETHERTYPE);

  /** Where the model knows no address: of the block for tests (RFC 2544, RFC 3849). */
  private static final IpAddress IPV4_FROM = IpAddress.parse("198.18.0.1");

  private static final IpAddress IPV4_TO = IpAddress.parse("198.18.0.2");
  private static final IpAddress IPV6_FROM = IpAddress.parse("2001:db8:ffff::1");
  private static final IpAddress IPV6_TO = IpAddress.parse("2001:db8:ffff::2");
  private static final IpAddress IPV4_GROUP = IpAddress.parse("239.1.2.3");
  private static final IpAddress IPV6_GROUP = IpAddress.parse("ff15::102:3");
  private static final MacAddress IPV4_GROUP_MAC = MacAddress.parse("01:00:5e:01:02:03");
  private static final MacAddress IPV6_GROUP_MAC = MacAddress.parse("33:33:01:02:00:03");
  private static final MacAddress BROADCAST = MacAddress.parse("ff:ff:ff:ff:ff:ff");

  private static final int EPHEMERAL = 49_152;
  private static final int HTTP = 80;
  private static final int VXLAN = 4789;
  private static final int ETHERNET = 14;
  private static final int VLAN_TAG = 4;
  private static final int MAX_PACKET = 65_535;
  private static final int SYN = 0x02;
  private static final int ACK = 0x10;

  private final Arguments arguments;
  private final Places places;
  private final TraceOption kind;
  private final boolean ipv4;
  private final FragmentClass fragment;

  PacketChoice(Arguments arguments, Places places) {
    this.arguments = arguments;
    this.places = places;
    this.kind = kind();
    this.ipv4 = !choosesIpv6();
    this.fragment =
        arguments
            .word(
                TraceOption.FRAGMENT,
                new FragmentClass[] {FragmentClass.FIRST, FragmentClass.LATER},
                f -> Ascii.toLowerCase(f.name()))
            .orElse(FragmentClass.WHOLE);
  }

  private TraceOption kind() {
    List<TraceOption> given = KINDS.stream().filter(arguments::has).collect(Collectors.toList());
    if (given.size() > 1) {
      String names = given.stream().map(TraceOption::text).collect(Collectors.joining(", "));
      arguments.problem(given.get(1), "contradicts the others: " + names, "Give one of them");
    }
    if (!given.isEmpty()) {
      return given.get(0);
    }
    if (arguments.has(TraceOption.SYN) || arguments.has(TraceOption.MSS)) {
      return TraceOption.TCP;
    }
    boolean udp =
        arguments.has(TraceOption.MULTICAST)
            || arguments.has(TraceOption.SRC_PORT)
            || arguments.has(TraceOption.DST_PORT);
    return udp ? TraceOption.UDP : TraceOption.ICMP;
  }

  private boolean isIp() {
    return kind != TraceOption.ARP && kind != TraceOption.ETHERTYPE;
  }

  /** As the addresses say; IPv4 where both would do. */
  private boolean choosesIpv6() {
    List<IpAddress> given = new ArrayList<>();
    arguments.ip(TraceOption.SRC_IP).ifPresent(given::add);
    arguments.ip(TraceOption.DST_IP).ifPresent(given::add);
    boolean six = given.stream().anyMatch(IpAddress::isIpv6);
    boolean four = given.stream().anyMatch(IpAddress::isIpv4);
    if (four && (six || arguments.has(TraceOption.IPV6))) {
      arguments.problem(
          arguments.has(TraceOption.IPV6) ? TraceOption.IPV6 : TraceOption.DST_IP,
          "contradicts the family of the addresses",
          "Give source and destination of one family");
    }
    List<IpAddress> known =
        ImmutableList.<IpAddress>builder().addAll(places.fromIps()).addAll(places.toIps()).build();
    boolean onlyKnownSix = !known.isEmpty() && known.stream().allMatch(IpAddress::isIpv6);
    return six || arguments.has(TraceOption.IPV6) || (!four && onlyKnownSix);
  }

  /** The packet; if anything is wrong, any one that can be, and problems in the arguments. */
  TraceStart start() {
    MacAddress source = arguments.mac(TraceOption.SRC_MAC).orElse(places.fromMac().get());
    MacAddress destination = arguments.mac(TraceOption.DST_MAC).orElseGet(this::destinationMac);
    FragmentMode mode =
        arguments
            .word(
                TraceOption.FRAG_MODE,
                new FragmentMode[] {FragmentMode.NORMAL, FragmentMode.NX_MATCH, FragmentMode.DROP},
                m -> Ascii.toLowerCase(m.name()).replace('_', '-'))
            .orElse(FragmentMode.NORMAL);
    if (source.isMulticast()) {
      arguments.problem(TraceOption.SRC_MAC, "is a group", "Give the address of one interface");
      source = Places.STRANGER;
    }
    TracedPacket.Builder packet = TracedPacket.builder(places.port(), source, destination);
    headers(packet);
    contradictions();
    Optional<Integer> vlan = arguments.number(TraceOption.VLAN, 0, 4095);
    vlan.ifPresent(packet::vlan);
    packet.length(ETHERNET + (vlan.isPresent() ? VLAN_TAG : 0) + size());
    tunnel(packet);
    TracedPacket built = build(packet);
    return TraceStart.of(
        places.node().id(),
        built,
        places.from().filter(e -> e.mac().equals(built.ethSrc())),
        places.to().filter(e -> e.mac().equals(built.ethDst())),
        mode);
  }

  private TracedPacket build(TracedPacket.Builder packet) {
    try {
      return packet.build();
    } catch (IllegalArgumentException e) {
      arguments.problem(TraceOption.SIZE, e.getMessage(), "Change the packet");
      return TracedPacket.builder(places.port(), Places.STRANGER, BROADCAST).build();
    }
  }

  private MacAddress destinationMac() {
    if (arguments.has(TraceOption.MULTICAST)) {
      return isIp() ? (ipv4 ? IPV4_GROUP_MAC : IPV6_GROUP_MAC) : BROADCAST;
    }
    return kind == TraceOption.ARP ? BROADCAST : places.toMac().orElse(BROADCAST);
  }

  private void headers(TracedPacket.Builder packet) {
    IpAddress from = address(TraceOption.SRC_IP, places.fromIps(), ipv4 ? IPV4_FROM : IPV6_FROM);
    IpAddress to =
        address(
            TraceOption.DST_IP,
            arguments.has(TraceOption.MULTICAST) ? ImmutableList.of() : places.toIps(),
            arguments.has(TraceOption.MULTICAST)
                ? (ipv4 ? IPV4_GROUP : IPV6_GROUP)
                : (ipv4 ? IPV4_TO : IPV6_TO));
    int fromPort = arguments.number(TraceOption.SRC_PORT, 0, 0xffff).orElse(EPHEMERAL);
    int toPort = arguments.number(TraceOption.DST_PORT, 0, 0xffff).orElse(wellKnownPort());
    switch (kind) {
      case TCP:
        packet.tcp(from, to, fromPort, toPort, arguments.has(TraceOption.SYN) ? SYN : ACK);
        mss().ifPresent(packet::mss);
        break;
      case UDP:
        packet.udp(from, to, fromPort, toPort);
        break;
      case ARP:
        packet.arp(1, to.isIpv4() ? to : IPV4_TO);
        break;
      case ETHERTYPE:
        packet.etherType(arguments.number(TraceOption.ETHERTYPE, 0x600, 0xffff).orElse(0x88b5));
        break;
      default:
        packet.icmp(from, to, ipv4 ? 8 : 128);
        break;
    }
    if (isIp()) {
      packet.fragment(fragment).dontFragment(ipv4 && arguments.has(TraceOption.DF));
    }
  }

  private IpAddress address(TraceOption option, List<IpAddress> known, IpAddress otherwise) {
    return arguments
        .ip(option)
        .filter(a -> a.isIpv4() == ipv4)
        .orElseGet(
            () -> known.stream().filter(a -> a.isIpv4() == ipv4).findFirst().orElse(otherwise));
  }

  /** From a VM to a web server; from the underlay to a tunnel endpoint. */
  private int wellKnownPort() {
    boolean underlay =
        !places.from().isPresent()
            && !places.to().isPresent()
            && !arguments.has(TraceOption.MULTICAST);
    return underlay && kind == TraceOption.UDP ? VXLAN : HTTP;
  }

  /** Of a SYN, what Ethernet with 1,500 bytes allows if nothing else is said. */
  private Optional<Integer> mss() {
    Optional<Integer> given = arguments.number(TraceOption.MSS, 0, 0xffff);
    if (given.isPresent() && !arguments.has(TraceOption.SYN)) {
      arguments.problem(TraceOption.MSS, "is an option of a SYN", "Add syn");
      return Optional.empty();
    }
    return arguments.has(TraceOption.SYN)
        ? Optional.of(given.orElse(ipv4 ? 1460 : 1440))
        : Optional.empty();
  }

  private void contradictions() {
    forbid(TraceOption.DF, isIp() && ipv4, "only IPv4 has the bit", "Leave it out");
    forbid(TraceOption.FRAGMENT, isIp(), "only IP packets are fragmented", "Leave it out");
    boolean tcp = kind == TraceOption.TCP;
    forbid(TraceOption.SYN, tcp, "only TCP has it", "Leave it out, or make it TCP");
    boolean ports = tcp || kind == TraceOption.UDP;
    forbid(TraceOption.SRC_PORT, ports, "only TCP and UDP have ports", "Leave it out");
    forbid(TraceOption.DST_PORT, ports, "only TCP and UDP have ports", "Leave it out");
  }

  private void forbid(TraceOption option, boolean allowed, String message, String remedy) {
    if (arguments.has(option) && !allowed) {
      arguments.problem(option, message, remedy);
    }
  }

  /** Bytes without Ethernet header and VLAN tag. */
  private int size() {
    int least = headerBytes();
    Optional<Integer> given = arguments.number(TraceOption.SIZE, least, MAX_PACKET);
    boolean first = fragment == FragmentClass.FIRST && isIp();
    int beforePayload = ipHeader();
    if (first && given.isPresent() && (given.get() - beforePayload) % 8 != 0) {
      int below = given.get() - (given.get() - beforePayload) % 8;
      arguments.problem(
          TraceOption.SIZE,
          "cannot be that of a first fragment: its payload is a multiple of 8 bytes",
          "Give " + below + " or " + (below + 8));
    }
    return given.orElse(kind == TraceOption.ARP ? least : Math.max(least, beforePayload + 80));
  }

  private int ipHeader() {
    if (!isIp()) {
      return 0;
    }
    return ipv4 ? 20 : fragment == FragmentClass.WHOLE ? 40 : 48;
  }

  private int headerBytes() {
    if (fragment == FragmentClass.LATER) {
      return ipHeader() + 1;
    }
    switch (kind) {
      case TCP:
        return ipHeader() + 20 + (arguments.has(TraceOption.SYN) ? 4 : 0);
      case ARP:
        return 28;
      case ETHERTYPE:
        return 1;
      default:
        return ipHeader() + 8;
    }
  }

  /** What comes out of a tunnel shows the VNI of whom it is for, except at a plain port. */
  private void tunnel(TracedPacket.Builder packet) {
    Optional<TunnelEndpoint> tunnel =
        places.node().tunnel().filter(t -> t.ports().contains(places.port()));
    if (!tunnel.isPresent() || tunnel.get().mode() == TunnelEndpoint.Mode.MANAGEMENT_OS) {
      return;
    }
    Optional<Vni> vni =
        places.to().map(e -> places.model().networks().get(e.network())).map(n -> n.vni());
    if (!vni.isPresent() || places.node().vteps().isEmpty()) {
      arguments.problem(
          TraceOption.FROM,
          "is a tunnel port: what comes out of it has a VNI",
          "Name an endpoint with to, whose network says which");
      return;
    }
    packet.tunnel(vni.get().toInt(), places.node().vteps().get(0));
  }
}
