/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.flowrules.testing;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import org.overlane.flowrules.model.IpAddress;
import org.overlane.flowrules.model.MacAddress;
import org.overlane.flowrules.model.OfPort;
import org.overlane.flowrules.openflow.Bits;
import org.overlane.flowrules.openflow.Field;

/**
 * The fields of a packet as a switch extracts them; a field that is not there has no value.
 *
 * @param length bytes with Ethernet header and VLAN tags
 */
public record Packet(Map<Field, Bits> fields, int length) {
  public Packet {
    fields = Collections.unmodifiableMap(new EnumMap<>(fields));
  }

  /** An Ethernet frame. */
  public static Packet frame(OfPort inPort, MacAddress from, MacAddress to) {
    return new Packet(
            Map.of(
                Field.METADATA, Bits.ZERO,
                Field.TUNNEL_ID, Bits.ZERO,
                Field.REG0, Bits.ZERO,
                Field.REG1, Bits.ZERO,
                Field.NW_FRAG, Bits.ZERO,
                Field.IN_PORT, Bits.of(inPort.toLong()),
                Field.ETH_SRC, Bits.of(from.toLong()),
                Field.ETH_DST, Bits.of(to.toLong())),
            60)
        .with(Field.ETH_TYPE, 0x88b5);
  }

  public Packet with(Field field, long value) {
    return with(field, Bits.of(value));
  }

  public Packet with(Field field, Bits value) {
    Map<Field, Bits> changed = new EnumMap<>(fields);
    changed.put(field, value);
    return new Packet(changed, length);
  }

  /** As a frame of this many bytes. */
  public Packet length(int bytes) {
    return new Packet(fields, bytes);
  }

  /** As {@link #ip(IpAddress, int)}, from an address. */
  public Packet ip(IpAddress from, IpAddress to, int proto) {
    return ip(to, proto)
        .with(from.isIpv4() ? Field.IPV4_SRC : Field.IPV6_SRC, Bits.of(from.octets()));
  }

  /** As an IP packet to the address, with the protocol that the switch sees. */
  public Packet ip(IpAddress to, int proto) {
    boolean ipv4 = to.isIpv4();
    return with(Field.ETH_TYPE, ipv4 ? 0x0800 : 0x86dd)
        .with(Field.IP_PROTO, proto)
        .with(ipv4 ? Field.IPV4_DST : Field.IPV6_DST, Bits.of(to.octets()));
  }

  public Packet udp(int from, int to) {
    return with(Field.UDP_SRC, from).with(Field.UDP_DST, to);
  }

  public long get(Field field) {
    return fields.getOrDefault(field, Bits.ZERO).low();
  }

  public OfPort inPort() {
    return OfPort.of(get(Field.IN_PORT));
  }
}
