/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.flowrules.trace;

import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.Maps;
import java.util.Optional;
import org.overlane.flowrules.model.IpAddress;
import org.overlane.flowrules.model.MacAddress;
import org.overlane.flowrules.openflow.Bits;
import org.overlane.flowrules.openflow.Field;
import org.overlane.flowrules.openflow.FieldValue;
import org.overlane.flowrules.openflow.Match;

/**
 * The fields of a packet as a switch sees them at one moment: those that it took from the headers
 * (OpenFlow 1.3.5 section 5.3), with what actions have changed since. Immutable.
 */
public final class FieldView {
  private final ImmutableSortedMap<Field, Bits> fields;

  FieldView(ImmutableSortedMap<Field, Bits> fields) {
    this.fields = fields;
  }

  /** What the switch takes from the packet on arrival. */
  public static FieldView of(TracedPacket packet, FragmentMode mode) {
    return new FieldView(FieldExtraction.extract(packet, mode));
  }

  /** Empty if the packet has no such field: then no match on it holds. */
  public Optional<Bits> get(Field field) {
    return Optional.ofNullable(fields.get(field));
  }

  public ImmutableSortedMap<Field, Bits> fields() {
    return fields;
  }

  boolean satisfies(Match match) {
    for (FieldValue wanted : match.values()) {
      Bits actual = fields.get(wanted.field());
      if (actual == null || !actual.and(wanted.mask()).equals(wanted.value())) {
        return false;
      }
    }
    return true;
  }

  /** With the masked bits of one field replaced. */
  FieldView with(FieldValue value) {
    Bits old = fields.getOrDefault(value.field(), Bits.ZERO);
    Bits kept = old.and(value.mask().not(value.field().bits()));
    return new FieldView(
        ImmutableSortedMap.<Field, Bits>naturalOrder()
            .putAll(Maps.filterKeys(fields, f -> f != value.field()))
            .put(value.field(), kept.or(value.value()))
            .build());
  }

  /** Key of the tunnel that a tunnel port would put it into, or it came out of; 0 if none. */
  public long tunnelId() {
    return fields.getOrDefault(Field.TUNNEL_ID, Bits.ZERO).low();
  }

  /** Outer destination; IPv4 goes before IPv6 where both are set, as in Open vSwitch. */
  public Optional<IpAddress> tunnelDestination() {
    Bits ipv4 = fields.getOrDefault(Field.TUN_DST, Bits.ZERO);
    if (!ipv4.isZero()) {
      return Optional.of(IpAddress.of(ipv4.toOctets(4)));
    }
    Bits ipv6 = fields.getOrDefault(Field.TUN_IPV6_DST, Bits.ZERO);
    return ipv6.isZero() ? Optional.empty() : Optional.of(IpAddress.of(ipv6.toOctets(16)));
  }

  /** The packet with the Ethernet addresses that it has at this moment. */
  public TracedPacket applyTo(TracedPacket packet) {
    MacAddress from = MacAddress.of(fields.get(Field.ETH_SRC).low());
    MacAddress to = MacAddress.of(fields.get(Field.ETH_DST).low());
    return packet.ethSrc().equals(from) && packet.ethDst().equals(to)
        ? packet
        : packet.toBuilder().ethSrc(from).ethDst(to).build();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof FieldView && ((FieldView) other).fields.equals(fields);
  }

  @Override
  public int hashCode() {
    return fields.hashCode();
  }

  @Override
  public String toString() {
    return fields.toString();
  }
}
