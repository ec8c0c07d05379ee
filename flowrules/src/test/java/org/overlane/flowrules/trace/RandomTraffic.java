/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.flowrules.trace;

import static org.overlane.flowrules.testing.Models.mac;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.overlane.flowrules.model.IpAddress;
import org.overlane.flowrules.model.MacAddress;
import org.overlane.flowrules.model.OfPort;
import org.overlane.flowrules.openflow.Action;
import org.overlane.flowrules.openflow.Bits;
import org.overlane.flowrules.openflow.Field;
import org.overlane.flowrules.openflow.FieldValue;
import org.overlane.flowrules.openflow.FlowEntry;
import org.overlane.flowrules.openflow.FlowTables;
import org.overlane.flowrules.openflow.Match;
import org.overlane.flowrules.testing.FewValues;

/** Packets and tables of so few values that most packets hit most tables somewhere. */
final class RandomTraffic extends FewValues {
  private static final int[] L4_PORTS = {0, 53, 4789, 50_000};
  private static final long[] KEYS = {0, 5, 100};
  private static final int[] LENGTHS = {100, 1463, 1464, 1465, 1514, 9000};
  private static final int[] PROTOCOLS = {6, 17, 17, 1, 58, 44, 89};

  RandomTraffic(Random random) {
    super(random);
  }

  TracedPacket packet() {
    return packet(OfPort.of(pick(PORTS)), mac(1 + random.nextInt(4)), mac(1 + random.nextInt(4)));
  }

  /**
   * With a port and addresses that entries match, so that it gets far; a port and its source belong
   * together most of the time.
   */
  TracedPacket packet(FlowTables tables) {
    List<Match> admitting =
        tables.entries().stream()
            .map(FlowEntry::match)
            .filter(m -> m.get(Field.IN_PORT).isPresent() && m.get(Field.ETH_SRC).isPresent())
            .toList();
    long port = pick(values(tables, Field.IN_PORT), mac(1));
    long source = pick(values(tables, Field.ETH_SRC), mac(1));
    if (!admitting.isEmpty() && random.nextInt(3) > 0) {
      Match match = admitting.get(random.nextInt(admitting.size()));
      port = match.get(Field.IN_PORT).orElseThrow().value().low();
      source = match.get(Field.ETH_SRC).orElseThrow().value().low();
    }
    MacAddress from = MacAddress.of(source);
    MacAddress to = MacAddress.of(pick(values(tables, Field.ETH_DST), mac(2)));
    return packet(OfPort.of(port), from.isMulticast() ? mac(1) : from, to);
  }

  /** Frames of local senders that entries look up and compare, around the limits of these. */
  List<TracedPacket> atTheLimits(FlowTables tables) {
    List<TracedPacket> packets = new ArrayList<>();
    for (FlowEntry lookup : tables.entries()) {
      for (Action action : lookup.instructions().applyActions()) {
        if (action instanceof Action.CheckPacketLarger) {
          int limit = ((Action.CheckPacketLarger) action).length();
          for (FlowEntry admission : tables.entries()) {
            packets.addAll(atTheLimit(admission, lookup, limit));
          }
        }
      }
    }
    return packets;
  }

  private List<TracedPacket> atTheLimit(FlowEntry admission, FlowEntry lookup, int limit) {
    List<TracedPacket> packets = new ArrayList<>();
    Optional<FieldValue> source = admission.match().get(Field.ETH_SRC);
    Optional<FieldValue> destination = lookup.match().get(Field.ETH_DST);
    FieldValue vni = FieldValue.exact(Field.TUNNEL_ID, 0);
    boolean sameNetwork =
        admission.instructions().applyActions().stream()
            .filter(Action.SetField.class::isInstance)
            .map(a -> ((Action.SetField) a).value())
            .anyMatch(v -> v.equals(lookup.match().get(Field.TUNNEL_ID).orElse(vni)));
    if (source.isPresent() && destination.isPresent() && sameNetwork) {
      OfPort port = OfPort.of(admission.match().get(Field.IN_PORT).orElseThrow().value().low());
      MacAddress from = MacAddress.of(source.get().value().low());
      MacAddress to = MacAddress.of(destination.get().value().low());
      for (int length : new int[] {limit - 1, limit, limit + 1}) {
        packets.add(packet(port, from, to).toBuilder().length(length).build());
      }
    }
    return packets;
  }

  private static List<Bits> values(FlowTables tables, Field field) {
    return tables.entries().stream()
        .flatMap(e -> e.match().get(field).stream())
        .map(FieldValue::value)
        .distinct()
        .toList();
  }

  private long pick(List<Bits> values, MacAddress otherwise) {
    return values.isEmpty() ? otherwise.toLong() : values.get(random.nextInt(values.size())).low();
  }

  /** With these addresses, and the rest at random. */
  TracedPacket packet(OfPort inPort, MacAddress from, MacAddress to) {
    TracedPacket.Builder packet = TracedPacket.builder(inPort, from, to);
    if (random.nextInt(4) == 0) {
      packet.vlan(random.nextInt(3));
    }
    if (inPort.toLong() == 9 && random.nextInt(4) > 0) {
      packet.tunnel(pick(KEYS), address(random.nextBoolean()));
    }
    int type = TYPES[random.nextInt(TYPES.length)];
    packet.etherType(type).length(pick(LENGTHS));
    if (type == 0x0806) {
      packet.arp(1 + random.nextInt(2), address(true));
    } else if (type != 0x88cc) {
      ip(packet, type == 0x0800);
    }
    return packet.build();
  }

  private void ip(TracedPacket.Builder packet, boolean ipv4) {
    IpAddress from = address(ipv4);
    IpAddress to = address(ipv4);
    switch (random.nextInt(4)) {
      case 0:
        packet.tcp(from, to, pick(L4_PORTS), pick(L4_PORTS), random.nextInt(0x40));
        break;
      case 1:
        packet.icmp(from, to, random.nextBoolean() ? 8 : 3);
        break;
      case 2:
        packet.ip(from, to, 89);
        break;
      default:
        packet.udp(from, to, pick(L4_PORTS), pick(L4_PORTS));
        break;
    }
    packet.dontFragment(ipv4 && random.nextBoolean());
    packet.fragment(FragmentClass.values()[random.nextInt(3)]);
  }

  @Override
  protected int length() {
    return pick(LENGTHS);
  }

  @Override
  protected int buckets() {
    return random.nextInt(4);
  }

  @Override
  protected boolean mayCheck(List<Action> before) {
    return before.stream().noneMatch(Action.CheckPacketLarger.class::isInstance);
  }

  @Override
  protected Action setField() {
    switch (random.nextInt(6)) {
      case 0:
        return Action.setField(FieldValue.exact(Field.TUNNEL_ID, pick(KEYS)));
      case 1:
        return Action.setField(FieldValue.exact(Field.TUN_DST, bits(address(true))));
      case 2:
        return Action.setField(FieldValue.exact(Field.TUN_IPV6_DST, bits(address(false))));
      case 3:
        return Action.setField(FieldValue.exact(Field.ETH_DST, mac(random.nextInt(4)).toLong()));
      case 4:
        return Action.setField(FieldValue.exact(Field.ETH_SRC, mac(random.nextInt(4)).toLong()));
      default:
        return Action.setField(small(random.nextBoolean() ? Field.REG0 : Field.REG1));
    }
  }

  @Override
  protected Match match() {
    Map<Field, FieldValue> match = new EnumMap<>(Field.class);
    maybe(5, match, FieldValue.exact(Field.IN_PORT, pick(PORTS)));
    maybe(5, match, FieldValue.exact(Field.TUNNEL_ID, pick(KEYS)));
    maybe(7, match, FieldValue.exact(Field.TUN_DST, bits(address(true))));
    maybe(7, match, FieldValue.exact(Field.TUN_IPV6_DST, bits(address(false))));
    maybe(6, match, small(Field.METADATA));
    maybe(6, match, small(Field.REG0));
    maybe(6, match, small(Field.REG1));
    maybe(4, match, macs(Field.ETH_DST));
    maybe(5, match, macs(Field.ETH_SRC));
    maybe(9, match, FieldValue.masked(Field.VLAN_VID, Bits.of(0x1000), Bits.of(0x1000)));
    if (random.nextBoolean()) {
      layer3(match);
    }
    return Match.of(match.values());
  }

  private void layer3(Map<Field, FieldValue> match) {
    int type = TYPES[random.nextInt(TYPES.length)];
    put(match, FieldValue.exact(Field.ETH_TYPE, type));
    if (type == 0x0806) {
      maybe(2, match, FieldValue.exact(Field.ARP_OP, 1));
      maybe(2, match, FieldValue.exact(Field.ARP_TPA, bits(address(true))));
    } else if (type != 0x88cc) {
      boolean ipv4 = type == 0x0800;
      Bits address = bits(address(ipv4));
      maybe(3, match, FieldValue.exact(ipv4 ? Field.IPV4_SRC : Field.IPV6_SRC, address));
      maybe(3, match, FieldValue.exact(ipv4 ? Field.IPV4_DST : Field.IPV6_DST, address));
      long[][] frags = {{0, 3}, {1, 1}, {1, 3}, {3, 3}, {0, 2}};
      long[] frag = frags[random.nextInt(frags.length)];
      maybe(4, match, frag(frag[0], frag[1]));
      FieldValue later = frag(3, 3);
      boolean shown = !later.equals(match.get(Field.NW_FRAG)); // OVS refuses L4 matches on them
      if (shown && random.nextInt(3) > 0) {
        layer4(match, ipv4);
      }
    }
  }

  private void layer4(Map<Field, FieldValue> match, boolean ipv4) {
    int proto = PROTOCOLS[random.nextInt(PROTOCOLS.length)];
    put(match, FieldValue.exact(Field.IP_PROTO, proto));
    if (proto == 6) {
      maybe(2, match, FieldValue.exact(Field.TCP_DST, pick(L4_PORTS)));
      long flags = random.nextInt(8);
      maybe(2, match, FieldValue.masked(Field.TCP_FLAGS, Bits.of(flags & 6), Bits.of(6)));
    } else if (proto == 17) {
      maybe(2, match, FieldValue.exact(Field.UDP_DST, pick(L4_PORTS)));
      maybe(3, match, FieldValue.exact(Field.UDP_SRC, pick(L4_PORTS)));
    } else if (proto == 1 && ipv4) {
      maybe(2, match, FieldValue.exact(Field.ICMPV4_TYPE, random.nextBoolean() ? 0 : 8));
    } else if (proto == 58 && !ipv4) {
      maybe(2, match, FieldValue.exact(Field.ICMPV6_TYPE, random.nextBoolean() ? 0 : 3));
    }
  }

  private static void put(Map<Field, FieldValue> match, FieldValue value) {
    match.put(value.field(), value);
  }

  /** Two bits that count: Open vSwitch takes no others. */
  private static FieldValue frag(long value, long mask) {
    return FieldValue.masked(Field.NW_FRAG, Bits.of(value), Bits.of(mask));
  }

  private FieldValue macs(Field field) {
    Bits mask = random.nextBoolean() ? field.allBits() : Bits.of(1 + random.nextInt(7));
    return FieldValue.masked(field, Bits.of(mac(1 + random.nextInt(4)).toLong()).and(mask), mask);
  }
}
