/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.cli;

import java.util.EnumMap;
import java.util.Map;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.completers.StringsCompleter;
import org.overlane.app.trace.LiveTrace;
import org.overlane.config.ModelWriter;
import org.overlane.config.Problem;
import org.overlane.tracing.TraceOption;
import org.overlane.tracing.TraceQuery;

/** Shows what happens to a packet, and why. */
@Service
@Command(
    scope = "onos",
    name = "overlane-trace",
    description = "Shows what happens to a packet, and why, through tables, tunnels and controller")
public final class TraceCommand extends OverlaneCommand {
  @Option(name = "--from", description = "Where the way begins: an endpoint, or DEVICE/PORT")
  @Completion(EndpointCompleter.class)
  private String from;

  @Option(
      name = "--to",
      description = "Who is meant to get it: an endpoint, a MAC address, or a VTEP address")
  @Completion(EndpointCompleter.class)
  private String to;

  @Option(name = "--tcp", description = "A TCP packet")
  private boolean tcp;

  @Option(name = "--udp", description = "A UDP packet")
  private boolean udp;

  @Option(name = "--icmp", description = "An ICMP echo request; the default")
  private boolean icmp;

  @Option(name = "--arp", description = "An ARP request")
  private boolean arp;

  @Option(name = "--ethertype", description = "No IP, but this, as in 0x88cc")
  private String ethertype;

  @Option(name = "--ipv6", description = "IPv6")
  private boolean ipv6;

  @Option(name = "--size", description = "Bytes with IP header, without Ethernet header")
  private String size;

  @Option(name = "--df", description = "With DF set (IPv4)")
  private boolean df;

  @Option(name = "--syn", description = "A TCP SYN")
  private boolean syn;

  @Option(name = "--mss", description = "MSS of the SYN")
  private String mss;

  @Option(name = "--fragment", description = "Only a fragment: first or later")
  @Completion(
      value = StringsCompleter.class,
      values = {"first", "later"})
  private String fragment;

  @Option(name = "--vlan", description = "With a VLAN tag")
  private String vlan;

  @Option(name = "--multicast", description = "To a group")
  private boolean multicast;

  @Option(name = "--src-ip", description = "Default: that of --from")
  private String srcIp;

  @Option(name = "--dst-ip", description = "Default: that of --to")
  private String dstIp;

  @Option(name = "--src-port", description = "Of TCP or UDP")
  private String srcPort;

  @Option(name = "--dst-port", description = "Of TCP or UDP")
  private String dstPort;

  @Option(name = "--src-mac", description = "Default: that of --from")
  private String srcMac;

  @Option(name = "--dst-mac", description = "Default: that of --to")
  private String dstMac;

  @Option(
      name = "--frag-mode",
      description = "What Open vSwitch sees of fragments: normal, nx-match or drop")
  @Completion(
      value = StringsCompleter.class,
      values = {"normal", "nx-match", "drop"})
  private String fragMode;

  @Option(name = "--verbose", description = "Show every entry, and what in the model caused it")
  private boolean verbose;

  @Option(name = "--observed", description = "Through what switches have, not what is wanted")
  private boolean observed;

  @Override
  void run() {
    LiveTrace trace = LiveTrace.of(overlane(), TraceQuery.of(values()), observed);
    show(outputJson() ? ModelWriter.text(trace.json()) : trace.text(verbose));
  }

  @Override
  String inWords(Problem problem) {
    return "--" + problem;
  }

  private Map<TraceOption, String> values() {
    Map<TraceOption, String> values = new EnumMap<>(TraceOption.class);
    put(values, TraceOption.FROM, from);
    put(values, TraceOption.TO, to);
    put(values, TraceOption.TCP, tcp);
    put(values, TraceOption.UDP, udp);
    put(values, TraceOption.ICMP, icmp);
    put(values, TraceOption.ARP, arp);
    put(values, TraceOption.ETHERTYPE, ethertype);
    put(values, TraceOption.IPV6, ipv6);
    put(values, TraceOption.SIZE, size);
    put(values, TraceOption.DF, df);
    put(values, TraceOption.SYN, syn);
    put(values, TraceOption.MSS, mss);
    put(values, TraceOption.FRAGMENT, fragment);
    put(values, TraceOption.VLAN, vlan);
    put(values, TraceOption.MULTICAST, multicast);
    put(values, TraceOption.SRC_IP, srcIp);
    put(values, TraceOption.DST_IP, dstIp);
    put(values, TraceOption.SRC_PORT, srcPort);
    put(values, TraceOption.DST_PORT, dstPort);
    put(values, TraceOption.SRC_MAC, srcMac);
    put(values, TraceOption.DST_MAC, dstMac);
    put(values, TraceOption.FRAG_MODE, fragMode);
    return values;
  }

  private static void put(Map<TraceOption, String> values, TraceOption option, String value) {
    if (value != null) {
      values.put(option, value);
    }
  }

  private static void put(Map<TraceOption, String> values, TraceOption option, boolean given) {
    if (given) {
      values.put(option, "");
    }
  }
}
