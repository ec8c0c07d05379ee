/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.flowrules.trace;

import java.util.stream.Collectors;
import org.overlane.flowrules.model.IpAddress;
import org.overlane.flowrules.model.MacAddress;
import org.overlane.flowrules.model.OfPort;
import org.overlane.flowrules.openflow.Bits;
import org.overlane.flowrules.openflow.Field;
import org.overlane.flowrules.openflow.FieldValue;
import org.overlane.flowrules.openflow.Match;

/** Values of fields for people, under the names that ovs-ofctl gives the fields. */
final class FieldWords {
  private FieldWords() {}

  static String match(Match match) {
    return match.values().isEmpty()
        ? "any packet"
        : match.values().stream().map(FieldWords::wanted).collect(Collectors.joining(", "));
  }

  private static String wanted(FieldValue wanted) {
    String mask = wanted.isExact() ? "" : "/" + value(wanted.field(), wanted.mask());
    return wanted.field().ofctlName() + "=" + value(wanted.field(), wanted.value()) + mask;
  }

  static String value(Field field, Bits bits) {
    switch (field) {
      case IN_PORT:
        return OfPort.of(bits.low()).toString();
      case ETH_DST:
      case ETH_SRC:
        return MacAddress.of(bits.low()).toString();
      case IPV4_SRC:
      case IPV4_DST:
      case ARP_TPA:
      case TUN_DST:
        return IpAddress.of(bits.toOctets(4)).toString();
      case IPV6_SRC:
      case IPV6_DST:
      case TUN_IPV6_DST:
        return IpAddress.of(bits.toOctets(16)).toString();
      case ETH_TYPE:
        return etherType((int) bits.low());
      case METADATA:
      case VLAN_VID:
      case TCP_FLAGS:
      case REG0:
      case REG1:
      case REG2:
      case REG3:
        return bits.toString();
      default:
        return bits.toBigInteger().toString();
    }
  }

  static String etherType(int type) {
    switch (type) {
      case TracedPacket.IPV4:
        return "IPv4";
      case TracedPacket.IPV6:
        return "IPv6";
      case TracedPacket.ARP:
        return "ARP";
      default:
        return String.format("0x%04x", type);
    }
  }
}
