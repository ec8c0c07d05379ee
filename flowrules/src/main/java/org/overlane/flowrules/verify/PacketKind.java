/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.flowrules.verify;

import com.google.common.collect.ImmutableList;
import java.util.function.Predicate;
import org.overlane.flowrules.trace.FragmentClass;
import org.overlane.flowrules.trace.TracedPacket;

/**
 * A kind of packet, by what decides which fields it has: not IP (and not ARP), ARP, or IP of one
 * family, one fragment class and one protocol of those that have fields of their own, or another.
 * Every packet is of exactly one kind. Sets of kinds are ints with a bit for each.
 */
final class PacketKind {
  /** Stands for every protocol that is not in {@link #PROTOCOLS}. */
  static final int OTHER_PROTOCOL = -1;

  static final ImmutableList<Integer> PROTOCOLS =
      ImmutableList.of(TracedPacket.UDP, TracedPacket.TCP, TracedPacket.ICMP, TracedPacket.ICMPV6);

  static final ImmutableList<Integer> ETHER_TYPES =
      ImmutableList.of(TracedPacket.IPV4, TracedPacket.IPV6, TracedPacket.ARP);

  private static final int OTHER_ETHER_TYPE = 0;
  private static final PacketKind NOT_IP = new PacketKind(OTHER_ETHER_TYPE, FragmentClass.WHOLE);

  static final ImmutableList<PacketKind> ALL = all();

  private final int etherType;
  private final FragmentClass fragment;
  private final int protocol;

  private PacketKind(int etherType, FragmentClass fragment) {
    this(etherType, fragment, OTHER_PROTOCOL);
  }

  private PacketKind(int etherType, FragmentClass fragment, int protocol) {
    this.etherType = etherType;
    this.fragment = fragment;
    this.protocol = protocol;
  }

  private static ImmutableList<PacketKind> all() {
    ImmutableList.Builder<PacketKind> all = ImmutableList.builder();
    all.add(NOT_IP).add(new PacketKind(TracedPacket.ARP, FragmentClass.WHOLE));
    for (int family : ImmutableList.of(TracedPacket.IPV4, TracedPacket.IPV6)) {
      for (FragmentClass fragment : FragmentClass.values()) {
        PROTOCOLS.forEach(p -> all.add(new PacketKind(family, fragment, p)));
        all.add(new PacketKind(family, fragment, OTHER_PROTOCOL));
      }
    }
    return all.build();
  }

  /** The set of kinds for which something holds. */
  static int where(Predicate<PacketKind> predicate) {
    int set = 0;
    for (int i = 0; i < ALL.size(); i++) {
      set |= predicate.test(ALL.get(i)) ? 1 << i : 0;
    }
    return set;
  }

  /** Zero for every other type. */
  int etherType() {
    return etherType;
  }

  boolean isOtherEtherType() {
    return etherType == OTHER_ETHER_TYPE;
  }

  boolean isIp() {
    return isIpv4() || isIpv6();
  }

  boolean isIpv4() {
    return etherType == TracedPacket.IPV4;
  }

  boolean isIpv6() {
    return etherType == TracedPacket.IPV6;
  }

  boolean isArp() {
    return etherType == TracedPacket.ARP;
  }

  FragmentClass fragment() {
    return fragment;
  }

  boolean isWhole() {
    return fragment == FragmentClass.WHOLE;
  }

  boolean isLater() {
    return fragment == FragmentClass.LATER;
  }

  /** That of the whole packet; {@link #OTHER_PROTOCOL} for all others, and where there is none. */
  int protocol() {
    return protocol;
  }

  @Override
  public String toString() {
    return "0x" + Integer.toHexString(etherType) + " " + fragment + " " + protocol;
  }
}
