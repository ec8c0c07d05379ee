/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.flowrules.openflow;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Maps;
import java.util.Arrays;
import java.util.Optional;

/**
 * A match or set field (OpenFlow 1.3.5 section 7.2.3.7, table 12; Nicira extensions where {@link
 * #isExtension}). {@link #ofctlName} is the name that ovs-ofctl prints. The order is that of a
 * match's fields, and so of the entries of a table: what comes first groups them, the VNI above
 * all.
 */
public enum Field {
  IN_PORT("in_port", 32, false),
  METADATA("metadata", 64, false),
  TUNNEL_ID("tun_id", 64, false),
  ETH_DST("dl_dst", 48, false),
  ETH_SRC("dl_src", 48, false),
  ETH_TYPE("dl_type", 16, false),
  VLAN_VID("vlan_vid", 13, false),
  IP_PROTO("nw_proto", 8, false),
  IPV4_SRC("nw_src", 32, false),
  IPV4_DST("nw_dst", 32, false),
  IPV6_SRC("ipv6_src", 128, false),
  IPV6_DST("ipv6_dst", 128, false),
  TCP_SRC("tcp_src", 16, false),
  TCP_DST("tcp_dst", 16, false),
  UDP_SRC("udp_src", 16, false),
  UDP_DST("udp_dst", 16, false),
  ICMPV4_TYPE("icmp_type", 8, false),
  ICMPV6_TYPE("icmpv6_type", 8, false),
  ARP_OP("arp_op", 16, false),
  ARP_TPA("arp_tpa", 32, false),
  TUN_DST("tun_dst", 32, true),
  TUN_IPV6_DST("tun_ipv6_dst", 128, true),
  NW_FRAG("nw_frag", 8, true),
  TCP_FLAGS("tcp_flags", 12, true),
  REG0("reg0", 32, true),
  REG1("reg1", 32, true),
  REG2("reg2", 32, true),
  REG3("reg3", 32, true);

  private static final ImmutableMap<String, Field> BY_NAME =
      Maps.uniqueIndex(Arrays.asList(values()), Field::ofctlName);

  private final String ofctlName;
  private final int bits;
  private final boolean extension;
  private final Bits allBits;

  Field(String ofctlName, int bits, boolean extension) {
    this.ofctlName = ofctlName;
    this.bits = bits;
    this.extension = extension;
    this.allBits = Bits.ones(bits);
  }

  public String ofctlName() {
    return ofctlName;
  }

  /** Width in bits, 8 to 128. */
  public int bits() {
    return bits;
  }

  /** The mask in which every bit of the field counts. */
  public Bits allBits() {
    return allBits;
  }

  /** Whether plain OpenFlow 1.3 lacks it. */
  public boolean isExtension() {
    return extension;
  }

  /** Whether it belongs to a transport header, which later fragments do not carry. */
  public boolean isLayer4() {
    return (ordinal() >= TCP_SRC.ordinal() && ordinal() <= ICMPV6_TYPE.ordinal())
        || this == TCP_FLAGS;
  }

  /** The field that ovs-ofctl calls by this name. */
  public static Optional<Field> named(String ofctlName) {
    return Optional.ofNullable(BY_NAME.get(ofctlName));
  }
}
