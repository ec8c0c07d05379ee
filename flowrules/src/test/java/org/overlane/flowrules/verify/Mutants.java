/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.flowrules.verify;

import static org.overlane.flowrules.verify.Invariant.CLASSIFY_WITHOUT_LAYER4;
import static org.overlane.flowrules.verify.Invariant.CONTROLLER_METERED;
import static org.overlane.flowrules.verify.Invariant.DROPS_COUNTED;
import static org.overlane.flowrules.verify.Invariant.END_TO_END;
import static org.overlane.flowrules.verify.Invariant.FITTING_STAYS;
import static org.overlane.flowrules.verify.Invariant.HOST_RECEIVES;
import static org.overlane.flowrules.verify.Invariant.MANAGEMENT_ISOLATION;
import static org.overlane.flowrules.verify.Invariant.MTU_ADVERTISED;
import static org.overlane.flowrules.verify.Invariant.MULTICAST_DELIVERY;
import static org.overlane.flowrules.verify.Invariant.NO_DEAD_ENTRY;
import static org.overlane.flowrules.verify.Invariant.NO_OVERLAP;
import static org.overlane.flowrules.verify.Invariant.OVERSIZE_DISPOSED;
import static org.overlane.flowrules.verify.Invariant.OWN_SOURCE;
import static org.overlane.flowrules.verify.Invariant.PORT_WITHOUT_PURPOSE;
import static org.overlane.flowrules.verify.Invariant.PROBES_ARRIVE;
import static org.overlane.flowrules.verify.Invariant.RECEIVED_STAYS;
import static org.overlane.flowrules.verify.Invariant.REFERENCES;
import static org.overlane.flowrules.verify.Invariant.SPLIT_HORIZON;
import static org.overlane.flowrules.verify.Invariant.UNICAST_DELIVERY;
import static org.overlane.flowrules.verify.Invariant.VNI_ISOLATION;
import static org.overlane.flowrules.verify.Invariant.VTEP_ONE_ENTRY;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.overlane.flowrules.testing.Scenario;
import org.overlane.flowrules.testing.Scenarios;

/** Everything that could be wrong with tables, one thing each. */
final class Mutants {
  private static final Supplier<Scenario> NATIVE = Scenarios::nativeHostScenario;
  private static final Supplier<Scenario> HOST = Scenarios::managementOsHost;
  private static final Supplier<Scenario> CLAMP = Scenarios::mssClamping;
  private static final Supplier<Scenario> TELL = Scenarios::advertiseMtu;
  private static final Supplier<Scenario> LIMIT = Scenarios::fragmentRate;
  private static final Supplier<Scenario> PLAIN = Scenarios::openflow13Host;
  private static final Supplier<Scenario> PROBES = Scenarios::probing;
  private static final Supplier<Scenario> PORTS = Scenarios::portPerRemoteOnOvs;

  private static final String BYPASS = "in_port=LOCAL";
  private static final String VTEP4 = "nw_dst=192.0.2.1,";
  private static final String FLOOD = "table=30, priority=200,tun_id=0x64,dl_dst=01";
  private static final String REMOTE = "dl_dst=02:00:00:00:00:13";

  private final List<Mutant> mutants = new ArrayList<>();

  private Mutants() {}

  static List<Mutant> all() {
    Mutants mutants = new Mutants();
    mutants.management();
    mutants.vtep();
    mutants.host();
    mutants.tunnelIngress();
    mutants.vmIngress();
    mutants.local();
    mutants.remote();
    mutants.multicast();
    mutants.sizes();
    mutants.meters();
    mutants.clamping();
    mutants.announcements();
    mutants.fragmentRate();
    mutants.probes();
    mutants.structure();
    mutants.groups();
    mutants.portPerRemote();
    mutants.zones();
    return mutants.mutants;
  }

  private Mutant mutant(Supplier<Scenario> scenario, String name) {
    Mutant mutant = new Mutant(name, scenario.get());
    mutants.add(mutant);
    return mutant;
  }

  private void management() {
    mutant(NATIVE, "bypass removed").without(BYPASS).by(MANAGEMENT_ISOLATION);
    mutant(NATIVE, "bypass into the tunnel")
        .in(BYPASS, "output:1", "output:9")
        .by(MANAGEMENT_ISOLATION);
    mutant(NATIVE, "bypass floods into the tunnel")
        .in(BYPASS, "output:1", "output:1,output:9")
        .by(MANAGEMENT_ISOLATION);
    mutant(NATIVE, "bypass floods to a VM")
        .in(BYPASS, "output:1", "output:1,output:11")
        .by(MANAGEMENT_ISOLATION);
    mutant(NATIVE, "bypass sends twice")
        .in(BYPASS, "output:1", "output:1,output:1")
        .by(MANAGEMENT_ISOLATION);
    mutant(NATIVE, "ARP of the host is flooded")
        .with("table=0,priority=450,arp,in_port=LOCAL,actions=output:1,output:9,output:11")
        .by(MANAGEMENT_ISOLATION);
    mutant(NATIVE, "broadcast of the host is dropped")
        .with("table=0,priority=450,in_port=LOCAL,dl_dst=ff:ff:ff:ff:ff:ff,actions=drop")
        .by(MANAGEMENT_ISOLATION);
    mutant(NATIVE, "a lookup takes what the host sends to a VM")
        .with("table=0,priority=450,in_port=LOCAL,dl_dst=02:00:00:00:00:11,actions=output:11")
        .by(MANAGEMENT_ISOLATION);
    mutant(Scenarios::severalUplinks, "bypass by the other uplink")
        .in("in_port=2,", "output:1", "output:3")
        .by(MANAGEMENT_ISOLATION);
    mutant(NATIVE, "bypass rewrites the destination")
        .in(BYPASS, "output:1", "set_field:02:00:00:00:00:99->eth_dst,output:1")
        .by(MANAGEMENT_ISOLATION);
  }

  private void fragmentRate() {
    String fragments = "priority=320,ip,in_port=1";
    mutant(LIMIT, "fragments without the meter")
        .in(fragments, "meter:[0-9]*,", "")
        .by(VTEP_ONE_ENTRY);
    mutant(LIMIT, "no entry for fragments of one uplink")
        .without("priority=320,ip,in_port=3")
        .by(VTEP_ONE_ENTRY);
    mutant(LIMIT, "later fragments are not limited")
        .in(fragments, "nw_frag=yes", "nw_frag=first")
        .by(VTEP_ONE_ENTRY);
    mutant(LIMIT, "fragments to the other management port")
        .in(fragments, "output:2", "output:4")
        .by(VTEP_ONE_ENTRY, HOST_RECEIVES);
    mutant(LIMIT, "whole packets are limited too")
        .in("priority=310,udp,in_port=1", "actions=", "actions=meter:262132,")
        .by(VTEP_ONE_ENTRY);
    mutant(LIMIT, "fragments are dropped")
        .in(fragments, "meter:[0-9]*,output:2", "drop")
        .by(VTEP_ONE_ENTRY);
    mutant(LIMIT, "fragments of one peer pass by the meter")
        .with(
            "table=0,priority=330,ip,in_port=1,nw_src=192.0.2.2,nw_dst=192.0.2.1,nw_frag=yes,"
                + "actions=output:2")
        .by(VTEP_ONE_ENTRY);
  }

  private void announcements() {
    String dhcp = "table=10, priority=200,udp,in_port=11";
    String ra = "table=10, priority=200,icmp6,in_port=11";
    mutant(TELL, "DHCP replies of one port go by").without(dhcp).by(MTU_ADVERTISED);
    mutant(TELL, "DHCP replies go on too")
        .in(dhcp, "CONTROLLER:65535", "CONTROLLER:65535,goto_table:30")
        .by(MTU_ADVERTISED);
    mutant(TELL, "DHCP replies without meter").in(dhcp, "meter:44,", "").by(CONTROLLER_METERED);
    mutant(TELL, "DHCP replies through the meter of another port")
        .in(dhcp, "meter:44,", "meter:48,")
        .by(CONTROLLER_METERED);
    mutant(TELL, "all UDP goes to the controller")
        .in(dhcp, ",udp_src=67,udp_dst=68", "")
        .by(FITTING_STAYS);
    mutant(TELL, "DHCP requests go to the controller")
        .with(
            "table=10,priority=210,udp,in_port=11,tun_id=0x64,udp_src=68,udp_dst=67,"
                + "actions=meter:44,CONTROLLER:65535")
        .by(FITTING_STAYS);
    mutant(TELL, "DHCP replies of a network that does not ask for it")
        .with(
            "table=10,priority=200,udp,in_port=13,tun_id=0xc8,udp_src=67,udp_dst=68,"
                + "actions=meter:52,CONTROLLER:65535")
        .by(FITTING_STAYS);
    mutant(TELL, "router advertisements go by").without(ra).by(MTU_ADVERTISED);
    mutant(TELL, "router advertisements are held back")
        .in(ra, ",goto_table:30", "")
        .by(UNICAST_DELIVERY, MULTICAST_DELIVERY);
    mutant(TELL, "router advertisements without meter")
        .in(ra, "meter:44,", "")
        .by(CONTROLLER_METERED);
    mutant(TELL, "router advertisements through the meter of another purpose")
        .in(ra, "meter:44,", "meter:45,")
        .by(CONTROLLER_METERED);
    mutant(TELL, "router advertisements twice to the controller")
        .in(ra, "CONTROLLER:65535", "CONTROLLER:65535,CONTROLLER:65535")
        .by(FITTING_STAYS);
    mutant(TELL, "all ICMPv6 goes to the controller")
        .in(ra, ",icmpv6_type=134", "")
        .by(FITTING_STAYS);
    mutant(TELL, "what a tunnel brings is looked at as well")
        .with(
            "table=20,priority=210,udp,tun_id=0x64,udp_src=67,udp_dst=68,"
                + "actions=meter:44,CONTROLLER:65535")
        .by(RECEIVED_STAYS);
  }

  private void vtep() {
    mutant(NATIVE, "VTEP entry matches the VXLAN port")
        .in(VTEP4, "nw_dst=192.0.2.1", "nw_dst=192.0.2.1,udp_dst=4789")
        .by(CLASSIFY_WITHOUT_LAYER4, VTEP_ONE_ENTRY);
    mutant(NATIVE, "IPv6 VTEP entry matches the protocol")
        .in("ipv6_dst=2001:db8::1", "ipv6,", "udp6,")
        .by(VTEP_ONE_ENTRY);
    mutant(NATIVE, "VTEP entry wants whole packets")
        .in(VTEP4, "nw_dst=192.0.2.1", "nw_dst=192.0.2.1,nw_frag=no")
        .by(VTEP_ONE_ENTRY);
    mutant(NATIVE, "later fragments have an entry of their own")
        .with("table=0,priority=320,udp,in_port=1,nw_dst=192.0.2.1,nw_frag=later,actions=LOCAL")
        .by(VTEP_ONE_ENTRY);
    mutant(NATIVE, "one peer has an entry of its own")
        .with("table=0,priority=320,udp,in_port=1,nw_src=192.0.2.2,nw_dst=192.0.2.1,actions=LOCAL")
        .by(VTEP_ONE_ENTRY);
    mutant(NATIVE, "fragments go to the controller")
        .with("table=0,priority=320,ip,in_port=1,nw_frag=yes,actions=meter:45,CONTROLLER:65535")
        .by(RECEIVED_STAYS, VTEP_ONE_ENTRY);
    mutant(NATIVE, "VTEP entry removed").without(VTEP4).by(VTEP_ONE_ENTRY);
    mutant(NATIVE, "VTEP packets go to a VM")
        .in(VTEP4, "actions=LOCAL", "actions=output:11")
        .by(VTEP_ONE_ENTRY, HOST_RECEIVES);
    mutant(NATIVE, "VTEP entry of another address")
        .in(VTEP4, "nw_dst=192.0.2.1", "nw_dst=192.0.2.9")
        .by(VTEP_ONE_ENTRY);
    mutant(NATIVE, "port zero, as fragments show it, is dropped")
        .with("table=0,priority=320,udp,in_port=1,udp_dst=0,actions=drop")
        .by(CLASSIFY_WITHOUT_LAYER4, VTEP_ONE_ENTRY);
    mutant(NATIVE, "a transport field at low priority")
        .with("table=0,priority=50,udp,in_port=1,udp_src=53,actions=LOCAL")
        .by(CLASSIFY_WITHOUT_LAYER4);
    mutant(NATIVE, "VTEP entry below host unicast")
        .in("ipv6_dst=2001:db8::1", "priority=310", "priority=299")
        .by(VTEP_ONE_ENTRY);
  }

  private void host() {
    mutant(NATIVE, "host unicast removed").without("priority=300").by(HOST_RECEIVES);
    mutant(NATIVE, "host multicast removed").without("priority=290").by(HOST_RECEIVES);
    mutant(NATIVE, "host multicast to a VM too")
        .in("priority=290", "LOCAL", "LOCAL,output:11")
        .by(HOST_RECEIVES);
    mutant(NATIVE, "uplink to a VM by MAC")
        .with("table=0,priority=295,in_port=1,dl_dst=02:00:00:00:00:11,actions=output:11")
        .by(HOST_RECEIVES);
    mutant(NATIVE, "uplink to the controller")
        .with("table=0,priority=295,in_port=1,arp,actions=meter:45,CONTROLLER:128")
        .by(RECEIVED_STAYS);
    mutant(NATIVE, "host multicast in one half only")
        .in(
            "priority=290",
            "01:00:00:00:00:00/01:00:00:00:00:00",
            "01:00:00:00:00:00/03:00:00:00:00:00")
        .by(HOST_RECEIVES);
    mutant(NATIVE, "what nobody wants goes everywhere")
        .in("table=0, priority=0,", "drop", "output:9")
        .by(HOST_RECEIVES, PORT_WITHOUT_PURPOSE, OWN_SOURCE);
    mutant(NATIVE, "table 0 without miss").without("table=0, priority=0,").by(DROPS_COUNTED);
    mutant(NATIVE, "an unknown port is a VM")
        .with("table=0,priority=200,in_port=77,actions=set_field:0x64->tun_id,goto_table:30")
        .by(PORT_WITHOUT_PURPOSE);
    mutant(NATIVE, "packet-outs are forwarded")
        .with("table=0,priority=500,in_port=CONTROLLER,actions=goto_table:30")
        .by(PORT_WITHOUT_PURPOSE);
  }

  private void tunnelIngress() {
    mutant(NATIVE, "tunnel ingress removed")
        .without("in_port=9,tun_id")
        .by(UNICAST_DELIVERY, MULTICAST_DELIVERY, END_TO_END);
    mutant(NATIVE, "tunnel ingress without VNI")
        .in("in_port=9,tun_id=0x64", "in_port=9,tun_id=0x64", "in_port=9")
        .by(NO_DEAD_ENTRY);
    mutant(CLAMP, "delivery without VNI")
        .in("table=20, priority=200,tun_id=0x64,dl_dst=02:00:00:00:00:11", "tun_id=0x64,", "")
        .by(VNI_ISOLATION);
    mutant(NATIVE, "delivery to the wrong VM")
        .in("table=20, priority=200,tun_id=0x64,dl_dst=02:00:00:00:00:11", "put:11", "put:12")
        .by(UNICAST_DELIVERY, END_TO_END);
    mutant(CLAMP, "delivery to another network")
        .in("table=20, priority=200,tun_id=0x64,dl_dst=02:00:00:00:00:11", "put:11", "put:13")
        .by(VNI_ISOLATION);
    mutant(NATIVE, "delivery removed")
        .without("table=20, priority=200,tun_id=0x64,dl_dst=02:00:00:00:00:11")
        .by(UNICAST_DELIVERY);
    mutant(NATIVE, "tunnel flood misses one")
        .in("table=20, priority=200,tun_id=0x64,dl_dst=01", "output:11,", "")
        .by(MULTICAST_DELIVERY);
    mutant(NATIVE, "tunnel flood reaches one twice")
        .in("table=20, priority=200,tun_id=0x64,dl_dst=01", "put:11,", "put:11,output:11,")
        .by(MULTICAST_DELIVERY);
    mutant(NATIVE, "tunnel flood goes back")
        .in("table=20, priority=200,tun_id=0x64,dl_dst=01", "output:12", "output:12,IN_PORT")
        .by(SPLIT_HORIZON);
    mutant(NATIVE, "tunnel flood reaches the host")
        .in("table=20, priority=200,tun_id=0x64,dl_dst=01", "output:12", "output:12,LOCAL")
        .by(VNI_ISOLATION);
    mutant(NATIVE, "tunnel to the controller")
        .in("table=20, priority=100", "drop", "meter:45,CONTROLLER:65535")
        .by(RECEIVED_STAYS);
    mutant(NATIVE, "unknown VNI is let in")
        .in("priority=100,in_port=9", "drop", "output:11")
        .by(VNI_ISOLATION);
    mutant(CLAMP, "VNI changed at ingress")
        .in("in_port=9,tun_id=0xc8", "goto_table:20", "set_field:0x64->tun_id,goto_table:20")
        .by(VNI_ISOLATION);
    mutant(HOST, "network of the port mistaken")
        .in("in_port=22,", "set_field:0xc8", "set_field:0x64")
        .by(VNI_ISOLATION);
    mutant(HOST, "port of an absent network let in")
        .in("in_port=23,", "drop", "set_field:0x64->tun_id,goto_table:20")
        .by(VNI_ISOLATION);
  }

  private void vmIngress() {
    mutant(NATIVE, "source check dropped")
        .in("in_port=11,dl_src", "in_port=11,dl_src=[0-9a-f:]*", "in_port=11")
        .by(OWN_SOURCE);
    mutant(NATIVE, "source check by vendor only")
        .in("in_port=11,dl_src", "00:11,", "00:00/ff:ff:ff:00:00:00,")
        .by(OWN_SOURCE);
    mutant(NATIVE, "source of another VM")
        .in("in_port=11,dl_src", "00:11,", "00:19,")
        .by(OWN_SOURCE, UNICAST_DELIVERY);
    mutant(CLAMP, "VM in the wrong network")
        .in("in_port=11,dl_src", "set_field:0x64", "set_field:0xc8")
        .by(VNI_ISOLATION);
    mutant(NATIVE, "VM not let in").without("in_port=11,dl_src").by(UNICAST_DELIVERY);
    mutant(NATIVE, "VM straight to the uplink")
        .in("in_port=11,dl_src", "actions=", "actions=output:1,")
        .by(VNI_ISOLATION);
    mutant(PLAIN, "VM in the wrong network, by metadata")
        .in("in_port=11,dl_src", "write_metadata:0x64", "write_metadata:0x65")
        .by(UNICAST_DELIVERY);
  }

  private void local() {
    String lookup = "table=30, priority=200,tun_id=0x64,dl_dst=02:00:00:00:00:11";
    mutant(NATIVE, "local lookup to the wrong port")
        .in(lookup, "output:11", "output:12")
        .by(UNICAST_DELIVERY);
    mutant(NATIVE, "local lookup removed").without(lookup).by(UNICAST_DELIVERY);
    mutant(NATIVE, "local lookup sends twice")
        .in(lookup, "output:11", "output:11,output:11")
        .by(UNICAST_DELIVERY);
    mutant(NATIVE, "local lookup rewrites the destination")
        .in(lookup, "output:11", "set_field:02:00:00:00:00:99->eth_dst,output:11")
        .by(UNICAST_DELIVERY);
    mutant(CLAMP, "local lookup without VNI").in(lookup, "tun_id=0x64,", "").by(VNI_ISOLATION);
    mutant(NATIVE, "a local VM is looked for elsewhere")
        .in(lookup, "output:11", "set_field:192.0.2.2->tun_dst,output:9")
        .by(UNICAST_DELIVERY);
    mutant(NATIVE, "unknown unicast is flooded")
        .in("table=30, priority=100", "drop", "output:11,output:12")
        .by(UNICAST_DELIVERY);
    mutant(NATIVE, "unknown unicast goes into the tunnel")
        .in("table=30, priority=100", "drop", "set_field:192.0.2.2->tun_dst,goto_table:52")
        .by(UNICAST_DELIVERY);
    mutant(NATIVE, "unknown unicast goes to the host")
        .in("table=30, priority=100", "drop", "LOCAL")
        .by(VNI_ISOLATION);
    mutant(NATIVE, "unknown unicast goes to the controller")
        .in("table=30, priority=100", "drop", "meter:45,CONTROLLER:65535")
        .by(FITTING_STAYS);
  }

  private void remote() {
    mutant(NATIVE, "wrong remote").in(REMOTE, "192.0.2.2", "192.0.2.3").by(UNICAST_DELIVERY);
    mutant(NATIVE, "no remote")
        .in(REMOTE, "set_field:192.0.2.2->tun_dst,", "")
        .by(UNICAST_DELIVERY);
    mutant(NATIVE, "remote lookup removed").without(REMOTE).by(UNICAST_DELIVERY);
    mutant(NATIVE, "remote lookup to a local VM too")
        .in(REMOTE, "set_field", "output:12,set_field")
        .by(UNICAST_DELIVERY);
    mutant(NATIVE, "remote lookup sends by itself too")
        .in(REMOTE, "check", "output:9,check")
        .by(UNICAST_DELIVERY);
    mutant(NATIVE, "VNI changed on the way out")
        .in("table=52, priority=200", "actions=", "actions=set_field:0xc8->tun_id,")
        .by(VNI_ISOLATION);
    mutant(NATIVE, "remote replaced on the way out")
        .in("table=52, priority=200", "actions=", "actions=set_field:192.0.2.9->tun_dst,")
        .by(UNICAST_DELIVERY);
    mutant(NATIVE, "no way into the tunnel").without("table=52, priority=200").by(UNICAST_DELIVERY);
    mutant(NATIVE, "out by the uplink")
        .in("table=52, priority=200", "output:9", "output:1")
        .by(VNI_ISOLATION);
    mutant(HOST, "out by the port of another network")
        .in("table=52, priority=200,tun_id=0x64", "output:21", "output:22")
        .by(VNI_ISOLATION);
    mutant(PLAIN, "tunnel key of another VNI")
        .in(REMOTE, "set_field:0x64", "set_field:0x65")
        .by(VNI_ISOLATION);
    mutant(PLAIN, "tunnel key left out")
        .in(REMOTE, "set_field:0x64->tun_id,", "")
        .by(VNI_ISOLATION);
    mutant(Scenarios::ipv6Underlay, "an IPv4 remote left behind")
        .in(REMOTE, "set_field", "set_field:192.0.2.2->tun_dst,set_field")
        .by(UNICAST_DELIVERY);
  }

  private void multicast() {
    String remotes = "table=52, priority=260";
    mutant(NATIVE, "flood misses a local VM").in(FLOOD, "output:11,", "").by(MULTICAST_DELIVERY);
    mutant(NATIVE, "flood reaches a local VM twice")
        .in(FLOOD, "output:11,", "output:11,output:11,")
        .by(MULTICAST_DELIVERY);
    mutant(NATIVE, "flood reaches the host")
        .in(FLOOD, "output:11,", "output:11,LOCAL,")
        .by(VNI_ISOLATION);
    mutant(CLAMP, "flood reaches another network")
        .in(FLOOD, "output:11,", "output:11,output:13,")
        .by(VNI_ISOLATION);
    mutant(NATIVE, "flood stays on the node")
        .in(FLOOD, ",goto_table:51", "")
        .by(MULTICAST_DELIVERY);
    mutant(NATIVE, "remote flood removed").without(remotes).by(MULTICAST_DELIVERY);
    mutant(NATIVE, "remote flood sends twice")
        .in(remotes, "output:9", "output:9,output:9")
        .by(MULTICAST_DELIVERY);
    mutant(NATIVE, "remote flood to a stranger")
        .in(remotes, "192.0.2.2", "192.0.2.7")
        .by(MULTICAST_DELIVERY);
    mutant(Scenarios::mixedFamilies, "an IPv4 remote left behind in a list")
        .in(remotes, "set_field:0.0.0.0->tun_dst,", "")
        .by(MULTICAST_DELIVERY);
    mutant(Scenarios::mixedFamilies, "remote flood misses one")
        .in(remotes, "set_field:192.0.2.4->tun_dst,output:9", "output:9")
        .by(MULTICAST_DELIVERY);
    mutant(NATIVE, "flood to the controller")
        .in(FLOOD, "check", "CONTROLLER:65535,check")
        .by(FITTING_STAYS, CONTROLLER_METERED);
    mutant(NATIVE, "multicast limit too large").in(FLOOD, "1464", "1465").by(OVERSIZE_DISPOSED);
    mutant(NATIVE, "multicast limit too small").in(FLOOD, "1464", "1400").by(MULTICAST_DELIVERY);
    mutant(NATIVE, "multicast not checked")
        .in(FLOOD, "check_pkt_larger.1464.->reg0.0.,", "")
        .by(OVERSIZE_DISPOSED);
  }

  private void sizes() {
    mutant(NATIVE, "limit one too large").in(REMOTE, "1464", "1465").by(OVERSIZE_DISPOSED);
    mutant(NATIVE, "limit one too small").in(REMOTE, "1464", "1463").by(FITTING_STAYS);
    mutant(NATIVE, "limit without Ethernet header").in(REMOTE, "1464", "1450").by(FITTING_STAYS);
    mutant(NATIVE, "size not checked")
        .in(REMOTE, "check_pkt_larger.1464.->reg0.0.,", "")
        .by(OVERSIZE_DISPOSED);
    mutant(NATIVE, "size check into another bit")
        .in(REMOTE, "reg0.0.", "reg0[3]")
        .by(OVERSIZE_DISPOSED);
    mutant(NATIVE, "Oversize skipped")
        .in(REMOTE, "goto_table:51", "goto_table:52")
        .by(OVERSIZE_DISPOSED);
    mutant(NATIVE, "the limit of IPv6 with IPv4 outside")
        .in(REMOTE, "1464", "1444")
        .by(FITTING_STAYS);
    mutant(Scenarios::smallUnderlay, "the limit of the sender alone")
        .in(REMOTE, "larger.[0-9]*", "larger(1464")
        .by(OVERSIZE_DISPOSED);
    mutant(NATIVE, "large IPv4 not taken out")
        .without("priority=200,ip,in_port=11")
        .by(OVERSIZE_DISPOSED);
    mutant(NATIVE, "large IPv6 not taken out")
        .without("priority=200,ipv6,in_port=11")
        .by(OVERSIZE_DISPOSED);
    mutant(NATIVE, "later IPv6 fragments to the controller")
        .without("priority=240,ipv6,in_port=11")
        .by(OVERSIZE_DISPOSED);
    mutant(NATIVE, "large frames that are not IP go on")
        .without("table=51, priority=100,in_port=11")
        .by(OVERSIZE_DISPOSED);
    mutant(NATIVE, "large multicast below unicast")
        .in("table=51, priority=260,in_port=11", "priority=260", "priority=150")
        .by(OVERSIZE_DISPOSED);
    mutant(NATIVE, "IPv4 fragments dropped")
        .with("table=51,priority=245,ip,in_port=11,nw_frag=yes,reg0=0x1/0x1,actions=meter:47")
        .by(OVERSIZE_DISPOSED);
    mutant(NATIVE, "what fits to the controller")
        .with("table=51,priority=50,ip,in_port=11,actions=meter:45,CONTROLLER:65535")
        .by(FITTING_STAYS);
    mutant(NATIVE, "what fits is dropped")
        .in("table=51, priority=0,", "goto_table:52", "drop")
        .by(UNICAST_DELIVERY);
    mutant(NATIVE, "endpoint said to fragment")
        .in(REMOTE, "check", "set_field:0x2/0x2->reg0,check")
        .by(OVERSIZE_DISPOSED);
    mutant(HOST, "endpoint not said to fragment")
        .in(REMOTE, "set_field:0x2/0x2->reg0,", "")
        .by(OVERSIZE_DISPOSED);
    mutant(HOST, "fragments go to the controller though the endpoint fragments")
        .without("table=51, priority=240,ip,")
        .by(OVERSIZE_DISPOSED);
    mutant(HOST, "an exception for all")
        .with("table=51,priority=280,ip,tun_id=0x64,reg0=0x3/0x3,actions=goto_table:52")
        .by(OVERSIZE_DISPOSED);
    mutant(NATIVE, "an exception where nobody fragments")
        .with(
            "table=51,priority=280,udp,tun_id=0x64,nw_src=10.0.0.1,nw_dst=10.0.0.3,reg0=0x1/0x1,"
                + "actions=goto_table:52")
        .by(OVERSIZE_DISPOSED);
  }

  private void meters() {
    mutant(NATIVE, "controller without meter")
        .in("priority=200,ip,in_port=11", "meter:45,", "")
        .by(CONTROLLER_METERED);
    mutant(NATIVE, "meter does not exist").withoutMeter(45).by(CONTROLLER_METERED, REFERENCES);
    mutant(NATIVE, "meter of another port")
        .in("priority=200,ip,in_port=11", "meter:45,", "meter:49,")
        .by(CONTROLLER_METERED);
    mutant(CLAMP, "meter of another purpose")
        .in("priority=200,ip,in_port=11", "meter:45,", "meter:46,")
        .by(CONTROLLER_METERED);
    mutant(NATIVE, "drop not counted")
        .in("table=51, priority=260,in_port=11", "meter:47", "drop")
        .by(OVERSIZE_DISPOSED);
    mutant(NATIVE, "drop counted elsewhere")
        .in("table=51, priority=260,in_port=11", "meter:47", "meter:51")
        .by(OVERSIZE_DISPOSED);
    mutant(NATIVE, "meter that counts drops is missing").withoutMeter(47).by(REFERENCES);
  }

  private void probes() {
    String probe = "table=20, priority=200,dl_dst=f2:4f";
    mutant(PROBES, "probes not taken out").without(probe).by(PROBES_ARRIVE);
    mutant(PROBES, "probes without meter").in(probe, "meter:1,", "").by(CONTROLLER_METERED);
    mutant(PROBES, "probes through the meter of a port")
        .in(probe, "meter:1,", "meter:45,")
        .by(CONTROLLER_METERED);
    mutant(PROBES, "probes of some kind only").in(probe, "dl_dst", "ip,dl_dst").by(PROBES_ARRIVE);
    mutant(PROBES, "probes for other nodes")
        .in(probe, "dl_dst=f2:4f:[0-9a-f:]*", "dl_dst=f2:4f:00:00:00:00")
        .by(RECEIVED_STAYS, PROBES_ARRIVE);
    mutant(PROBES, "all that is addressed like a probe")
        .in(probe, "dl_dst=f2:4f:[0-9a-f:]*", "dl_dst=f2:4f:00:00:00:00/ff:ff:00:00:00:00")
        .by(RECEIVED_STAYS);
    mutant(PROBES, "a VM gets probes, too")
        .in(probe, "CONTROLLER", "output:11,CONTROLLER")
        .by(PROBES_ARRIVE);
    mutant(PROBES, "VMs reach the address of probes")
        .with(
            "table=30,priority=210,dl_dst=f2:4f:00:00:00:00/ff:ff:00:00:00:00,actions=goto_table:52")
        .by(UNICAST_DELIVERY);
    mutant(NATIVE, "probes where there are none")
        .with("table=20,priority=200,dl_dst=f2:4f:12:34:56:78,actions=meter:45,CONTROLLER:65535")
        .by(RECEIVED_STAYS);
  }

  private void clamping() {
    String syn = "table=40, priority=200,tcp,in_port=11";
    mutant(CLAMP, "SYNs not taken out").without(syn).by(OVERSIZE_DISPOSED);
    mutant(CLAMP, "clamping skipped")
        .in(REMOTE, "goto_table:40", "goto_table:51")
        .by(OVERSIZE_DISPOSED);
    mutant(CLAMP, "SYNs in fragments taken out").in(syn, "nw_frag=no,", "").by(FITTING_STAYS);
    mutant(CLAMP, "all of TCP taken out").in(syn, ",tcp_flags=[^ ]*,", ",").by(FITTING_STAYS);
    mutant(CLAMP, "FINs taken out instead")
        .in(syn, "0x2/0x2", "0x1/0x1")
        .by(FITTING_STAYS, OVERSIZE_DISPOSED);
    mutant(CLAMP, "SYNs without other flags only")
        .in(syn, "0x2/0x2", "0x2/0x12")
        .by(OVERSIZE_DISPOSED);
    mutant(CLAMP, "a network clamped that does not ask")
        .in("dl_dst=02:00:00:00:00:16", "goto_table:51", "goto_table:40")
        .with(
            "table=40,priority=200,tcp,in_port=13,tun_id=0xc8,nw_frag=no,tcp_flags=0x2/0x2,"
                + "actions=meter:55,CONTROLLER:65535")
        .by(FITTING_STAYS);
  }

  private void structure() {
    mutant(NATIVE, "two entries overlap")
        .with("table=0,priority=300,ip,in_port=1,actions=LOCAL")
        .by(NO_OVERLAP);
    mutant(NATIVE, "an entry shadows another")
        .with("table=30,priority=210,tun_id=0x64,dl_dst=02:00:00:00:00:11,actions=output:11")
        .by(NO_DEAD_ENTRY);
    mutant(NATIVE, "an entry below another")
        .with("table=20,priority=150,tun_id=0x64,dl_dst=02:00:00:00:00:11,actions=output:12")
        .by(NO_DEAD_ENTRY);
    mutant(NATIVE, "an entry covered by several")
        .with("table=20,priority=50,tun_id=0x64,dl_dst=02:00:00:00:00:12,actions=output:12")
        .by(NO_DEAD_ENTRY);
    mutant(NATIVE, "a table is missing")
        .in(REMOTE, "goto_table:51", "goto_table:60")
        .by(REFERENCES, UNICAST_DELIVERY, DROPS_COUNTED);
  }

  private void groups() {
    mutant(PLAIN, "groups are missing").withoutGroups().by(REFERENCES, MULTICAST_DELIVERY);
    mutant(PLAIN, "a bucket is missing")
        .inGroups(",bucket=actions=output:11", "")
        .by(MULTICAST_DELIVERY);
    mutant(PLAIN, "a bucket twice")
        .inGroups("bucket=actions=output:11", "bucket=actions=output:11,bucket=actions=output:11")
        .by(MULTICAST_DELIVERY);
    mutant(PLAIN, "a bucket without VNI")
        .inGroups("set_field:0x64->tun_id,output:31", "output:31")
        .by(VNI_ISOLATION);
    mutant(PLAIN, "a bucket to the wrong remote")
        .inGroups("output:32", "output:33")
        .by(MULTICAST_DELIVERY);
    mutant(PLAIN, "a group leads to itself")
        .inGroups("bucket=actions=output:11", "bucket=actions=group:100")
        .by(REFERENCES);
    mutant(PLAIN, "a group to the controller")
        .inGroups("bucket=actions=output:11", "bucket=actions=CONTROLLER:65535")
        .by(CONTROLLER_METERED, FITTING_STAYS);
    mutant(PLAIN, "a group chooses").inGroups("type=all", "type=select").by(MULTICAST_DELIVERY);
    mutant(NATIVE, "an action set besides")
        .in(BYPASS, "actions=", "actions=write_actions(output:9),")
        .by(MANAGEMENT_ISOLATION);
    mutant(NATIVE, "an action set to a group that is missing")
        .in(BYPASS, "actions=", "actions=write_actions(group:5),")
        .by(REFERENCES);
    mutant(NATIVE, "an action set to the controller")
        .in(VTEP4, "actions=", "actions=write_actions(CONTROLLER:65535),")
        .by(RECEIVED_STAYS, CONTROLLER_METERED);
    mutant(PLAIN, "a transport field on a plain switch")
        .in(VTEP4, "nw_dst=192.0.2.1", "nw_dst=192.0.2.1,udp_dst=4789")
        .by(CLASSIFY_WITHOUT_LAYER4, VTEP_ONE_ENTRY);
  }

  private void portPerRemote() {
    mutant(PORTS, "wrong tunnel port").in(REMOTE, "0x1f->reg1", "0x20->reg1").by(UNICAST_DELIVERY);
    mutant(PORTS, "no tunnel port").in(REMOTE, "set_field:0x1f->reg1,", "").by(UNICAST_DELIVERY);
    mutant(PORTS, "remote not let in").without("in_port=31,tun_id").by(END_TO_END);
    mutant(PORTS, "tunnel to tunnel")
        .in("table=20, priority=200,tun_id=0x64,dl_dst=01", "output:12", "output:12,output:32")
        .by(SPLIT_HORIZON);
    mutant(PORTS, "tunnel frames are forwarded")
        .in("in_port=31,tun_id", "goto_table:20", "goto_table:30")
        .with("table=52,priority=210,in_port=31,actions=output:32")
        .by(SPLIT_HORIZON);
    mutant(PORTS, "remote flood by the wrong port")
        .in("table=52, priority=260", "output:31", "output:32")
        .by(MULTICAST_DELIVERY);
  }

  private void zones() {
    mutant(Scenarios::zones, "unicast to a node of other zones")
        .with(
            "table=30,priority=200,tun_id=0x64,dl_dst=02:00:00:00:00:15,"
                + "actions=set_field:192.0.2.3->tun_dst,check_pkt_larger(1464)->reg0[0],goto_table:51")
        .by(UNICAST_DELIVERY);
    mutant(Scenarios::zones, "flood to a node of other zones")
        .in("table=52, priority=260", "output:9", "output:9,set_field:192.0.2.3->tun_dst,output:9")
        .by(MULTICAST_DELIVERY);
    mutant(Scenarios::managementOsZones, "a MAC of other zones to the management OS")
        .with(
            "table=30,priority=200,tun_id=0x64,dl_dst=02:00:00:00:00:15,"
                + "actions=set_field:0x2/0x2->reg0,check_pkt_larger(1464)->reg0[0],goto_table:51")
        .by(UNICAST_DELIVERY);
  }
}
