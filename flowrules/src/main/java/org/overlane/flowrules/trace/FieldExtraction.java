/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.flowrules.trace;

import com.google.common.collect.ImmutableSortedMap;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.overlane.flowrules.model.IpAddress;
import org.overlane.flowrules.openflow.Bits;
import org.overlane.flowrules.openflow.Field;

/** Takes the fields from a packet, with what each {@link FragmentMode} hides or makes up. */
final class FieldExtraction {
  /** The protocol that a later IPv6 fragment shows: that of the fragment header (RFC 8200). */
  private static final int IPV6_FRAGMENT = 44;

  /** VLAN_VID of a tagged frame: OFPVID_PRESENT; of an untagged one 0, OFPVID_NONE. */
  private static final int VLAN_PRESENT = 0x1000;

  private final TracedPacket packet;
  private final FragmentMode mode;
  private final Map<Field, Bits> fields = new EnumMap<>(Field.class);

  private FieldExtraction(TracedPacket packet, FragmentMode mode) {
    this.packet = packet;
    this.mode = mode;
  }

  static ImmutableSortedMap<Field, Bits> extract(TracedPacket packet, FragmentMode mode) {
    FieldExtraction extraction = new FieldExtraction(packet, mode);
    extraction.pipelineFields();
    extraction.layer2();
    if (packet.isIp()) {
      extraction.layer3();
    }
    return ImmutableSortedMap.copyOf(extraction.fields);
  }

  private void pipelineFields() {
    put(Field.IN_PORT, packet.inPort().toLong());
    put(Field.METADATA, 0);
    put(Field.TUNNEL_ID, packet.tunnelId().orElse(0L));
    if (mode.isOpenVSwitch()) {
      put(Field.REG0, 0);
      put(Field.REG1, 0);
      put(Field.REG2, 0);
      put(Field.REG3, 0);
      put(Field.TUN_DST, packet.tunnelDst().filter(IpAddress::isIpv4));
      put(Field.TUN_IPV6_DST, packet.tunnelDst().filter(IpAddress::isIpv6));
    }
  }

  private void layer2() {
    put(Field.ETH_SRC, packet.ethSrc().toLong());
    put(Field.ETH_DST, packet.ethDst().toLong());
    put(Field.ETH_TYPE, packet.etherType());
    put(Field.VLAN_VID, packet.vlan().map(v -> VLAN_PRESENT | v).orElse(0));
    packet.arpOp().ifPresent(op -> put(Field.ARP_OP, op));
    if (packet.arpOp().isPresent()) {
      put(Field.ARP_TPA, packet.arpTpa());
    }
  }

  private void layer3() {
    boolean ipv4 = packet.etherType() == TracedPacket.IPV4;
    put(ipv4 ? Field.IPV4_SRC : Field.IPV6_SRC, packet.ipSrc());
    put(ipv4 ? Field.IPV4_DST : Field.IPV6_DST, packet.ipDst());
    boolean later = packet.fragment() == FragmentClass.LATER;
    if (mode.isOpenVSwitch()) {
      put(Field.NW_FRAG, packet.fragment().nwFrag());
      put(Field.IP_PROTO, later && !ipv4 ? IPV6_FRAGMENT : packet.ipProto().get());
    } else if (ipv4 || !later) {
      put(Field.IP_PROTO, packet.ipProto().get());
    }
    if (fields.containsKey(Field.IP_PROTO)
        && fields.get(Field.IP_PROTO).low() == packet.ipProto().get()) {
      layer4(later, ipv4);
    }
  }

  private void layer4(boolean later, boolean ipv4) {
    if (!mode.isOpenVSwitch() && later) {
      return;
    }
    boolean hidden = later || (mode != FragmentMode.NX_MATCH && isOpenVSwitchFragment());
    boolean tcp = packet.ipProto().get() == TracedPacket.TCP;
    packet.l4Src().ifPresent(p -> put(tcp ? Field.TCP_SRC : Field.UDP_SRC, hidden ? 0 : p));
    packet.l4Dst().ifPresent(p -> put(tcp ? Field.TCP_DST : Field.UDP_DST, hidden ? 0 : p));
    packet
        .icmpType()
        .ifPresent(t -> put(ipv4 ? Field.ICMPV4_TYPE : Field.ICMPV6_TYPE, hidden ? 0 : t));
    if (mode.isOpenVSwitch()) { // which hides ports in a first fragment, but not TCP flags
      packet.tcpFlags().ifPresent(f -> put(Field.TCP_FLAGS, later ? 0 : f));
    }
  }

  private boolean isOpenVSwitchFragment() {
    return mode.isOpenVSwitch() && packet.fragment() != FragmentClass.WHOLE;
  }

  private void put(Field field, long value) {
    fields.put(field, Bits.of(value));
  }

  private void put(Field field, Optional<IpAddress> address) {
    fields.put(field, address.map(a -> Bits.of(a.octets())).orElse(Bits.ZERO));
  }
}
