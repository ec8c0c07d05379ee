/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.cli;

import java.io.PrintWriter;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.overlane.config.Assembly;
import org.overlane.config.ConfigException;
import org.overlane.config.ModelWriter;
import org.overlane.tracing.PathJson;
import org.overlane.tracing.PathText;
import org.overlane.tracing.TraceAnswer;
import org.overlane.tracing.TraceOption;
import org.overlane.tracing.TraceQuery;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** From a model file and a packet to its way, and why it is this one. */
@Command(
    name = "trace",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Shows what happens to a packet, and why: the tables of each switch on its way, the tunnel"
          + " endpoints between them, and the controller."
    },
    footer = {
      "",
      "What happens to a TCP packet of 1501 bytes with DF from vm1 to vm3, and why?",
      "  overlane trace --model FILE --from vm1 --to vm3 --tcp --size 1501 --df",
      "What does a switch do with a later fragment of a VXLAN packet from outside?",
      "  overlane trace --model FILE --from of:0000000000000001/1 --udp --fragment later",
      "Meters, and the limits of the slow path, are taken as letting the packet pass.",
      "",
      "Exit status: 0 done, 1 the model has problems, 2 the command line has."
    })
@SuppressWarnings("UnusedVariable") // options are read by their names
final class TraceCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Mixin private ModelInput model;

  @Option(
      names = "--from",
      paramLabel = "WHO",
      description =
          "Where the way begins: an endpoint, or a port as DEVICE/PORT, where PORT is a number or"
              + " LOCAL.")
  private String from;

  @Option(
      names = "--to",
      paramLabel = "WHO",
      description = "Who is meant to get it: an endpoint, a MAC address, or a VTEP address.")
  private String to;

  @Option(names = "--tcp", description = "A TCP packet.")
  private boolean tcp;

  @Option(names = "--udp", description = "A UDP packet.")
  private boolean udp;

  @Option(names = "--icmp", description = "An ICMP echo request; the default.")
  private boolean icmp;

  @Option(names = "--arp", description = "An ARP request, to everyone unless --dst-mac says else.")
  private boolean arp;

  @Option(names = "--ethertype", paramLabel = "T", description = "No IP, but this, as in 0x88cc.")
  private String ethertype;

  @Option(names = "--ipv6", description = "IPv6; default: what the addresses are, else IPv4.")
  private boolean ipv6;

  @Option(
      names = "--size",
      paramLabel = "BYTES",
      description = "Bytes with IP header, without Ethernet header; default: a small packet.")
  private String size;

  @Option(names = "--df", description = "With DF set (IPv4).")
  private boolean df;

  @Option(names = "--syn", description = "A TCP SYN.")
  private boolean syn;

  @Option(
      names = "--mss",
      paramLabel = "BYTES",
      description = "MSS of the SYN; default: 1460 or, for IPv6, 1440.")
  private String mss;

  @Option(
      names = "--fragment",
      paramLabel = "F",
      description = "Only a fragment of a packet: first or later.")
  private String fragment;

  @Option(names = "--vlan", paramLabel = "ID", description = "With a VLAN tag.")
  private String vlan;

  @Option(names = "--multicast", description = "To a group instead of --to.")
  private boolean multicast;

  @Option(names = "--src-ip", paramLabel = "IP", description = "Default: that of --from.")
  private String sourceIp;

  @Option(names = "--dst-ip", paramLabel = "IP", description = "Default: that of --to.")
  private String destinationIp;

  @Option(names = "--src-port", paramLabel = "N", description = "Of TCP or UDP.")
  private String sourcePort;

  @Option(
      names = "--dst-port",
      paramLabel = "N",
      description = "Of TCP or UDP; default: 80, for UDP from an uplink 4789.")
  private String destinationPort;

  @Option(names = "--src-mac", paramLabel = "MAC", description = "Default: that of --from.")
  private String sourceMac;

  @Option(names = "--dst-mac", paramLabel = "MAC", description = "Default: that of --to.")
  private String destinationMac;

  @Option(
      names = "--frag-mode",
      paramLabel = "M",
      description =
          "What Open vSwitch sees of fragments: normal (default), nx-match or drop, as set by"
              + " ovs-ofctl set-frags.")
  private String fragMode;

  @Option(
      names = {"-v", "--verbose"},
      description = "Show every entry, and what in the model caused it.")
  private boolean verbose;

  @Option(names = "--json", description = "Print JSON, as GET /onos/overlane/v1/trace does.")
  private boolean json;

  @Override
  public Integer call() {
    Assembly assembly = model.read();
    TraceAnswer answer = answer(assembly);
    PrintWriter out = spec.commandLine().getOut();
    out.print(json ? ModelWriter.text(PathJson.of(answer)) : PathText.render(answer, verbose));
    out.flush();
    return 0;
  }

  private TraceAnswer answer(Assembly assembly) {
    try {
      return TraceAnswer.desired(assembly.model(), query());
    } catch (ConfigException e) {
      throw CommandFailure.inUsage(
          e.problems().stream().map(p -> "overlane: --" + p).collect(Collectors.joining("\n")));
    }
  }

  /** The names of the options are those of {@link TraceOption}. */
  private TraceQuery query() {
    Map<TraceOption, String> values = new EnumMap<>(TraceOption.class);
    for (TraceOption option : TraceOption.values()) {
      OptionSpec given = spec.findOption("--" + option.text());
      Object value = given.getValue();
      if (option.isFlag() ? Boolean.TRUE.equals(value) : value != null) {
        values.put(option, value.toString());
      }
    }
    return TraceQuery.of(values);
  }
}
