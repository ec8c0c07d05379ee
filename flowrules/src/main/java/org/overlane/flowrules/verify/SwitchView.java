/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.flowrules.verify;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.overlane.flowrules.openflow.Bits;
import org.overlane.flowrules.openflow.Field;
import org.overlane.flowrules.openflow.FieldValue;
import org.overlane.flowrules.trace.FragmentMode;
import org.overlane.flowrules.trace.TracedPacket;

/**
 * What a switch sees of each kind of packet in one fragment mode: which fields are there, and which
 * of them have one value whatever the packet holds. In the modes of Open vSwitch, transport fields
 * of a fragment read as zero (of a first one, in mode nx-match, they do not) and the protocol of a
 * later IPv6 fragment as 44; elsewhere such fields are absent, and no match on them holds. Not
 * thread-safe: it remembers what it was asked.
 */
final class SwitchView {
  private static final int IPV6_FRAGMENT = 44;

  /** A field that is there, with any value. */
  private static final Bits FREE = null;

  private final FragmentMode mode;

  /** By kind: the fields that are there, and their value if they can have one only. */
  private final List<Map<Field, Bits>> seen = new ArrayList<>();

  private final Map<FieldValue, Split> splits = new HashMap<>();

  SwitchView(FragmentMode mode) {
    this.mode = mode;
    PacketKind.ALL.forEach(kind -> seen.add(fields(kind)));
  }

  /** The kinds of packets by whether they satisfy a match on a field. */
  static final class Split {
    /** Those that do, whatever they hold. */
    final int always;

    /** Those of which it depends on the value. */
    final int free;

    /** Those that have another value, or no such field. */
    final int never;

    Split(int always, int free) {
      this.always = always;
      this.free = free;
      this.never = ~(always | free) & ALL_KINDS;
    }
  }

  static final int ALL_KINDS = PacketKind.where(kind -> true);

  private static final Split EVERY = new Split(0, ALL_KINDS);
  private static final Split NONE = new Split(0, 0);

  FragmentMode mode() {
    return mode;
  }

  boolean isOpenVSwitch() {
    return mode != FragmentMode.STANDARD;
  }

  Split split(FieldValue wanted) {
    if (isOfEveryPacket(wanted.field())) {
      return isAbsent(wanted.field()) ? NONE : EVERY;
    }
    return splits.computeIfAbsent(wanted, this::compute);
  }

  private Split compute(FieldValue wanted) {
    int always = 0;
    int free = 0;
    for (int i = 0; i < seen.size(); i++) {
      Map<Field, Bits> fields = seen.get(i);
      if (fields.containsKey(wanted.field())) {
        Bits only = fields.get(wanted.field());
        if (only == FREE) {
          free |= 1 << i;
        } else if (only.and(wanted.mask()).equals(wanted.value())) {
          always |= 1 << i;
        }
      }
    }
    return new Split(always, free);
  }

  /** Whether no packet has the field by itself, in this mode; an action may give it one. */
  boolean isAbsent(Field field) {
    return field.isExtension() && !isOpenVSwitch();
  }

  private Map<Field, Bits> fields(PacketKind kind) {
    Map<Field, Bits> fields = new EnumMap<>(Field.class);
    for (Field field : Field.values()) {
      if (!isAbsent(field) && isOfEveryPacket(field)) {
        fields.put(field, FREE);
      }
    }
    fields.put(Field.ETH_TYPE, kind.isOtherEtherType() ? FREE : Bits.of(kind.etherType()));
    if (kind.isArp()) {
      fields.put(Field.ARP_OP, FREE);
      fields.put(Field.ARP_TPA, FREE);
    } else if (kind.isIp()) {
      fields.put(kind.isIpv4() ? Field.IPV4_SRC : Field.IPV6_SRC, FREE);
      fields.put(kind.isIpv4() ? Field.IPV4_DST : Field.IPV6_DST, FREE);
      protocol(kind, fields);
      transport(kind, fields);
    }
    return fields;
  }

  static boolean isOfEveryPacket(Field field) {
    switch (field) {
      case IN_PORT:
      case METADATA:
      case TUNNEL_ID:
      case ETH_DST:
      case ETH_SRC:
      case VLAN_VID:
      case TUN_DST:
      case TUN_IPV6_DST:
      case REG0:
      case REG1:
      case REG2:
      case REG3:
        return true;
      default:
        return false;
    }
  }

  private void protocol(PacketKind kind, Map<Field, Bits> fields) {
    boolean hidden = kind.isIpv6() && kind.isLater();
    if (isOpenVSwitch()) {
      fields.put(Field.NW_FRAG, Bits.of(kind.fragment().nwFrag()));
    }
    if (hidden && isOpenVSwitch()) {
      fields.put(Field.IP_PROTO, Bits.of(IPV6_FRAGMENT));
    } else if (!hidden) {
      boolean other = kind.protocol() == PacketKind.OTHER_PROTOCOL;
      fields.put(Field.IP_PROTO, other ? FREE : Bits.of(kind.protocol()));
    }
  }

  private void transport(PacketKind kind, Map<Field, Bits> fields) {
    if (kind.isLater() && (kind.isIpv6() || !isOpenVSwitch())) {
      return;
    }
    boolean zero =
        kind.isLater() || (isOpenVSwitch() && !kind.isWhole() && mode != FragmentMode.NX_MATCH);
    Bits shown = zero ? Bits.ZERO : FREE;
    switch (kind.protocol()) {
      case TracedPacket.TCP:
        fields.put(Field.TCP_SRC, shown);
        fields.put(Field.TCP_DST, shown);
        if (isOpenVSwitch()) { // which hides ports in a first fragment, but not TCP flags
          fields.put(Field.TCP_FLAGS, kind.isLater() ? Bits.ZERO : FREE);
        }
        break;
      case TracedPacket.UDP:
        fields.put(Field.UDP_SRC, shown);
        fields.put(Field.UDP_DST, shown);
        break;
      case TracedPacket.ICMP:
        if (kind.isIpv4()) {
          fields.put(Field.ICMPV4_TYPE, shown);
        }
        break;
      case TracedPacket.ICMPV6:
        if (kind.isIpv6()) {
          fields.put(Field.ICMPV6_TYPE, shown);
        }
        break;
      default:
        break;
    }
  }
}
