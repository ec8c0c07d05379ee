/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.openflow.provider;

import java.util.Optional;
import org.onlab.packet.EthType;
import org.onlab.packet.Ip4Address;
import org.onlab.packet.Ip6Address;
import org.onlab.packet.IpAddress;
import org.onlab.packet.MacAddress;
import org.onlab.packet.MplsLabel;
import org.onlab.packet.VlanId;
import org.onosproject.net.flow.criteria.ArpHaCriterion;
import org.onosproject.net.flow.criteria.ArpOpCriterion;
import org.onosproject.net.flow.criteria.ArpPaCriterion;
import org.onosproject.net.flow.criteria.Criteria;
import org.onosproject.net.flow.criteria.Criterion.Type;
import org.onosproject.net.flow.criteria.EthTypeCriterion;
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

  private static final MatchFieldTable TABLE = new MatchFieldTable();

  static {
    layer2();
    vlan();
    layer3();
    transport();
    icmp();
    neighbours();
    labels();
  }

  private MatchFieldMappings() {}

  static Optional<MatchFieldMapping> of(Type type) {
    return TABLE.byType(type);
  }

  /** By OXM field number of class 0x8000. */
  static Optional<MatchFieldMapping> of(int field) {
    return TABLE.byField(field);
  }

  private static void layer2() {
    TABLE.add(
        0,
        Type.IN_PORT,
        c -> Oxm.number(Ports.toWire(((PortCriterion) c).port()), 4),
        v -> Criteria.matchInPort(Ports.toOnos((int) v.toLong())));
    TABLE.add(
        1,
        Type.IN_PHY_PORT,
        c -> Oxm.number(Ports.toWire(((PortCriterion) c).port()), 4),
        v -> Criteria.matchInPhyPort(Ports.toOnos((int) v.toLong())));
    TABLE.number(
        2, 8, Type.METADATA, c -> ((MetadataCriterion) c).metadata(), Criteria::matchMetadata);
    TABLE.mac(
        3, Type.ETH_DST, Type.ETH_DST_MASKED, Criteria::matchEthDst, Criteria::matchEthDstMasked);
    TABLE.mac(
        4, Type.ETH_SRC, Type.ETH_SRC_MASKED, Criteria::matchEthSrc, Criteria::matchEthSrcMasked);
    TABLE.number(
        5,
        2,
        Type.ETH_TYPE,
        c -> ((EthTypeCriterion) c).ethType().toShort() & 0xffff,
        v -> Criteria.matchEthType(new EthType((int) v)));
    TABLE.number(
        7,
        1,
        Type.VLAN_PCP,
        c -> ((VlanPcpCriterion) c).priority(),
        v -> Criteria.matchVlanPcp((byte) v));
    TABLE.number(
        38, 8, Type.TUNNEL_ID, c -> ((TunnelIdCriterion) c).tunnelId(), Criteria::matchTunnelId);
  }

  /** OFPVID_NONE is 0; a tagged frame has bit 12 set (section 7.2.3.7). */
  private static void vlan() {
    TABLE.add(
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

  private static void layer3() {
    TABLE.number(
        8,
        1,
        Type.IP_DSCP,
        c -> ((IPDscpCriterion) c).ipDscp(),
        v -> Criteria.matchIPDscp((byte) v));
    TABLE.number(
        9, 1, Type.IP_ECN, c -> ((IPEcnCriterion) c).ipEcn(), v -> Criteria.matchIPEcn((byte) v));
    TABLE.number(
        10,
        1,
        Type.IP_PROTO,
        c -> ((IPProtocolCriterion) c).protocol() & 0xff,
        v -> Criteria.matchIPProtocol((short) v));
    TABLE.prefix(11, Type.IPV4_SRC, IpAddress.Version.INET, Criteria::matchIPSrc);
    TABLE.prefix(12, Type.IPV4_DST, IpAddress.Version.INET, Criteria::matchIPDst);
    TABLE.prefix(26, Type.IPV6_SRC, IpAddress.Version.INET6, Criteria::matchIPv6Src);
    TABLE.prefix(27, Type.IPV6_DST, IpAddress.Version.INET6, Criteria::matchIPv6Dst);
    TABLE.number(
        28,
        4,
        Type.IPV6_FLABEL,
        c -> ((IPv6FlowLabelCriterion) c).flowLabel(),
        v -> Criteria.matchIPv6FlowLabel((int) v));
    TABLE.number(
        39,
        2,
        Type.IPV6_EXTHDR,
        c -> ((IPv6ExthdrFlagsCriterion) c).exthdrFlags(),
        v -> Criteria.matchIPv6ExthdrFlags((int) v));
  }

  private static void transport() {
    TABLE.port(
        13,
        Type.TCP_SRC,
        Type.TCP_SRC_MASKED,
        c -> ((TcpPortCriterion) c).tcpPort(),
        c -> ((TcpPortCriterion) c).mask(),
        Criteria::matchTcpSrc,
        Criteria::matchTcpSrcMasked);
    TABLE.port(
        14,
        Type.TCP_DST,
        Type.TCP_DST_MASKED,
        c -> ((TcpPortCriterion) c).tcpPort(),
        c -> ((TcpPortCriterion) c).mask(),
        Criteria::matchTcpDst,
        Criteria::matchTcpDstMasked);
    TABLE.port(
        15,
        Type.UDP_SRC,
        Type.UDP_SRC_MASKED,
        c -> ((UdpPortCriterion) c).udpPort(),
        c -> ((UdpPortCriterion) c).mask(),
        Criteria::matchUdpSrc,
        Criteria::matchUdpSrcMasked);
    TABLE.port(
        16,
        Type.UDP_DST,
        Type.UDP_DST_MASKED,
        c -> ((UdpPortCriterion) c).udpPort(),
        c -> ((UdpPortCriterion) c).mask(),
        Criteria::matchUdpDst,
        Criteria::matchUdpDstMasked);
    TABLE.port(
        17,
        Type.SCTP_SRC,
        Type.SCTP_SRC_MASKED,
        c -> ((SctpPortCriterion) c).sctpPort(),
        c -> ((SctpPortCriterion) c).mask(),
        Criteria::matchSctpSrc,
        Criteria::matchSctpSrcMasked);
    TABLE.port(
        18,
        Type.SCTP_DST,
        Type.SCTP_DST_MASKED,
        c -> ((SctpPortCriterion) c).sctpPort(),
        c -> ((SctpPortCriterion) c).mask(),
        Criteria::matchSctpDst,
        Criteria::matchSctpDstMasked);
  }

  private static void icmp() {
    TABLE.number(
        19,
        1,
        Type.ICMPV4_TYPE,
        c -> ((IcmpTypeCriterion) c).icmpType() & 0xff,
        v -> Criteria.matchIcmpType((short) v));
    TABLE.number(
        20,
        1,
        Type.ICMPV4_CODE,
        c -> ((IcmpCodeCriterion) c).icmpCode() & 0xff,
        v -> Criteria.matchIcmpCode((short) v));
    TABLE.number(
        29,
        1,
        Type.ICMPV6_TYPE,
        c -> ((Icmpv6TypeCriterion) c).icmpv6Type() & 0xff,
        v -> Criteria.matchIcmpv6Type((short) v));
    TABLE.number(
        30,
        1,
        Type.ICMPV6_CODE,
        c -> ((Icmpv6CodeCriterion) c).icmpv6Code() & 0xff,
        v -> Criteria.matchIcmpv6Code((short) v));
  }

  private static void neighbours() {
    TABLE.number(
        21, 2, Type.ARP_OP, c -> ((ArpOpCriterion) c).arpOp(), v -> Criteria.matchArpOp((int) v));
    TABLE.add(
        22,
        Type.ARP_SPA,
        c -> Bytes.of(((ArpPaCriterion) c).ip().toOctets()),
        v -> Criteria.matchArpSpa(Ip4Address.valueOf(v.toArray())));
    TABLE.add(
        23,
        Type.ARP_TPA,
        c -> Bytes.of(((ArpPaCriterion) c).ip().toOctets()),
        v -> Criteria.matchArpTpa(Ip4Address.valueOf(v.toArray())));
    TABLE.add(
        24,
        Type.ARP_SHA,
        c -> Bytes.of(((ArpHaCriterion) c).mac().toBytes()),
        v -> Criteria.matchArpSha(MacAddress.valueOf(v.toArray())));
    TABLE.add(
        25,
        Type.ARP_THA,
        c -> Bytes.of(((ArpHaCriterion) c).mac().toBytes()),
        v -> Criteria.matchArpTha(MacAddress.valueOf(v.toArray())));
    TABLE.add(
        31,
        Type.IPV6_ND_TARGET,
        c -> Bytes.of(((IPv6NDTargetAddressCriterion) c).targetAddress().toOctets()),
        v -> Criteria.matchIPv6NDTargetAddress(Ip6Address.valueOf(v.toArray())));
    TABLE.add(
        32,
        Type.IPV6_ND_SLL,
        c -> Bytes.of(((IPv6NDLinkLayerAddressCriterion) c).mac().toBytes()),
        v -> Criteria.matchIPv6NDSourceLinkLayerAddress(MacAddress.valueOf(v.toArray())));
    TABLE.add(
        33,
        Type.IPV6_ND_TLL,
        c -> Bytes.of(((IPv6NDLinkLayerAddressCriterion) c).mac().toBytes()),
        v -> Criteria.matchIPv6NDTargetLinkLayerAddress(MacAddress.valueOf(v.toArray())));
  }

  private static void labels() {
    TABLE.number(
        34,
        4,
        Type.MPLS_LABEL,
        c -> ((MplsCriterion) c).label().toInt(),
        v -> Criteria.matchMplsLabel(MplsLabel.mplsLabel((int) v)));
    TABLE.number(
        35, 1, Type.MPLS_TC, c -> ((MplsTcCriterion) c).tc(), v -> Criteria.matchMplsTc((byte) v));
    TABLE.number(
        36,
        1,
        Type.MPLS_BOS,
        c -> ((MplsBosCriterion) c).mplsBos() ? 1 : 0,
        v -> Criteria.matchMplsBos(v != 0));
    TABLE.number(
        37,
        3,
        Type.PBB_ISID,
        c -> ((PbbIsidCriterion) c).pbbIsid(),
        v -> Criteria.matchPbbIsid((int) v));
  }
}
