/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.onos;

import org.onlab.packet.Ip4Address;
import org.onlab.packet.IpAddress;
import org.onlab.packet.IpPrefix;
import org.onlab.packet.MacAddress;
import org.onlab.packet.TpPort;
import org.onlab.packet.VlanId;
import org.onosproject.net.DeviceId;
import org.onosproject.net.PortNumber;
import org.onosproject.net.flow.DefaultTrafficSelector;
import org.onosproject.net.flow.TrafficSelector;
import org.overlane.flowrules.model.OfPort;
import org.overlane.flowrules.openflow.Bits;
import org.overlane.flowrules.openflow.Field;
import org.overlane.flowrules.openflow.FieldValue;
import org.overlane.flowrules.openflow.Match;

/** From matches to ONOS selectors. */
final class SelectorTranslator {
  private static final int VLAN_PRESENT = 0x1000;
  private static final String REMEDY = "This is a defect of Overlane; please report it";

  private final DeviceId device;
  private final DriverExtensions extensions;
  private final long metadataInUse;

  /**
   * A translator for one device.
   *
   * @param metadataInUse the bits of the metadata that any entry of the device sets
   */
  SelectorTranslator(DeviceId device, DriverExtensions extensions, long metadataInUse) {
    this.device = device;
    this.extensions = extensions;
    this.metadataInUse = metadataInUse;
  }

  TrafficSelector selector(Match match) throws UntranslatableException {
    TrafficSelector.Builder selector = DefaultTrafficSelector.builder();
    for (FieldValue value : match.values()) {
      if (!addLinkLayer(selector, value)
          && !addNetworkLayer(selector, value)
          && !addTransport(selector, value)
          && !addExtension(selector, value)) {
        throw new UntranslatableException("ONOS cannot match " + value.field(), REMEDY);
      }
    }
    return selector.build();
  }

  private boolean addLinkLayer(TrafficSelector.Builder selector, FieldValue value)
      throws UntranslatableException {
    long low = value.value().low();
    switch (value.field()) {
      case IN_PORT:
        selector.matchInPort(port(OfPort.of(exact(value))));
        return true;
      case METADATA:
        selector.matchMetadata(metadata(value));
        return true;
      case TUNNEL_ID:
        selector.matchTunnelId(exact(value));
        return true;
      case ETH_TYPE:
        selector.matchEthType((short) exact(value));
        return true;
      case ETH_DST:
        if (value.isExact()) {
          selector.matchEthDst(MacAddress.valueOf(low));
        } else {
          selector.matchEthDstMasked(
              MacAddress.valueOf(low), MacAddress.valueOf(value.mask().low()));
        }
        return true;
      case ETH_SRC:
        if (value.isExact()) {
          selector.matchEthSrc(MacAddress.valueOf(low));
        } else {
          selector.matchEthSrcMasked(
              MacAddress.valueOf(low), MacAddress.valueOf(value.mask().low()));
        }
        return true;
      case VLAN_VID:
        selector.matchVlanId(vlan(value));
        return true;
      default:
        return false;
    }
  }

  private boolean addNetworkLayer(TrafficSelector.Builder selector, FieldValue value)
      throws UntranslatableException {
    switch (value.field()) {
      case IP_PROTO:
        selector.matchIPProtocol((byte) exact(value));
        return true;
      case IPV4_SRC:
        selector.matchIPSrc(prefix(value));
        return true;
      case IPV4_DST:
        selector.matchIPDst(prefix(value));
        return true;
      case IPV6_SRC:
        selector.matchIPv6Src(prefix(value));
        return true;
      case IPV6_DST:
        selector.matchIPv6Dst(prefix(value));
        return true;
      case ARP_OP:
        selector.matchArpOp((int) exact(value));
        return true;
      case ARP_TPA:
        selector.matchArpTpa(Ip4Address.valueOf((int) exact(value)));
        return true;
      default:
        return false;
    }
  }

  private boolean addTransport(TrafficSelector.Builder selector, FieldValue value)
      throws UntranslatableException {
    switch (value.field()) {
      case TCP_SRC:
        selector.matchTcpSrc(TpPort.tpPort((int) exact(value)));
        return true;
      case TCP_DST:
        selector.matchTcpDst(TpPort.tpPort((int) exact(value)));
        return true;
      case UDP_SRC:
        selector.matchUdpSrc(TpPort.tpPort((int) exact(value)));
        return true;
      case UDP_DST:
        selector.matchUdpDst(TpPort.tpPort((int) exact(value)));
        return true;
      case ICMPV4_TYPE:
        selector.matchIcmpType((byte) exact(value));
        return true;
      case ICMPV6_TYPE:
        selector.matchIcmpv6Type((byte) exact(value));
        return true;
      default:
        return false;
    }
  }

  private boolean addExtension(TrafficSelector.Builder selector, FieldValue value)
      throws UntranslatableException {
    int bits = (int) value.value().low();
    int mask = (int) value.mask().low();
    switch (value.field()) {
      case NW_FRAG:
        selector.extension(extensions.matchFragment(bits, mask), device);
        return true;
      case TCP_FLAGS:
        selector.extension(extensions.matchTcpFlags(bits, mask), device);
        return true;
      case REG0:
      case REG1:
      case REG2:
      case REG3:
        selector.extension(extensions.matchRegister(register(value.field()), bits, mask), device);
        return true;
      default:
        return false;
    }
  }

  private static long exact(FieldValue value) throws UntranslatableException {
    if (!value.isExact()) {
      throw new UntranslatableException("ONOS cannot match " + value.field() + " masked", REMEDY);
    }
    return value.value().low();
  }

  /** ONOS matches all 64 bits. Those that nobody sets are zero (OpenFlow 1.3.5, 5.1). */
  private long metadata(FieldValue value) throws UntranslatableException {
    if ((metadataInUse & ~value.mask().low()) != 0) {
      throw new UntranslatableException("ONOS cannot match a part of the metadata", REMEDY);
    }
    return value.value().low();
  }

  private static IpPrefix prefix(FieldValue value) throws UntranslatableException {
    int bits = value.field().bits();
    int length = prefixLength(value.mask(), bits);
    byte[] octets = value.value().toOctets(bits / 8);
    return IpPrefix.valueOf(
        bits == 32 ? IpAddress.Version.INET : IpAddress.Version.INET6, octets, length);
  }

  private static int prefixLength(Bits mask, int bits) throws UntranslatableException {
    for (int length = 1; length <= bits; length++) {
      if (Bits.ones(bits).xor(Bits.ones(bits - length)).equals(mask)) {
        return length;
      }
    }
    throw new UntranslatableException("ONOS cannot match an address by mask " + mask, REMEDY);
  }

  private static VlanId vlan(FieldValue value) throws UntranslatableException {
    if (!value.isExact()) {
      if (value.value().low() == VLAN_PRESENT && value.mask().low() == VLAN_PRESENT) {
        return VlanId.ANY;
      }
      throw new UntranslatableException("ONOS cannot match a VLAN id masked", REMEDY);
    }
    long vid = value.value().low();
    return vid == 0 ? VlanId.NONE : VlanId.vlanId((short) (vid & ~VLAN_PRESENT));
  }

  static int register(Field field) {
    return field.ordinal() - Field.REG0.ordinal();
  }

  static PortNumber port(OfPort port) {
    if (port.equals(OfPort.LOCAL)) {
      return PortNumber.LOCAL;
    }
    if (port.equals(OfPort.CONTROLLER)) {
      return PortNumber.CONTROLLER;
    }
    if (port.equals(OfPort.IN_PORT)) {
      return PortNumber.IN_PORT;
    }
    return port.equals(OfPort.TABLE) ? PortNumber.TABLE : PortNumber.portNumber(port.toLong());
  }
}
