/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.e2e.lab;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A bridge of a hypervisor, as the tools of Open vSwitch see it. */
public final class Switch {
  private static final Pattern PORT =
      Pattern.compile("port\\s+(\\S+): rx pkts=(\\d+).*?\\n\\s+tx pkts=(\\d+)");

  private static final Pattern METERED = Pattern.compile("\\bpacket_in_count:(\\d+)");

  private final Lab lab;
  private final int hypervisor;
  private final String bridge;

  Switch(Lab lab, int hypervisor, String bridge) {
    this.lab = lab;
    this.hypervisor = hypervisor;
    this.bridge = bridge;
  }

  /** Counters of a port: frames that the switch has received from it and sent to it. */
  public record Port(String number, long received, long transmitted) {}

  /** Its name in the relay. */
  public String name() {
    return "hv" + hypervisor + "/" + bridge;
  }

  /** Its ONOS device id. */
  public String deviceId() {
    return String.format("of:%016x", bridge.equals("br-phy") ? 0x100 + hypervisor : hypervisor);
  }

  /** All entries, with counters that include every packet that the datapath has finished. */
  public List<FlowEntry> entries() {
    // Statistics reach OpenFlow when a megaflow is revalidated or removed: remove them all.
    purgeMegaflows();
    return tool("ovs-ofctl", "-O", "OpenFlow13", "--no-names", "dump-flows", bridge)
        .lines()
        .filter(line -> line.contains("cookie="))
        .map(FlowEntry::parse)
        .toList();
  }

  /** The only entry for which the condition holds. */
  public FlowEntry entry(Predicate<FlowEntry> condition) {
    List<FlowEntry> all = entries();
    List<FlowEntry> found = all.stream().filter(condition).toList();
    if (found.size() != 1) {
      throw new AssertionError(
          found.size() + " entries of " + name() + " instead of one in:\n" + lines(all));
    }
    return found.get(0);
  }

  private static String lines(List<FlowEntry> entries) {
    return String.join("\n", entries.stream().map(FlowEntry::toString).toList());
  }

  /** Entries without counters and age, sorted: equal when the switch forwards the same way. */
  public List<String> program() {
    return entries().stream().map(FlowEntry::program).sorted().toList();
  }

  public List<Port> ports() {
    Matcher matcher =
        PORT.matcher(tool("ovs-ofctl", "-O", "OpenFlow13", "--no-names", "dump-ports", bridge));
    List<Port> ports = new ArrayList<>();
    while (matcher.find()) {
      String number = matcher.group(1).replace("\"", "");
      ports.add(
          new Port(number, Long.parseLong(matcher.group(2)), Long.parseLong(matcher.group(3))));
    }
    return ports;
  }

  /** Frames that the switch has sent to a port so far. */
  public long transmitted(String number) {
    return ports().stream()
        .filter(port -> port.number().equals(number))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no port " + number + " on " + name()))
        .transmitted();
  }

  /** Packets that have come to any meter of the bridge so far. */
  public long meteredPackets() {
    return METERED
        .matcher(tool("ovs-ofctl", "-O", "OpenFlow13", "meter-stats", bridge))
        .results()
        .mapToLong(m -> Long.parseLong(m.group(1)))
        .sum();
  }

  /** Forgets the megaflows of the hypervisor's datapath. */
  public void purgeMegaflows() {
    tool("ovs-appctl", "revalidator/purge");
  }

  /**
   * Forgets the MAC addresses of tunnel peers: a bridge of a lab that has just come up may have
   * announced an address that it no longer has.
   */
  public void forgetTunnelNeighbours() {
    tool("ovs-appctl", "tnl/neigh/flush");
  }

  /** Megaflows of the hypervisor's datapath that begin at the named port. */
  public List<String> megaflows(String port) {
    return tool("ovs-appctl", "dpctl/dump-flows", "--names")
        .lines()
        .filter(line -> line.contains("in_port(" + port + ")"))
        .toList();
  }

  /** How the switch treats IP fragments: normal, nx-match or drop. */
  public void fragmentMode(String mode) {
    tool("ovs-ofctl", "-O", "OpenFlow13", "set-frags", bridge, mode);
  }

  /** Runs {@code ovs-ofctl} with OpenFlow 1.3 against this bridge, the bridge after the verb. */
  public String ofctl(String verb, String... arguments) {
    List<String> words = new ArrayList<>(List.of("ovs-ofctl", "-O", "OpenFlow13", verb, bridge));
    words.addAll(Arrays.asList(arguments));
    return tool(words.toArray(String[]::new));
  }

  private String tool(String... words) {
    List<String> all = new ArrayList<>(List.of("ovs", "" + hypervisor));
    all.addAll(List.of(words));
    return lab.lab(all.toArray(String[]::new));
  }

  @Override
  public String toString() {
    return name();
  }
}
