/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.onos;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.onlab.packet.IpPrefix;
import org.onlab.packet.MacAddress;
import org.onlab.packet.TpPort;
import org.onlab.packet.VlanId;
import org.onosproject.net.PortNumber;
import org.onosproject.net.flow.Extension;
import org.onosproject.net.flow.TrafficSelector;
import org.onosproject.net.flow.criteria.ArpOpCriterion;
import org.onosproject.net.flow.criteria.ArpPaCriterion;
import org.onosproject.net.flow.criteria.Criterion;
import org.onosproject.net.flow.criteria.EthCriterion;
import org.onosproject.net.flow.criteria.EthTypeCriterion;
import org.onosproject.net.flow.criteria.ExtensionCriterion;
import org.onosproject.net.flow.criteria.ExtensionSelector;
import org.onosproject.net.flow.criteria.IPCriterion;
import org.onosproject.net.flow.criteria.IPProtocolCriterion;
import org.onosproject.net.flow.criteria.IcmpTypeCriterion;
import org.onosproject.net.flow.criteria.Icmpv6TypeCriterion;
import org.onosproject.net.flow.criteria.MetadataCriterion;
import org.onosproject.net.flow.criteria.PortCriterion;
import org.onosproject.net.flow.criteria.TcpPortCriterion;
import org.onosproject.net.flow.criteria.TunnelIdCriterion;
import org.onosproject.net.flow.criteria.UdpPortCriterion;
import org.onosproject.net.flow.criteria.VlanIdCriterion;
import org.onosproject.net.flow.instructions.ExtensionPropertyException;
import org.overlane.flowrules.model.OfPort;
import org.overlane.flowrules.openflow.Bits;
import org.overlane.flowrules.openflow.Field;
import org.overlane.flowrules.openflow.FieldValue;
import org.overlane.flowrules.openflow.Match;

/**
 * From ONOS selectors of anybody to matches: the inverse of {@link SelectorTranslator}, and more,
 * since other applications match what Overlane does not. A criterion that has no field here makes
 * the match unreadable: without it, it would be met by packets that do not meet the selector.
 */
final class SelectorReader {
  private static final int VLAN_PRESENT = 0x1000;
  private static final int REGISTERS = 4;

  private final Bits metadataInUse;
  private final List<FieldValue> values = new ArrayList<>();
  private final List<String> unread = new ArrayList<>();

  private SelectorReader(long metadataInUse) {
    this.metadataInUse = Bits.of(metadataInUse);
  }

  /**
   * The match of a selector; empty if it has what cannot be read.
   *
   * @param metadataInUse the bits of the metadata that any entry of the device sets
   * @param unread receives what cannot be read
   */
  static Optional<Match> read(TrafficSelector selector, long metadataInUse, List<String> unread) {
    SelectorReader reader = new SelectorReader(metadataInUse);
    for (Criterion criterion : selector.criteria()) {
      try {
        if (!reader.linkLayer(criterion)
            && !reader.networkLayer(criterion)
            && !reader.transport(criterion)
            && !reader.extension(criterion)) {
          reader.unread.add("match " + criterion);
        }
      } catch (IllegalArgumentException e) {
        reader.unread.add("match " + criterion + " (" + e.getMessage() + ")");
      }
    }
    unread.addAll(reader.unread);
    try {
      return reader.unread.isEmpty() ? Optional.of(Match.of(reader.values)) : Optional.empty();
    } catch (IllegalArgumentException e) {
      unread.add("match " + selector.criteria() + " (" + e.getMessage() + ")");
      return Optional.empty();
    }
  }

  private boolean linkLayer(Criterion criterion) {
    switch (criterion.type()) {
      case IN_PORT:
        OfPort port =
            port(((PortCriterion) criterion).port())
                .orElseThrow(() -> new IllegalArgumentException("no port of a packet"));
        exact(Field.IN_PORT, port.toLong());
        return true;
      case METADATA:
        metadata(Bits.of(((MetadataCriterion) criterion).metadata()));
        return true;
      case TUNNEL_ID:
        exact(Field.TUNNEL_ID, ((TunnelIdCriterion) criterion).tunnelId());
        return true;
      case ETH_TYPE:
        exact(Field.ETH_TYPE, ((EthTypeCriterion) criterion).ethType().toShort() & 0xffffL);
        return true;
      case ETH_DST:
      case ETH_DST_MASKED:
        mac(Field.ETH_DST, (EthCriterion) criterion);
        return true;
      case ETH_SRC:
      case ETH_SRC_MASKED:
        mac(Field.ETH_SRC, (EthCriterion) criterion);
        return true;
      case VLAN_VID:
        vlan(((VlanIdCriterion) criterion).vlanId());
        return true;
      default:
        return false;
    }
  }

  private boolean networkLayer(Criterion criterion) {
    switch (criterion.type()) {
      case IP_PROTO:
        exact(Field.IP_PROTO, ((IPProtocolCriterion) criterion).protocol() & 0xffL);
        return true;
      case IPV4_SRC:
        prefix(Field.IPV4_SRC, ((IPCriterion) criterion).ip());
        return true;
      case IPV4_DST:
        prefix(Field.IPV4_DST, ((IPCriterion) criterion).ip());
        return true;
      case IPV6_SRC:
        prefix(Field.IPV6_SRC, ((IPCriterion) criterion).ip());
        return true;
      case IPV6_DST:
        prefix(Field.IPV6_DST, ((IPCriterion) criterion).ip());
        return true;
      case ARP_OP:
        exact(Field.ARP_OP, ((ArpOpCriterion) criterion).arpOp());
        return true;
      case ARP_TPA:
        add(Field.ARP_TPA, Bits.of(((ArpPaCriterion) criterion).ip().toOctets()));
        return true;
      default:
        return false;
    }
  }

  private boolean transport(Criterion criterion) {
    switch (criterion.type()) {
      case TCP_SRC:
      case TCP_SRC_MASKED:
        transport(Field.TCP_SRC, (TcpPortCriterion) criterion);
        return true;
      case TCP_DST:
      case TCP_DST_MASKED:
        transport(Field.TCP_DST, (TcpPortCriterion) criterion);
        return true;
      case UDP_SRC:
      case UDP_SRC_MASKED:
        transport(Field.UDP_SRC, (UdpPortCriterion) criterion);
        return true;
      case UDP_DST:
      case UDP_DST_MASKED:
        transport(Field.UDP_DST, (UdpPortCriterion) criterion);
        return true;
      case ICMPV4_TYPE:
        exact(Field.ICMPV4_TYPE, ((IcmpTypeCriterion) criterion).icmpType() & 0xffL);
        return true;
      case ICMPV6_TYPE:
        exact(Field.ICMPV6_TYPE, ((Icmpv6TypeCriterion) criterion).icmpv6Type() & 0xffL);
        return true;
      default:
        return false;
    }
  }

  private boolean extension(Criterion criterion) {
    if (criterion.type() != Criterion.Type.EXTENSION) {
      return false;
    }
    ExtensionSelector extension = ((ExtensionCriterion) criterion).extensionSelector();
    if (extension.type().equals(DriverExtensions.MATCH_NW_FRAG)) {
      masked(Field.NW_FRAG, number(extension, "value"), number(extension, "mask"));
    } else if (extension.type().equals(DriverExtensions.MATCH_TCP_FLAGS)) {
      masked(Field.TCP_FLAGS, number(extension, "flags"), number(extension, "mask"));
    } else if (extension.type().equals(DriverExtensions.MATCH_REGISTER)) {
      masked(
          register(number(extension, "register")),
          number(extension, "value"),
          number(extension, "mask"));
    } else {
      return false;
    }
    return true;
  }

  /** ONOS matches all 64 bits; those that no entry sets are zero. */
  private void metadata(Bits value) {
    boolean narrow = !metadataInUse.isZero() && metadataInUse.contains(value);
    values.add(
        narrow
            ? FieldValue.masked(Field.METADATA, value, metadataInUse)
            : FieldValue.exact(Field.METADATA, value));
  }

  private void mac(Field field, EthCriterion criterion) {
    MacAddress mask = criterion.mask();
    masked(field, criterion.mac().toLong(), mask == null ? field.allBits().low() : mask.toLong());
  }

  private void vlan(VlanId vlan) {
    if (vlan.equals(VlanId.ANY)) {
      masked(Field.VLAN_VID, VLAN_PRESENT, VLAN_PRESENT);
    } else {
      exact(Field.VLAN_VID, vlan.equals(VlanId.NONE) ? 0 : VLAN_PRESENT | vlan.toShort());
    }
  }

  private void prefix(Field field, IpPrefix prefix) {
    Bits mask = Bits.ones(field.bits()).xor(Bits.ones(field.bits() - prefix.prefixLength()));
    if (!mask.isZero()) {
      Bits address = Bits.of(prefix.address().toOctets());
      values.add(FieldValue.masked(field, address.and(mask), mask));
    }
  }

  private void transport(Field field, TcpPortCriterion criterion) {
    transport(field, criterion.tcpPort(), criterion.mask());
  }

  private void transport(Field field, UdpPortCriterion criterion) {
    transport(field, criterion.udpPort(), criterion.mask());
  }

  private void transport(Field field, TpPort port, TpPort mask) {
    masked(field, port.toInt(), mask == null ? 0xffff : mask.toInt());
  }

  private void exact(Field field, long value) {
    add(field, Bits.of(value));
  }

  private void add(Field field, Bits value) {
    values.add(FieldValue.exact(field, value));
  }

  /** A mask without bits matches anything, so that nothing is left to match. */
  private void masked(Field field, long value, long mask) {
    if (mask != 0) {
      values.add(FieldValue.masked(field, Bits.of(value & mask), Bits.of(mask)));
    }
  }

  /** The port of this number, unless it stands for several or for NORMAL forwarding. */
  static Optional<OfPort> port(PortNumber port) {
    for (OfPort reserved :
        ImmutableList.of(OfPort.LOCAL, OfPort.CONTROLLER, OfPort.IN_PORT, OfPort.TABLE)) {
      if (SelectorTranslator.port(reserved).equals(port)) {
        return Optional.of(reserved);
      }
    }
    boolean ordinary = !port.isLogical() && port.toLong() >= 1 && port.toLong() <= OfPort.MAX;
    return ordinary ? Optional.of(OfPort.of(port.toLong())) : Optional.empty();
  }

  /**
   * The field of a register.
   *
   * @throws IllegalArgumentException if it is none that the pipeline knows
   */
  static Field register(long number) {
    if (number < 0 || number >= REGISTERS) {
      throw new IllegalArgumentException("register " + number + " is not known");
    }
    return Field.values()[Field.REG0.ordinal() + (int) number];
  }

  /**
   * A whole number among the properties of an extension, unsigned.
   *
   * @throws IllegalArgumentException if there is none of this name
   */
  static long number(Extension extension, String property) {
    Object value = property(extension, property);
    if (!(value instanceof Number)) {
      throw new IllegalArgumentException("its property " + property + " is " + value);
    }
    return ((Number) value).longValue() & 0xffffffffL;
  }

  /** A property of an extension, of whatever type. */
  static Object property(Extension extension, String property) {
    try {
      return extension.<Object>getPropertyValue(property);
    } catch (ExtensionPropertyException e) {
      throw new IllegalArgumentException("it has no property " + property, e);
    }
  }
}
