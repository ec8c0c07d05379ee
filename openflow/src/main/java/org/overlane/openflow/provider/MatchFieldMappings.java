/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.openflow.provider;

import com.google.common.collect.ImmutableMap;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongFunction;
import java.util.function.ToLongFunction;
import org.onlab.packet.EthType;
import org.onlab.packet.Ip4Address;
import org.onlab.packet.Ip6Address;
import org.onlab.packet.IpAddress;
import org.onlab.packet.IpPrefix;
import org.onlab.packet.MacAddress;
import org.onlab.packet.MplsLabel;
import org.onlab.packet.TpPort;
import org.onlab.packet.VlanId;
import org.onosproject.net.flow.criteria.ArpHaCriterion;
import org.onosproject.net.flow.criteria.ArpOpCriterion;
import org.onosproject.net.flow.criteria.ArpPaCriterion;
import org.onosproject.net.flow.criteria.Criteria;
import org.onosproject.net.flow.criteria.Criterion;
import org.onosproject.net.flow.criteria.Criterion.Type;
import org.onosproject.net.flow.criteria.EthCriterion;
import org.onosproject.net.flow.criteria.EthTypeCriterion;
import org.onosproject.net.flow.criteria.IPCriterion;
import org.onosproject.net.flow.criteria.IPDscpCriterion;
import org.onosproject.net.flow.criteria.IPEcnCriterion;
import org.onosproject.net.flow.criteria.IPProtocolCriterion;
import org.onosproject.net.flow.criteria.IPv6ExthdrFlagsCriterion;
import org.onosproject.net.flow.criteria.IPv6FlowLabelCriterion;
import org.onosproject.net.flow.criteria.IPv6NDLinkLayerAddressCriterion;
import org.onosproject.net.flow.criteria.IPv6NDTargetAddressCriterion;
import org.onosproject.net.flow.criteria.IcmpCodeCriterion;
import org.onosproject.net.flow.criteria.IcmpTypeCriterion;
import org.onosproject.net.flow.criteria.Icmpv6CodeCriterion;
import org.onosproject.net.flow.criteria.Icmpv6TypeCriterion;
import org.onosproject.net.flow.criteria.MetadataCriterion;
import org.onosproject.net.flow.criteria.MplsBosCriterion;
import org.onosproject.net.flow.criteria.MplsCriterion;
import org.onosproject.net.flow.criteria.MplsTcCriterion;
import org.onosproject.net.flow.criteria.PbbIsidCriterion;
import org.onosproject.net.flow.criteria.PortCriterion;
import org.onosproject.net.flow.criteria.SctpPortCriterion;
import org.onosproject.net.flow.criteria.TcpPortCriterion;
import org.onosproject.net.flow.criteria.TunnelIdCriterion;
import org.onosproject.net.flow.criteria.UdpPortCriterion;
import org.onosproject.net.flow.criteria.VlanIdCriterion;
import org.onosproject.net.flow.criteria.VlanPcpCriterion;
import org.overlane.openflow.codec.Bytes;

/**
 * The criteria that OpenFlow 1.3 knows, with their OXM field numbers (OpenFlow 1.3.5 section
 * 7.2.3.7). The order of the field numbers puts prerequisites first.
 */
final class MatchFieldMappings {

  private static final long VLAN_PRESENT = 0x1000;
  private static final int VLAN_BYTES = 2;

  private final Map<Type, MatchFieldMapping> byType = new EnumMap<>(Type.class);
  private final ImmutableMap.Builder<Integer, MatchFieldMapping> byField = ImmutableMap.builder();

  private static final MatchFieldMappings ALL = new MatchFieldMappings();
  private static final ImmutableMap<Integer, MatchFieldMapping> BY_FIELD = ALL.byField.build();

  private MatchFieldMappings() {
    layer2();
    layer3();
    layer4();
    neighbours();
    labels();
  }

  static Optional<MatchFieldMapping> of(Type type) {
    return Optional.ofNullable(ALL.byType.get(type));
  }

  /** By OXM field number of class 0x8000. */
  static Optional<MatchFieldMapping> of(int field) {
    return Optional.ofNullable(BY_FIELD.get(field));
  }

  private void layer2() {
    add(
        0,
        Type.IN_PORT,
        c -> Oxm.number(Ports.toWire(((PortCriterion) c).port()), 4),
        v -> Criteria.matchInPort(Ports.toOnos((int) v.toLong())));
    add(
        1,
        Type.IN_PHY_PORT,
        c -> Oxm.number(Ports.toWire(((PortCriterion) c).port()), 4),
        v -> Criteria.matchInPhyPort(Ports.toOnos((int) v.toLong())));
    number(2, 8, Type.METADATA, c -> ((MetadataCriterion) c).metadata(), Criteria::matchMetadata);
    mac(3, Type.ETH_DST, Type.ETH_DST_MASKED, Criteria::matchEthDst, Criteria::matchEthDstMasked);
    mac(4, Type.ETH_SRC, Type.ETH_SRC_MASKED, Criteria::matchEthSrc, Criteria::matchEthSrcMasked);
    number(
        5,
        2,
        Type.ETH_TYPE,
        c -> ((EthTypeCriterion) c).ethType().toShort() & 0xffff,
        v -> Criteria.matchEthType(new EthType((int) v)));
    vlan();
    number(
        7,
        1,
        Type.VLAN_PCP,
        c -> ((VlanPcpCriterion) c).priority(),
        v -> Criteria.matchVlanPcp((byte) v));
    number(38, 8, Type.TUNNEL_ID, c -> ((TunnelIdCriterion) c).tunnelId(), Criteria::matchTunnelId);
  }

  /** OFPVID_NONE is 0; a tagged frame has bit 12 set (section 7.2.3.7). */
  private void vlan() {
    add(
        new MatchFieldMapping(
            6,
            c -> {
              VlanId vlan = ((VlanIdCriterion) c).vlanId();
              if (vlan.equals(VlanId.NONE)) {
                return Oxm.number(0, VLAN_BYTES);
              }
              long id = vlan.equals(VlanId.ANY) ? 0 : vlan.toShort();
              return Oxm.number(VLAN_PRESENT | id, VLAN_BYTES);
            },
            c ->
                ((VlanIdCriterion) c).vlanId().equals(VlanId.ANY)
                    ? Optional.of(Oxm.number(VLAN_PRESENT, VLAN_BYTES))
                    : Optional.empty(),
            (value, mask) -> {
              long tci = value.toLong();
              if (mask.isPresent()) {
                return mask.get().toLong() == VLAN_PRESENT && tci == VLAN_PRESENT
                    ? Optional.of(Criteria.matchVlanId(VlanId.ANY))
                    : Optional.empty();
              }
              return Optional.of(
                  Criteria.matchVlanId(
                      tci == 0 ? VlanId.NONE : VlanId.vlanId((short) (tci & ~VLAN_PRESENT))));
            }),
        Type.VLAN_VID);
  }

  private void layer3() {
    number(
        8,
        1,
        Type.IP_DSCP,
        c -> ((IPDscpCriterion) c).ipDscp(),
        v -> Criteria.matchIPDscp((byte) v));
    number(
        9, 1, Type.IP_ECN, c -> ((IPEcnCriterion) c).ipEcn(), v -> Criteria.matchIPEcn((byte) v));
    number(
        10,
        1,
        Type.IP_PROTO,
        c -> ((IPProtocolCriterion) c).protocol() & 0xff,
        v -> Criteria.matchIPProtocol((short) v));
    prefix(11, Type.IPV4_SRC, IpAddress.Version.INET, Criteria::matchIPSrc);
    prefix(12, Type.IPV4_DST, IpAddress.Version.INET, Criteria::matchIPDst);
    prefix(26, Type.IPV6_SRC, IpAddress.Version.INET6, Criteria::matchIPv6Src);
    prefix(27, Type.IPV6_DST, IpAddress.Version.INET6, Criteria::matchIPv6Dst);
    number(
        28,
        4,
        Type.IPV6_FLABEL,
        c -> ((IPv6FlowLabelCriterion) c).flowLabel(),
        v -> Criteria.matchIPv6FlowLabel((int) v));
    number(
        39,
        2,
        Type.IPV6_EXTHDR,
        c -> ((IPv6ExthdrFlagsCriterion) c).exthdrFlags(),
        v -> Criteria.matchIPv6ExthdrFlags((int) v));
  }

  private void layer4() {
    port(
        13,
        Type.TCP_SRC,
        Type.TCP_SRC_MASKED,
        c -> ((TcpPortCriterion) c).tcpPort(),
        c -> ((TcpPortCriterion) c).mask(),
        Criteria::matchTcpSrc,
        Criteria::matchTcpSrcMasked);
    port(
        14,
        Type.TCP_DST,
        Type.TCP_DST_MASKED,
        c -> ((TcpPortCriterion) c).tcpPort(),
        c -> ((TcpPortCriterion) c).mask(),
        Criteria::matchTcpDst,
        Criteria::matchTcpDstMasked);
    port(
        15,
        Type.UDP_SRC,
        Type.UDP_SRC_MASKED,
        c -> ((UdpPortCriterion) c).udpPort(),
        c -> ((UdpPortCriterion) c).mask(),
        Criteria::matchUdpSrc,
        Criteria::matchUdpSrcMasked);
    port(
        16,
        Type.UDP_DST,
        Type.UDP_DST_MASKED,
        c -> ((UdpPortCriterion) c).udpPort(),
        c -> ((UdpPortCriterion) c).mask(),
        Criteria::matchUdpDst,
        Criteria::matchUdpDstMasked);
    port(
        17,
        Type.SCTP_SRC,
        Type.SCTP_SRC_MASKED,
        c -> ((SctpPortCriterion) c).sctpPort(),
        c -> ((SctpPortCriterion) c).mask(),
        Criteria::matchSctpSrc,
        Criteria::matchSctpSrcMasked);
    port(
        18,
        Type.SCTP_DST,
        Type.SCTP_DST_MASKED,
        c -> ((SctpPortCriterion) c).sctpPort(),
        c -> ((SctpPortCriterion) c).mask(),
        Criteria::matchSctpDst,
        Criteria::matchSctpDstMasked);
    number(
        19,
        1,
        Type.ICMPV4_TYPE,
        c -> ((IcmpTypeCriterion) c).icmpType() & 0xff,
        v -> Criteria.matchIcmpType((short) v));
    number(
        20,
        1,
        Type.ICMPV4_CODE,
        c -> ((IcmpCodeCriterion) c).icmpCode() & 0xff,
        v -> Criteria.matchIcmpCode((short) v));
    number(
        29,
        1,
        Type.ICMPV6_TYPE,
        c -> ((Icmpv6TypeCriterion) c).icmpv6Type() & 0xff,
        v -> Criteria.matchIcmpv6Type((short) v));
    number(
        30,
        1,
        Type.ICMPV6_CODE,
        c -> ((Icmpv6CodeCriterion) c).icmpv6Code() & 0xff,
        v -> Criteria.matchIcmpv6Code((short) v));
  }

  private void neighbours() {
    number(
        21, 2, Type.ARP_OP, c -> ((ArpOpCriterion) c).arpOp(), v -> Criteria.matchArpOp((int) v));
    add(
        22,
        Type.ARP_SPA,
        c -> Bytes.of(((ArpPaCriterion) c).ip().toOctets()),
        v -> Criteria.matchArpSpa(Ip4Address.valueOf(v.toArray())));
    add(
        23,
        Type.ARP_TPA,
        c -> Bytes.of(((ArpPaCriterion) c).ip().toOctets()),
        v -> Criteria.matchArpTpa(Ip4Address.valueOf(v.toArray())));
    add(
        24,
        Type.ARP_SHA,
        c -> Bytes.of(((ArpHaCriterion) c).mac().toBytes()),
        v -> Criteria.matchArpSha(MacAddress.valueOf(v.toArray())));
    add(
        25,
        Type.ARP_THA,
        c -> Bytes.of(((ArpHaCriterion) c).mac().toBytes()),
        v -> Criteria.matchArpTha(MacAddress.valueOf(v.toArray())));
    add(
        31,
        Type.IPV6_ND_TARGET,
        c -> Bytes.of(((IPv6NDTargetAddressCriterion) c).targetAddress().toOctets()),
        v -> Criteria.matchIPv6NDTargetAddress(Ip6Address.valueOf(v.toArray())));
    add(
        32,
        Type.IPV6_ND_SLL,
        c -> Bytes.of(((IPv6NDLinkLayerAddressCriterion) c).mac().toBytes()),
        v -> Criteria.matchIPv6NDSourceLinkLayerAddress(MacAddress.valueOf(v.toArray())));
    add(
        33,
        Type.IPV6_ND_TLL,
        c -> Bytes.of(((IPv6NDLinkLayerAddressCriterion) c).mac().toBytes()),
        v -> Criteria.matchIPv6NDTargetLinkLayerAddress(MacAddress.valueOf(v.toArray())));
  }

  private void labels() {
    number(
        34,
        4,
        Type.MPLS_LABEL,
        c -> ((MplsCriterion) c).label().toInt(),
        v -> Criteria.matchMplsLabel(MplsLabel.mplsLabel((int) v)));
    number(
        35, 1, Type.MPLS_TC, c -> ((MplsTcCriterion) c).tc(), v -> Criteria.matchMplsTc((byte) v));
    number(
        36,
        1,
        Type.MPLS_BOS,
        c -> ((MplsBosCriterion) c).mplsBos() ? 1 : 0,
        v -> Criteria.matchMplsBos(v != 0));
    number(
        37,
        3,
        Type.PBB_ISID,
        c -> ((PbbIsidCriterion) c).pbbIsid(),
        v -> Criteria.matchPbbIsid((int) v));
  }

  private interface Exact {
    Criterion of(Bytes value);
  }

  private interface MaskedMac {
    Criterion of(MacAddress value, MacAddress mask);
  }

  private interface MaskedPort {
    Criterion of(TpPort value, TpPort mask);
  }

  private interface Part<T> {
    T of(Criterion criterion);
  }

  private void add(MatchFieldMapping mapping, Type... types) {
    for (Type type : types) {
      byType.put(type, mapping);
    }
    byField.put(mapping.field(), mapping);
  }

  /** A field that ONOS can only match exactly. */
  private void add(int field, Type type, MatchFieldMapping.ValueOf valueOf, Exact exact) {
    add(
        new MatchFieldMapping(
            field,
            valueOf,
            c -> Optional.empty(),
            (value, mask) -> mask.isPresent() ? Optional.empty() : Optional.of(exact.of(value))),
        type);
  }

  private void number(
      int field,
      int length,
      Type type,
      ToLongFunction<Criterion> get,
      LongFunction<Criterion> make) {
    add(field, type, c -> Oxm.number(get.applyAsLong(c), length), v -> make.apply(v.toLong()));
  }

  private void mac(
      int field,
      Type exactType,
      Type maskedType,
      java.util.function.Function<MacAddress, Criterion> exact,
      MaskedMac masked) {
    add(
        new MatchFieldMapping(
            field,
            c -> Bytes.of(((EthCriterion) c).mac().toBytes()),
            c -> Optional.ofNullable(((EthCriterion) c).mask()).map(m -> Bytes.of(m.toBytes())),
            (value, mask) -> {
              MacAddress address = MacAddress.valueOf(value.toArray());
              return Optional.of(
                  mask.isPresent()
                      ? masked.of(address, MacAddress.valueOf(mask.get().toArray()))
                      : exact.apply(address));
            }),
        exactType,
        maskedType);
  }

  private void port(
      int field,
      Type exactType,
      Type maskedType,
      Part<TpPort> port,
      Part<TpPort> portMask,
      java.util.function.Function<TpPort, Criterion> exact,
      MaskedPort masked) {
    add(
        new MatchFieldMapping(
            field,
            c -> Oxm.number(port.of(c).toInt(), 2),
            c -> Optional.ofNullable(portMask.of(c)).map(m -> Oxm.number(m.toInt(), 2)),
            (value, mask) -> {
              TpPort number = TpPort.tpPort((int) value.toLong());
              return Optional.of(
                  mask.isPresent()
                      ? masked.of(number, TpPort.tpPort((int) mask.get().toLong()))
                      : exact.apply(number));
            }),
        exactType,
        maskedType);
  }

  private void prefix(
      int field,
      Type type,
      IpAddress.Version version,
      java.util.function.Function<IpPrefix, Criterion> make) {
    int bits = IpAddress.byteLength(version) * Byte.SIZE;
    add(
        new MatchFieldMapping(
            field,
            c -> {
              IpPrefix prefix = ((IPCriterion) c).ip();
              if (prefix.version() != version) {
                throw new UnsupportedRuleException(type + " " + prefix + ": not " + version);
              }
              return Bytes.of(prefix.address().toOctets());
            },
            c ->
                Optional.of(
                    Bytes.of(
                        IpAddress.makeMaskPrefix(version, ((IPCriterion) c).ip().prefixLength())
                            .toOctets())),
            (value, mask) -> {
              int length = mask.map(MatchFieldMappings::leadingOnes).orElse(bits);
              return length < 0
                  ? Optional.empty()
                  : Optional.of(make.apply(IpPrefix.valueOf(version, value.toArray(), length)));
            }),
        type);
  }

  /** The length of the prefix that the mask is, or -1 if it has gaps. */
  private static int leadingOnes(Bytes mask) {
    int length = 0;
    while (length < mask.length() * Byte.SIZE && bit(mask, length)) {
      length++;
    }
    for (int i = length; i < mask.length() * Byte.SIZE; i++) {
      if (bit(mask, i)) {
        return -1;
      }
    }
    return length;
  }

  private static boolean bit(Bytes mask, int index) {
    return (mask.at(index / Byte.SIZE) >> (Byte.SIZE - 1 - index % Byte.SIZE) & 1) != 0;
  }
}
