/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.flowrules.text;

import com.google.common.collect.ImmutableMap;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.overlane.flowrules.openflow.Bits;
import org.overlane.flowrules.openflow.Field;
import org.overlane.flowrules.openflow.FieldValue;
import org.overlane.flowrules.openflow.Match;

/** Matches: ovs-ofctl's protocol names stand for an Ethernet type and an IP protocol. */
final class MatchText {
  private static final int IP = 0x0800;
  private static final int IPV6 = 0x86dd;
  private static final int NO_PROTO = -1;

  private static final ImmutableMap<String, int[]> PROTOCOLS =
      ImmutableMap.<String, int[]>builder()
          .put("ip", new int[] {IP, NO_PROTO})
          .put("ipv6", new int[] {IPV6, NO_PROTO})
          .put("arp", new int[] {0x0806, NO_PROTO})
          .put("tcp", new int[] {IP, 6})
          .put("udp", new int[] {IP, 17})
          .put("icmp", new int[] {IP, 1})
          .put("tcp6", new int[] {IPV6, 6})
          .put("udp6", new int[] {IPV6, 17})
          .put("icmp6", new int[] {IPV6, 58})
          .build();

  private MatchText() {}

  /** Each field followed by a comma. */
  static String render(Match match) {
    StringBuilder text = new StringBuilder();
    Optional<String> protocol = protocol(match);
    protocol.ifPresent(p -> text.append(p).append(','));
    boolean protoNamed = protocol.isPresent() && PROTOCOLS.get(protocol.get())[1] != NO_PROTO;
    for (FieldValue value : match.values()) {
      boolean named =
          (value.field() == Field.ETH_TYPE && protocol.isPresent())
              || (value.field() == Field.IP_PROTO && protoNamed);
      if (!named) {
        text.append(value.field().ofctlName())
            .append('=')
            .append(FieldText.value(value))
            .append(',');
      }
    }
    return text.toString();
  }

  private static Optional<String> protocol(Match match) {
    long type = exactValue(match, Field.ETH_TYPE);
    long proto = exactValue(match, Field.IP_PROTO);
    Optional<String> both = named(type, proto);
    return both.isPresent() ? both : named(type, NO_PROTO);
  }

  private static long exactValue(Match match, Field field) {
    return match.get(field).filter(FieldValue::isExact).map(v -> v.value().low()).orElse(-1L);
  }

  private static Optional<String> named(long type, long proto) {
    return PROTOCOLS.entrySet().stream()
        .filter(e -> e.getValue()[0] == type && e.getValue()[1] == proto)
        .map(Map.Entry::getKey)
        .findFirst();
  }

  /** Collects the fields of one match as they come. */
  static final class Parser {
    private final Map<Field, FieldValue> fields = new EnumMap<>(Field.class);

    void add(Token token) {
      Token name = token.before("=");
      Optional<Token> value = token.after("=");
      if (!value.isPresent()) {
        addProtocol(token);
      } else if (name.text().equals("dl_vlan")) {
        long vid = value.get().number(0xfff);
        put(token, FieldValue.exact(Field.VLAN_VID, 0x1000 | vid));
      } else if (name.text().equals("vlan_tci")) {
        put(token, vlanTci(value.get()));
      } else {
        put(token, FieldText.parse(field(name), value.get()));
      }
    }

    private void addProtocol(Token token) {
      int[] protocol = PROTOCOLS.get(token.text());
      if (protocol == null) {
        throw token.error("unknown protocol or key without value: '" + token + "'");
      }
      put(token, FieldValue.exact(Field.ETH_TYPE, protocol[0]));
      if (protocol[1] != NO_PROTO) {
        put(token, FieldValue.exact(Field.IP_PROTO, protocol[1]));
      }
    }

    private void put(Token token, FieldValue value) {
      FieldValue other = fields.put(value.field(), value);
      if (other != null && !other.equals(value)) {
        throw token.error(value.field().ofctlName() + " is given twice");
      }
    }

    /** Transport ports and ICMP types belong to the protocol named so far. */
    private Field field(Token name) {
      long proto = number(Field.IP_PROTO);
      boolean source = name.text().equals("tp_src");
      if (source || name.text().equals("tp_dst")) {
        if (proto == 6) {
          return source ? Field.TCP_SRC : Field.TCP_DST;
        } else if (proto == 17) {
          return source ? Field.UDP_SRC : Field.UDP_DST;
        }
        throw name.error(name + " needs tcp or udp before it");
      }
      if (name.text().equals("icmp_type") && number(Field.ETH_TYPE) == IPV6) {
        return Field.ICMPV6_TYPE;
      }
      return FieldText.field(name.text())
          .orElseThrow(() -> name.error("unknown field '" + name + "'"));
    }

    private long number(Field field) {
      return fields.containsKey(field) ? fields.get(field).value().low() : -1;
    }

    /** The VLAN id with the present bit, of the 16 bits that ovs-ofctl prints. */
    private static FieldValue vlanTci(Token text) {
      long value = text.before("/").number(0xffff);
      long mask = text.after("/").map(m -> m.number(0xffff)).orElse(0xffffL);
      if ((mask & 0xe000) != 0 || mask == 0) {
        throw text.error("a VLAN priority is not part of any match here: vlan_tci=" + text);
      }
      return FieldValue.masked(Field.VLAN_VID, Bits.of(value), Bits.of(mask));
    }

    Match build() {
      return Match.of(fields.values());
    }
  }
}
