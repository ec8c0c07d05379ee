/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.flowrules.text;

import com.google.common.collect.ImmutableMap;
import java.util.Optional;
import org.overlane.flowrules.model.IpAddress;
import org.overlane.flowrules.model.MacAddress;
import org.overlane.flowrules.model.OfPort;
import org.overlane.flowrules.openflow.Bits;
import org.overlane.flowrules.openflow.Field;
import org.overlane.flowrules.openflow.FieldValue;

/** Names and values of fields, as ovs-ofctl writes them. */
final class FieldText {
  private static final ImmutableMap<String, Field> ALIASES =
      ImmutableMap.<String, Field>builder()
          .put("eth_dst", Field.ETH_DST)
          .put("eth_src", Field.ETH_SRC)
          .put("eth_type", Field.ETH_TYPE)
          .put("ip_proto", Field.IP_PROTO)
          .put("ip_src", Field.IPV4_SRC)
          .put("ip_dst", Field.IPV4_DST)
          .put("ip_frag", Field.NW_FRAG)
          .put("icmpv4_type", Field.ICMPV4_TYPE)
          .put("icmpv6_type", Field.ICMPV6_TYPE)
          .put("tunnel_id", Field.TUNNEL_ID)
          .build();

  /** nw_frag has two bits: 1 for any fragment, 2 for a later one. */
  private static final ImmutableMap<String, FieldValue> FRAGMENTS =
      ImmutableMap.of(
          "no", frag(0, 3),
          "yes", frag(1, 1),
          "first", frag(1, 3),
          "later", frag(3, 3),
          "not_later", frag(0, 2));

  private static final ImmutableMap<String, Integer> TCP_FLAGS =
      ImmutableMap.<String, Integer>builder()
          .put("fin", 0x1)
          .put("syn", 0x2)
          .put("rst", 0x4)
          .put("psh", 0x8)
          .put("ack", 0x10)
          .put("urg", 0x20)
          .put("ece", 0x40)
          .put("cwr", 0x80)
          .put("ns", 0x100)
          .build();

  private FieldText() {}

  private static FieldValue frag(long value, long mask) {
    return FieldValue.masked(Field.NW_FRAG, Bits.of(value), Bits.of(mask));
  }

  /** The name in an action: OpenFlow's own names of the Ethernet and IP addresses. */
  static String actionName(Field field) {
    return ALIASES.entrySet().stream()
        .filter(e -> e.getValue() == field && !e.getKey().equals("ip_frag"))
        .map(e -> e.getKey())
        .findFirst()
        .filter(n -> field != Field.TUNNEL_ID)
        .orElse(field.ofctlName());
  }

  static Optional<Field> field(String name) {
    Optional<Field> field = Field.named(name);
    return field.isPresent() ? field : Optional.ofNullable(ALIASES.get(name));
  }

  static String value(FieldValue value) {
    if (value.field() == Field.NW_FRAG) {
      return FRAGMENTS.entrySet().stream()
          .filter(e -> e.getValue().equals(value))
          .map(e -> e.getKey())
          .findFirst()
          .orElseThrow(() -> new IllegalArgumentException("ovs-ofctl has no name for " + value));
    }
    if (value.field() == Field.TCP_FLAGS) {
      return value.value() + "/" + value.mask();
    }
    String text = bits(value.field(), value.value(), value.isExact());
    return value.isExact() ? text : text + "/" + mask(value);
  }

  /** The length of the prefix where it is one; ovs-ofctl takes hardly any other IPv6 mask. */
  private static String mask(FieldValue value) {
    Field field = value.field();
    if (field.bits() == 128) {
      for (int length = 1; length < 128; length++) {
        if (value.mask().equals(field.allBits().xor(Bits.ones(128 - length)))) {
          return Integer.toString(length);
        }
      }
    }
    return bits(field, value.mask(), false);
  }

  private static String bits(Field field, Bits bits, boolean exact) {
    switch (field) {
      case IN_PORT:
        return OfPort.of(bits.low()).toString();
      case ETH_DST:
      case ETH_SRC:
        return MacAddress.of(bits.low()).toString();
      case ETH_TYPE:
        return String.format("0x%04x", bits.low());
      case IPV4_SRC:
      case IPV4_DST:
      case ARP_TPA:
      case TUN_DST:
        return IpAddress.of(bits.toOctets(4)).toString();
      case IPV6_SRC:
      case IPV6_DST:
      case TUN_IPV6_DST:
        return IpAddress.of(bits.toOctets(16)).toString();
      case METADATA:
      case TUNNEL_ID:
      case VLAN_VID:
      case REG0:
      case REG1:
      case REG2:
      case REG3:
        return bits.toString();
      default:
        return exact ? bits.toBigInteger().toString() : bits.toString();
    }
  }

  static FieldValue parse(Field field, Token text) {
    if (field == Field.NW_FRAG) {
      return Optional.ofNullable(FRAGMENTS.get(text.text()))
          .orElseThrow(() -> text.error("nw_frag is one of " + FRAGMENTS.keySet()));
    }
    if (field == Field.TCP_FLAGS && !text.text().startsWith("0x")) {
      return tcpFlags(text);
    }
    Bits value = parseBits(field, text.before("/"));
    Bits mask =
        text.after("/").map(m -> parseMask(field, m)).orElseGet(() -> Bits.ones(field.bits()));
    try {
      return FieldValue.masked(field, value, mask);
    } catch (IllegalArgumentException e) {
      throw text.error(e.getMessage());
    }
  }

  private static Bits parseMask(Field field, Token text) {
    boolean address = field.bits() == 32 || field.bits() == 128;
    if (address && text.text().matches("[0-9]{1,3}") && !field.ofctlName().startsWith("reg")) {
      int length = (int) text.number(field.bits());
      return Bits.ones(field.bits()).xor(Bits.ones(field.bits() - length));
    }
    return parseBits(field, text);
  }

  private static Bits parseBits(Field field, Token text) {
    try {
      switch (field) {
        case IN_PORT:
          return Bits.of(PortText.parse(text).toLong());
        case ETH_DST:
        case ETH_SRC:
          return Bits.of(MacAddress.parse(text.text()).toLong());
        case IPV4_SRC:
        case IPV4_DST:
        case ARP_TPA:
        case TUN_DST:
        case IPV6_SRC:
        case IPV6_DST:
        case TUN_IPV6_DST:
          return address(field, text);
        default:
          return Bits.of(text.number(Bits.ones(field.bits()).low()));
      }
    } catch (ParseException e) {
      throw e;
    } catch (IllegalArgumentException e) {
      throw text.error(e.getMessage());
    }
  }

  private static Bits address(Field field, Token text) {
    byte[] octets = IpAddress.parse(text.text()).octets();
    if (octets.length * 8 != field.bits()) {
      throw text.error(field.ofctlName() + " is of the other address family: " + text);
    }
    return Bits.of(octets);
  }

  /** {@code +syn-ack} names the bits that count, {@code syn|ack} all bits. */
  private static FieldValue tcpFlags(Token text) {
    boolean exact = !text.text().startsWith("+") && !text.text().startsWith("-");
    long value = 0;
    long mask = exact ? 0xfff : 0;
    String spaced = text.text().replace("|", " +").replace("+", " +").replace("-", " -");
    for (String flag : spaced.trim().split("\\s+")) {
      String name = flag.replaceAll("^[+-]+", "");
      Integer bit = TCP_FLAGS.get(name);
      if (bit == null) {
        throw text.error("unknown TCP flag '" + name + "', one of " + TCP_FLAGS.keySet());
      }
      mask |= bit;
      value |= flag.startsWith("-") ? 0 : bit;
    }
    return FieldValue.masked(Field.TCP_FLAGS, Bits.of(value), Bits.of(mask));
  }
}
