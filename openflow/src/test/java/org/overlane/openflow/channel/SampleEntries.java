/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.openflow.channel;

import static org.projectfloodlight.openflow.protocol.match.MatchField.*;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.net.InetAddresses;
import java.net.Inet6Address;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.overlane.openflow.codec.ExtraOxms;
import org.overlane.openflow.codec.NiciraActions;
import org.overlane.openflow.codec.RawMatch;
import org.projectfloodlight.openflow.protocol.OFBucket;
import org.projectfloodlight.openflow.protocol.OFFactories;
import org.projectfloodlight.openflow.protocol.OFFactory;
import org.projectfloodlight.openflow.protocol.OFFlowAdd;
import org.projectfloodlight.openflow.protocol.OFFlowModFlags;
import org.projectfloodlight.openflow.protocol.OFGroupAdd;
import org.projectfloodlight.openflow.protocol.OFGroupType;
import org.projectfloodlight.openflow.protocol.OFMeterFlags;
import org.projectfloodlight.openflow.protocol.OFMeterMod;
import org.projectfloodlight.openflow.protocol.OFMeterModCommand;
import org.projectfloodlight.openflow.protocol.OFVersion;
import org.projectfloodlight.openflow.protocol.action.OFAction;
import org.projectfloodlight.openflow.protocol.instruction.OFInstruction;
import org.projectfloodlight.openflow.protocol.match.Match;
import org.projectfloodlight.openflow.types.ArpOpcode;
import org.projectfloodlight.openflow.types.EthType;
import org.projectfloodlight.openflow.types.ICMPv4Type;
import org.projectfloodlight.openflow.types.IPv4Address;
import org.projectfloodlight.openflow.types.IPv6Address;
import org.projectfloodlight.openflow.types.IpDscp;
import org.projectfloodlight.openflow.types.IpProtocol;
import org.projectfloodlight.openflow.types.MacAddress;
import org.projectfloodlight.openflow.types.OFGroup;
import org.projectfloodlight.openflow.types.OFMetadata;
import org.projectfloodlight.openflow.types.OFPort;
import org.projectfloodlight.openflow.types.OFVlanVidMatch;
import org.projectfloodlight.openflow.types.TableId;
import org.projectfloodlight.openflow.types.TransportPort;
import org.projectfloodlight.openflow.types.U32;
import org.projectfloodlight.openflow.types.U64;
import org.projectfloodlight.openflow.types.U8;

/** Entries of every shape that the pipelines use, and the neighbours of those shapes, by name. */
final class SampleEntries {

  static final OFFactory OF = OFFactories.getFactory(OFVersion.OF_13);
  static final int GROUP = 7;
  static final int METER = 9;

  private final Map<String, OFFlowAdd> entries = new LinkedHashMap<>();

  private SampleEntries() {}

  static ImmutableMap<String, OFFlowAdd> all() {
    SampleEntries samples = new SampleEntries();
    samples.underlay();
    samples.overlay();
    samples.extensions();
    samples.neighbours();
    return ImmutableMap.copyOf(samples.entries);
  }

  private void add(String name, Match match, OFInstruction... instructions) {
    entries.put(name, entry(entries.size(), match, instructions).build());
  }

  static OFFlowAdd.Builder entry(int number, Match match, OFInstruction... instructions) {
    return OF.buildFlowAdd()
        .setTableId(TableId.of(number % 60))
        .setPriority(100 + number)
        .setCookie(U64.of(0x00c8_0100_0000_0000L | number))
        .setMatch(match)
        .setInstructions(ImmutableList.copyOf(instructions));
  }

  static OFInstruction apply(OFAction... actions) {
    return OF.instructions().applyActions(ImmutableList.copyOf(actions));
  }

  static OFAction output(OFPort port, int maxLength) {
    return OF.actions().buildOutput().setPort(port).setMaxLen(maxLength).build();
  }

  static OFAction output(int port) {
    return output(OFPort.of(port), 0);
  }

  static OFInstruction gotoTable(int table) {
    return OF.instructions().gotoTable(TableId.of(table));
  }

  private static Match.Builder match() {
    return OF.buildMatch();
  }

  private static Match ipv4() {
    return match().setExact(ETH_TYPE, EthType.IPv4).build();
  }

  private static Inet6Address v6(String address) {
    return (Inet6Address) InetAddresses.forString(address);
  }

  private void underlay() {
    add("drop", match().build());
    add("from the controller", match().setExact(IN_PORT, OFPort.CONTROLLER).build(), gotoTable(61));
    add("bypass", match().setExact(IN_PORT, OFPort.LOCAL).build(), apply(output(1)));
    add(
        "receive IPv4",
        match()
            .setExact(IN_PORT, OFPort.of(1))
            .setExact(ETH_TYPE, EthType.IPv4)
            .setExact(IP_PROTO, IpProtocol.UDP)
            .setExact(IPV4_DST, IPv4Address.of("192.0.2.1"))
            .build(),
        apply(output(OFPort.LOCAL, 0)));
    add(
        "receive IPv6",
        match()
            .setExact(IN_PORT, OFPort.of(1))
            .setExact(ETH_TYPE, EthType.IPv6)
            .setExact(IPV6_DST, IPv6Address.of("2001:db8::1"))
            .build(),
        apply(output(2)));
    add(
        "multicast",
        match()
            .setExact(IN_PORT, OFPort.of(1))
            .setMasked(
                ETH_DST, MacAddress.of("01:00:00:00:00:00"), MacAddress.of("01:00:00:00:00:00"))
            .build(),
        apply(output(3)));
  }

  private void overlay() {
    add(
        "ingress",
        match()
            .setExact(IN_PORT, OFPort.of(5))
            .setExact(ETH_SRC, MacAddress.of(0x020000000101L))
            .build(),
        apply(OF.actions().setField(OF.oxms().tunnelId(U64.of(100)))),
        gotoTable(61));
    add(
        "metadata",
        match().setExact(IN_PORT, OFPort.of(6)).build(),
        OF.instructions().writeMetadata(U64.of(0x64), U64.of(0xffffff)),
        gotoTable(61));
    add(
        "match metadata",
        match()
            .setMasked(METADATA, OFMetadata.ofRaw(0x64), OFMetadata.ofRaw(0xffffff))
            .setExact(ETH_DST, MacAddress.of(0x020000000102L))
            .build(),
        apply(output(6)));
    add(
        "head-end list",
        match().setExact(TUNNEL_ID, U64.of(100)).build(),
        apply(
            output(5),
            OF.actions().setField(OF.oxms().tunnelIpv4Dst(IPv4Address.of("192.0.2.2"))),
            output(10),
            OF.actions().setField(OF.oxms().tunnelIpv4Dst(IPv4Address.of("192.0.2.3"))),
            output(10)));
    add(
        "group",
        match().setExact(TUNNEL_ID, U64.of(101)).build(),
        apply(OF.actions().group(OFGroup.of(GROUP))));
    add(
        "metered to the controller",
        match().setExact(TUNNEL_ID, U64.of(102)).build(),
        OF.instructions().meter(METER),
        apply(output(OFPort.CONTROLLER, 128)));
    add(
        "whole packet to the controller, then on",
        match().setExact(TUNNEL_ID, U64.of(103)).build(),
        apply(output(OFPort.CONTROLLER, 0xffff)),
        gotoTable(62));
    add(
        "tunnel to an IPv6 remote",
        match().setMasked(TUNNEL_ID, U64.of(0x100), U64.of(0xff00)).build(),
        apply(NiciraActions.setField(ExtraOxms.tunnelIpv6Dst(v6("2001:db8::2"))), output(10)));
    add(
        "tunnel source and destination",
        match().setExact(TUNNEL_IPV4_DST, IPv4Address.of("192.0.2.9")).build(),
        apply(
            OF.actions().setField(OF.oxms().tunnelIpv4Src(IPv4Address.of("192.0.2.1"))),
            NiciraActions.setField(ExtraOxms.tunnelIpv6Src(v6("2001:db8::1"))),
            output(10)));
  }

  private void extensions() {
    add(
        "size check",
        match().setExact(TUNNEL_ID, U64.of(104)).build(),
        apply(NiciraActions.checkPktLarger(1464, 15, 31)),
        gotoTable(63));
    add(
        "set register",
        match().setExact(IN_PORT, OFPort.of(7)).build(),
        apply(NiciraActions.loadRegister(9, 77, 0xffffffffL)));
    add(
        "load part",
        match().setExact(IN_PORT, OFPort.of(8)).build(),
        apply(NiciraActions.loadRegister(1, 0x300, 0xff00), output(1)));
    add(
        "load bit",
        match().setExact(IN_PORT, OFPort.of(9)).build(),
        apply(NiciraActions.loadRegister(15, 0x80000000L, 0x80000000L)));
    add(
        "match registers",
        RawMatch.of(
            match().setExact(REG0, U32.of(5)).build(),
            ImmutableList.of(
                ExtraOxms.register(7, 0x10, 0xf0),
                ExtraOxms.register(15, 1, 1),
                ExtraOxms.register(8, 12))),
        apply(output(1)));
    add(
        "any fragment",
        RawMatch.of(ipv4(), ImmutableList.of(ExtraOxms.nwFrag(1, 1))),
        apply(output(1)));
    add(
        "later fragment",
        RawMatch.of(ipv4(), ImmutableList.of(ExtraOxms.nwFrag(3, 3))),
        apply(output(1)));
    add(
        "no later fragment",
        RawMatch.of(ipv4(), ImmutableList.of(ExtraOxms.nwFrag(0, 2))),
        apply(output(1)));
    Match tcp = match().setExact(ETH_TYPE, EthType.IPv6).setExact(IP_PROTO, IpProtocol.TCP).build();
    add("SYN", RawMatch.of(tcp, ImmutableList.of(ExtraOxms.tcpFlags(2, 6))), apply(output(1)));
    add(
        "exact flags",
        RawMatch.of(tcp, ImmutableList.of(ExtraOxms.tcpFlags(0x12, 0xfff))),
        apply(output(1)));
  }

  private void neighbours() {
    add(
        "prefix",
        match()
            .setExact(ETH_TYPE, EthType.IPv4)
            .setMasked(IPV4_SRC, IPv4Address.of("10.1.0.0"), IPv4Address.of("255.255.0.0"))
            .setMasked(IPV4_DST, IPv4Address.of("10.1.2.3"), IPv4Address.of("255.255.255.255"))
            .build(),
        apply(output(OFPort.IN_PORT, 77)));
    add(
        "VLAN",
        match().setExact(VLAN_VID, OFVlanVidMatch.ofVlan(12)).build(),
        apply(
            OF.actions().popVlan(),
            OF.actions().pushVlan(EthType.VLAN_FRAME),
            OF.actions().setField(OF.oxms().vlanVid(OFVlanVidMatch.ofVlan(13))),
            output(1)));
    add(
        "any VLAN",
        match().setMasked(VLAN_VID, OFVlanVidMatch.PRESENT, OFVlanVidMatch.PRESENT).build(),
        apply(output(OFPort.FLOOD, 0)));
    add(
        "ARP",
        match()
            .setExact(ETH_TYPE, EthType.ARP)
            .setExact(ARP_OP, ArpOpcode.REQUEST)
            .setExact(ARP_TPA, IPv4Address.of("10.0.0.1"))
            .build(),
        apply(
            OF.actions().setField(OF.oxms().arpOp(ArpOpcode.REPLY)),
            OF.actions().setField(OF.oxms().arpSha(MacAddress.of(0x020000000101L))),
            output(OFPort.IN_PORT, 0)));
    add(
        "neighbour solicitation",
        match()
            .setExact(ETH_TYPE, EthType.IPv6)
            .setExact(IP_PROTO, IpProtocol.IPv6_ICMP)
            .setExact(ICMPV6_TYPE, U8.of((short) 135))
            .setExact(IPV6_ND_TARGET, IPv6Address.of("2001:db8::5"))
            .build(),
        apply(output(OFPort.CONTROLLER, 0xffff)));
    add(
        "ICMP",
        match()
            .setExact(ETH_TYPE, EthType.IPv4)
            .setExact(IP_PROTO, IpProtocol.ICMP)
            .setExact(ICMPV4_TYPE, ICMPv4Type.ECHO)
            .build(),
        apply(OF.actions().decNwTtl(), output(1)));
    add(
        "DSCP and ports",
        match()
            .setExact(ETH_TYPE, EthType.IPv4)
            .setExact(IP_PROTO, IpProtocol.UDP)
            .setExact(IP_DSCP, IpDscp.DSCP_10)
            .setExact(UDP_DST, TransportPort.of(4789))
            .build(),
        apply(OF.actions().setField(OF.oxms().udpSrc(TransportPort.of(1000))), output(1)));
    add(
        "action set",
        match().setExact(IN_PORT, OFPort.of(11)).build(),
        OF.instructions().clearActions(),
        OF.instructions()
            .writeActions(
                ImmutableList.of(
                    OF.actions().setField(OF.oxms().ethSrc(MacAddress.of(0x020000000109L))),
                    output(2))),
        gotoTable(63));
    add("no actions", match().setExact(IN_PORT, OFPort.of(12)).build(), apply(), gotoTable(63));
    entries.put(
        "flags",
        entry(entries.size(), match().setExact(IN_PORT, OFPort.of(13)).build(), apply(output(1)))
            .setFlags(ImmutableSet.of(OFFlowModFlags.SEND_FLOW_REM, OFFlowModFlags.NO_BYT_COUNTS))
            .build());
  }

  /** The group that an entry refers to. */
  static OFGroupAdd group(OFAction... more) {
    ImmutableList.Builder<OFBucket> buckets = ImmutableList.builder();
    for (List<OFAction> actions :
        ImmutableList.of(
            ImmutableList.of(output(5)),
            ImmutableList.<OFAction>builder()
                .add(OF.actions().setField(OF.oxms().tunnelIpv4Dst(IPv4Address.of("192.0.2.2"))))
                .add(output(10))
                .add(more)
                .build())) {
      buckets.add(
          OF.buildBucket()
              .setWatchPort(OFPort.ANY)
              .setWatchGroup(OFGroup.ANY)
              .setActions(actions)
              .build());
    }
    return OF.buildGroupAdd()
        .setGroup(OFGroup.of(GROUP))
        .setGroupType(OFGroupType.ALL)
        .setBuckets(buckets.build())
        .build();
  }

  /** The meter that an entry refers to, in packets a second. */
  static OFMeterMod meter(int rate) {
    return OF.buildMeterMod()
        .setCommand(OFMeterModCommand.ADD)
        .setMeterId(METER)
        .setFlags(ImmutableSet.of(OFMeterFlags.PKTPS, OFMeterFlags.STATS))
        .setMeters(
            ImmutableList.of(
                OF.meterBands().buildDrop().setRate(rate).setBurstSize(rate / 2).build()))
        .build();
  }
}
