/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.openflow.provider;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import org.onlab.packet.EthType;
import org.onlab.packet.Ip4Address;
import org.onlab.packet.Ip6Address;
import org.onlab.packet.IpAddress;
import org.onlab.packet.IpPrefix;
import org.onlab.packet.MacAddress;
import org.onlab.packet.MplsLabel;
import org.onlab.packet.TpPort;
import org.onlab.packet.VlanId;
import org.onosproject.core.GroupId;
import org.onosproject.net.DeviceId;
import org.onosproject.net.PortNumber;
import org.onosproject.net.flow.DefaultFlowRule;
import org.onosproject.net.flow.DefaultTrafficSelector;
import org.onosproject.net.flow.DefaultTrafficTreatment;
import org.onosproject.net.flow.FlowRule;
import org.onosproject.net.flow.TrafficSelector;
import org.onosproject.net.flow.TrafficTreatment;
import org.onosproject.net.flow.criteria.Criteria;
import org.onosproject.net.flow.criteria.Criterion;
import org.onosproject.net.flow.criteria.ExtensionSelector;
import org.onosproject.net.flow.instructions.ExtensionTreatment;
import org.onosproject.net.flow.instructions.Instruction;
import org.onosproject.net.flow.instructions.Instructions;
import org.onosproject.net.meter.MeterId;
import org.overlane.openflow.driver.CheckPktLarger;
import org.overlane.openflow.driver.LoadRegister;
import org.overlane.openflow.driver.MatchNwFrag;
import org.overlane.openflow.driver.MatchRegister;
import org.overlane.openflow.driver.MatchTcpFlags;
import org.overlane.openflow.driver.SetTunnelDst;
import org.overlane.openflow.driver.SetTunnelIpv6Dst;

/** Random flow rules of everything that OpenFlow 1.3 and our extensions can say. */
final class Rules {

  static final DeviceId DEVICE = DeviceId.deviceId("of:0000000000000001");

  private Rules() {}

  static Arbitrary<FlowRule> rules() {
    return Combinators.combine(
            selectors(),
            treatments(),
            Arbitraries.integers().between(0, 65535),
            Arbitraries.integers().between(0, 254),
            Arbitraries.longs())
        .as(
            (selector, treatment, priority, table, cookie) ->
                DefaultFlowRule.builder()
                    .forDevice(DEVICE)
                    .forTable(table)
                    .withPriority(priority)
                    .withCookie(cookie)
                    .withSelector(selector)
                    .withTreatment(treatment)
                    .makePermanent()
                    .build());
  }

  static Arbitrary<TrafficSelector> selectors() {
    return criteria()
        .list()
        .ofMaxSize(12)
        .map(
            list -> {
              TrafficSelector.Builder builder = DefaultTrafficSelector.builder();
              List<Integer> fields = new ArrayList<>();
              for (Criterion criterion : list) {
                // ETH_DST and ETH_DST_MASKED, for example, are one field: a match has it once.
                int field =
                    MatchFieldMappings.of(criterion.type())
                        .map(MatchFieldMapping::field)
                        .orElse(-1);
                if (field < 0 || !fields.contains(field)) {
                  fields.add(field);
                  builder.add(criterion);
                }
              }
              return builder.build();
            });
  }

  static Arbitrary<MacAddress> macs() {
    return Arbitraries.longs().between(0, 0xffffffffffffL).map(MacAddress::valueOf);
  }

  static Arbitrary<Ip4Address> ip4() {
    return Arbitraries.integers().map(Ip4Address::valueOf);
  }

  static Arbitrary<Ip6Address> ip6() {
    return Arbitraries.bytes().array(byte[].class).ofSize(16).map(Ip6Address::valueOf);
  }

  private static Arbitrary<IpPrefix> prefixes(boolean ip4) {
    Arbitrary<IpAddress> addresses =
        ip4 ? ip4().map(a -> (IpAddress) a) : ip6().map(a -> (IpAddress) a);
    int bits = ip4 ? 32 : 128;
    return Combinators.combine(addresses, Arbitraries.integers().between(1, bits))
        .as(IpPrefix::valueOf);
  }

  private static Arbitrary<PortNumber> ports() {
    return Arbitraries.oneOf(
        Arbitraries.longs().between(1, 0xffffff00L).map(PortNumber::portNumber),
        Arbitraries.of(PortNumber.LOCAL));
  }

  private static Arbitrary<TpPort> tpPorts() {
    return Arbitraries.integers().between(0, 65535).map(TpPort::tpPort);
  }

  /** All ones would be an exact match, which has a criterion of its own; all zeros none at all. */
  private static Arbitrary<TpPort> portMasks() {
    return Arbitraries.integers().between(1, 65534).map(TpPort::tpPort);
  }

  private static Arbitrary<Long> numbers(long max) {
    return Arbitraries.longs().between(0, max);
  }

  private static Arbitrary<VlanId> vlans() {
    return Arbitraries.shorts().between((short) 0, (short) 4095).map(VlanId::vlanId);
  }

  static Arbitrary<Criterion> criteria() {
    return Arbitraries.oneOf(layer2(), addresses(), transport(), neighbours(), extensions());
  }

  private static Arbitrary<Criterion> layer2() {
    Arbitrary<MacAddress> masks =
        Arbitraries.longs().between(1, 0xfffffffffffeL).map(MacAddress::valueOf);
    return Arbitraries.oneOf(
        ports().map(Criteria::matchInPort),
        ports().map(Criteria::matchInPhyPort),
        Arbitraries.longs().map(Criteria::matchMetadata),
        macs().map(Criteria::matchEthDst),
        macs().map(Criteria::matchEthSrc),
        Combinators.combine(macs(), masks).as(Criteria::matchEthDstMasked),
        Combinators.combine(macs(), masks).as(Criteria::matchEthSrcMasked),
        numbers(65535).map(n -> Criteria.matchEthType(new EthType(n.intValue()))),
        vlans().map(Criteria::matchVlanId),
        Arbitraries.of(VlanId.NONE, VlanId.ANY).map(Criteria::matchVlanId),
        numbers(7).map(n -> Criteria.matchVlanPcp(n.byteValue())),
        Arbitraries.longs().map(Criteria::matchTunnelId),
        numbers(0xfffff).map(n -> Criteria.matchMplsLabel(MplsLabel.mplsLabel(n.intValue()))),
        numbers(7).map(n -> Criteria.matchMplsTc(n.byteValue())),
        Arbitraries.of(true, false).map(Criteria::matchMplsBos),
        numbers(0xffffff).map(n -> Criteria.matchPbbIsid(n.intValue())));
  }

  private static Arbitrary<Criterion> addresses() {
    return Arbitraries.oneOf(
        numbers(63).map(n -> Criteria.matchIPDscp(n.byteValue())),
        numbers(3).map(n -> Criteria.matchIPEcn(n.byteValue())),
        numbers(255).map(n -> Criteria.matchIPProtocol(n.shortValue())),
        prefixes(true).map(Criteria::matchIPSrc),
        prefixes(true).map(Criteria::matchIPDst),
        prefixes(false).map(Criteria::matchIPv6Src),
        prefixes(false).map(Criteria::matchIPv6Dst),
        numbers(0xfffff).map(n -> Criteria.matchIPv6FlowLabel(n.intValue())),
        numbers(0x1ff).map(n -> Criteria.matchIPv6ExthdrFlags(n.intValue())));
  }

  private static Arbitrary<Criterion> transport() {
    return Arbitraries.oneOf(
        tpPorts().map(Criteria::matchTcpSrc),
        tpPorts().map(Criteria::matchTcpDst),
        tpPorts().map(Criteria::matchUdpSrc),
        tpPorts().map(Criteria::matchUdpDst),
        tpPorts().map(Criteria::matchSctpSrc),
        tpPorts().map(Criteria::matchSctpDst),
        Combinators.combine(tpPorts(), portMasks()).as(Criteria::matchTcpSrcMasked),
        Combinators.combine(tpPorts(), portMasks()).as(Criteria::matchTcpDstMasked),
        Combinators.combine(tpPorts(), portMasks()).as(Criteria::matchUdpSrcMasked),
        Combinators.combine(tpPorts(), portMasks()).as(Criteria::matchUdpDstMasked),
        Combinators.combine(tpPorts(), portMasks()).as(Criteria::matchSctpSrcMasked),
        Combinators.combine(tpPorts(), portMasks()).as(Criteria::matchSctpDstMasked),
        numbers(255).map(n -> Criteria.matchIcmpType(n.shortValue())),
        numbers(255).map(n -> Criteria.matchIcmpCode(n.shortValue())),
        numbers(255).map(n -> Criteria.matchIcmpv6Type(n.shortValue())),
        numbers(255).map(n -> Criteria.matchIcmpv6Code(n.shortValue())));
  }

  private static Arbitrary<Criterion> neighbours() {
    return Arbitraries.oneOf(
        numbers(65535).map(n -> Criteria.matchArpOp(n.intValue())),
        ip4().map(Criteria::matchArpSpa),
        ip4().map(Criteria::matchArpTpa),
        macs().map(Criteria::matchArpSha),
        macs().map(Criteria::matchArpTha),
        ip6().map(Criteria::matchIPv6NDTargetAddress),
        macs().map(Criteria::matchIPv6NDSourceLinkLayerAddress),
        macs().map(Criteria::matchIPv6NDTargetLinkLayerAddress));
  }

  private static Arbitrary<Criterion> extensions() {
    Arbitrary<Long> words = numbers(0xffffffffL);
    return Arbitraries.<ExtensionSelector>oneOf(
            Arbitraries.integers()
                .between(1, 3)
                .flatMap(
                    mask ->
                        Arbitraries.integers()
                            .between(0, 3)
                            .map(value -> new MatchNwFrag(value & mask, mask))),
            Arbitraries.integers()
                .between(1, 0xfff)
                .flatMap(
                    mask ->
                        Arbitraries.integers()
                            .between(0, 0xfff)
                            .map(flags -> new MatchTcpFlags(flags & mask, mask))),
            Combinators.combine(
                    Arbitraries.integers().between(0, 15),
                    words,
                    Arbitraries.longs().between(1, 0xffffffffL))
                .as((register, value, mask) -> new MatchRegister(register, value & mask, mask)))
        .map(extension -> Criteria.extension(extension, DEVICE));
  }

  static Arbitrary<Instruction> actions() {
    return Arbitraries.oneOf(
        outputs(), Arbitraries.oneOf(layer2Actions(), layer3Actions()), extensionActions());
  }

  private static Arbitrary<Instruction> outputs() {
    return Arbitraries.oneOf(
        Arbitraries.longs()
            .between(1, 0xffffff00L)
            .map(n -> Instructions.createOutput(PortNumber.portNumber(n))),
        Arbitraries.of(
                PortNumber.IN_PORT,
                PortNumber.TABLE,
                PortNumber.NORMAL,
                PortNumber.FLOOD,
                PortNumber.ALL,
                PortNumber.CONTROLLER,
                PortNumber.LOCAL)
            .map(Instructions::createOutput),
        numbers(0xffffff00L).map(n -> Instructions.createGroup(new GroupId(n.intValue()))),
        numbers(0xffffffffL).map(n -> Instructions.setQueue(n, null)));
  }

  private static Arbitrary<Instruction> layer2Actions() {
    return Arbitraries.oneOf(
        macs().map(Instructions::modL2Src),
        macs().map(Instructions::modL2Dst),
        vlans().map(Instructions::modVlanId),
        numbers(7).map(n -> Instructions.modVlanPcp(n.byteValue())),
        Arbitraries.of(
            Instructions.pushVlan(),
            Instructions.pushVlan(EthType.EtherType.QINQ.ethType()),
            Instructions.popVlan(),
            Instructions.pushMpls(),
            Instructions.popMpls(),
            Instructions.popMpls(EthType.EtherType.IPV4.ethType()),
            Instructions.decMplsTtl(),
            Instructions.decNwTtl(),
            Instructions.copyTtlIn(),
            Instructions.copyTtlOut()),
        numbers(0xfffff).map(n -> Instructions.modMplsLabel(MplsLabel.mplsLabel(n.intValue()))),
        Arbitraries.of(true, false).map(Instructions::modMplsBos),
        Arbitraries.longs().map(Instructions::modTunnelId));
  }

  private static Arbitrary<Instruction> layer3Actions() {
    return Arbitraries.oneOf(
        ip4().map(Instructions::modL3Src),
        ip4().map(Instructions::modL3Dst),
        ip6().map(Instructions::modL3IPv6Src),
        ip6().map(Instructions::modL3IPv6Dst),
        numbers(0xfffff).map(n -> Instructions.modL3IPv6FlowLabel(n.intValue())),
        ip4().map(Instructions::modArpSpa),
        ip4().map(Instructions::modArpTpa),
        macs().map(Instructions::modArpSha),
        macs().map(Instructions::modArpTha),
        numbers(32767).map(n -> Instructions.modL3ArpOp(n.shortValue())),
        numbers(63).map(n -> Instructions.modIpDscp(n.byteValue())),
        tpPorts().map(Instructions::modTcpSrc),
        tpPorts().map(Instructions::modTcpDst),
        tpPorts().map(Instructions::modUdpSrc),
        tpPorts().map(Instructions::modUdpDst));
  }

  private static Arbitrary<Instruction> extensionActions() {
    Arbitrary<ExtensionTreatment> all =
        Arbitraries.<ExtensionTreatment>oneOf(
            ip4().map(SetTunnelDst::new),
            ip6().map(SetTunnelIpv6Dst::new),
            Combinators.combine(
                    Arbitraries.integers().between(0, 65535),
                    Arbitraries.integers().between(0, 15),
                    Arbitraries.integers().between(0, 31))
                .as(CheckPktLarger::new),
            loads());
    return all.map(extension -> Instructions.extension(extension, DEVICE));
  }

  /** The masks of a load are contiguous. */
  private static Arbitrary<LoadRegister> loads() {
    return Combinators.combine(
            Arbitraries.integers().between(0, 15),
            numbers(0xffffffffL),
            Arbitraries.integers().between(0, 31),
            Arbitraries.integers().between(1, 32))
        .as(
            (register, value, offset, width) -> {
              int bits = Math.min(width, 32 - offset);
              long mask = ((1L << bits) - 1) << offset;
              return new LoadRegister(register, value & mask, mask);
            });
  }

  static Arbitrary<TrafficTreatment> treatments() {
    Arbitrary<List<Instruction>> lists = actions().list().ofMaxSize(6);
    Arbitrary<Integer> kinds = Arbitraries.integers().between(0, 31);
    return Combinators.combine(
            lists,
            lists,
            kinds,
            Arbitraries.integers().between(0, 254),
            Arbitraries.longs(),
            Arbitraries.longs().between(1, 0xffff0000L))
        .as(Rules::treatment);
  }

  private static TrafficTreatment treatment(
      List<Instruction> immediate,
      List<Instruction> deferred,
      int kinds,
      int table,
      long metadata,
      long meter) {
    TrafficTreatment.Builder builder = DefaultTrafficTreatment.builder();
    immediate.forEach(builder::add);
    if ((kinds & 1) != 0) {
      builder.deferred();
      deferred.forEach(builder::add);
    }
    if ((kinds & 2) != 0) {
      builder.wipeDeferred();
    }
    if ((kinds & 4) != 0) {
      builder.transition(table);
    }
    if ((kinds & 8) != 0) {
      builder.writeMetadata(metadata, ~metadata);
    }
    if ((kinds & 16) != 0) {
      builder.meter(MeterId.meterId(meter));
    }
    return builder.build();
  }
}
