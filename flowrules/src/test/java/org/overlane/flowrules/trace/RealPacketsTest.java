/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.flowrules.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.overlane.flowrules.testing.Models.mac;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.overlane.flowrules.model.IpAddress;
import org.overlane.flowrules.model.OfPort;
import org.overlane.flowrules.openflow.FlowTables;
import org.overlane.flowrules.testing.OpenVSwitch;
import org.overlane.flowrules.testing.Outcomes;
import org.overlane.flowrules.text.OfctlFormat;

/**
 * The same packets as bytes through the userspace datapath of a real Open vSwitch, its upcalls and
 * its megaflows: as many leave by each port as the tracer says.
 */
class RealPacketsTest {
  private static final Pattern PORT =
      Pattern.compile("port +\"?(\\w+)\"?: +rx pkts=(\\d+).*?tx pkts=(\\d+)", Pattern.DOTALL);
  private static final int PACKETS = 100;
  private static final int TABLES = 10;

  private static OpenVSwitch ovs;

  /** Packets so far: received and sent. */
  private record Count(long in, long out) {}

  @BeforeAll
  static void start() throws Exception {
    assumeTrue(OpenVSwitch.isInstalled(), "Open vSwitch is not installed");
    ovs = OpenVSwitch.start();
    for (String port : new String[] {"p1", "p2", "p3"}) {
      ovs.vsctl("set", "interface", port, "mtu_request=9100");
    }
  }

  @AfterAll
  static void stop() throws Exception {
    if (ovs != null) {
      ovs.close();
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = FragmentMode.class,
      names = {"NORMAL", "NX_MATCH", "DROP"})
  void leaveByTheSamePorts(FragmentMode mode) throws Exception {
    RandomTraffic traffic = new RandomTraffic(new Random(40 + mode.ordinal()));
    ovs.ofctl("set-frags", mode == FragmentMode.NX_MATCH ? "nx-match" : mode.name().toLowerCase());
    int outputs = 0;
    for (int i = 0; i < TABLES; i++) {
      FlowTables tables = traffic.tables(40);
      ovs.load(OfctlFormat.flows(tables), OfctlFormat.groups(tables), "");
      for (int j = 0; j < PACKETS / TABLES; j++) {
        TracedPacket packet = traffic.packet(OfPort.of(1 + j % 3), mac(1 + j % 4), mac(2));
        outputs += compare(tables, packet, mode);
      }
    }
    assertThat(outputs).isGreaterThan(mode == FragmentMode.DROP ? 2 : 20);
  }

  /** Every length around the limit, whole or in fragments, tagged and not. */
  @Test
  void areAsLongAsTheSizeCheckSays() throws Exception {
    FlowTables tables =
        OfctlFormat.parse(
            "table=0,priority=1,actions=check_pkt_larger(1464)->reg0[0],goto_table:1\n"
                + "table=1,priority=2,reg0=0x1/0x1,actions=output:2\n"
                + "table=1,priority=1,actions=output:3\n",
            "");
    ovs.ofctl("set-frags", "normal");
    ovs.load(OfctlFormat.flows(tables), "", "");
    Random random = new Random(1);
    IpAddress from = IpAddress.parse("10.0.0.1");
    IpAddress to = IpAddress.parse("10.0.0.2");
    for (int length : new int[] {60, 1460, 1462, 1463, 1464, 1465, 1466, 1468, 1514, 9000}) {
      for (FragmentClass fragment : FragmentClass.values()) {
        TracedPacket.Builder packet =
            TracedPacket.builder(OfPort.of(1), mac(1), mac(2))
                .udp(from, to, 1, 2)
                .fragment(fragment)
                .length(length);
        if (random.nextBoolean()) {
          packet.vlan(5);
        }
        assertThat(compare(tables, packet.build(), FragmentMode.NORMAL)).isEqualTo(1);
      }
    }
  }

  /** Sends a packet; how many copies left by ports that are counted. */
  private static int compare(FlowTables tables, TracedPacket packet, FragmentMode mode)
      throws Exception {
    Trace trace = PacketTracer.trace(tables, packet, mode);
    List<Map<String, Long>> possible = new ArrayList<>();
    for (List<Disposition> ends : Outcomes.of(trace.dispositions())) {
      Map<String, Long> expected = new TreeMap<>();
      for (Disposition end : ends) {
        OfPort port = end.port().orElse(OfPort.CONTROLLER);
        if (end.kind() == Disposition.Kind.OUTPUT && port.toLong() <= 3) {
          expected.merge("p" + port, 1L, Long::sum);
        }
      }
      possible.add(expected);
    }
    Map<String, Count> before = counts();
    String in = "p" + packet.inPort();
    ovs.appctl("netdev-dummy/receive", in, PacketBytes.hex(packet));
    Map<String, Long> sent = sentSince(before, in);
    assertThat(possible)
        .as("%s\n%s", OfctlFormat.flows(tables), TraceText.render(trace))
        .contains(sent);
    return (int) sent.values().stream().mapToLong(n -> n).sum();
  }

  /** Waits until the packet was received; Open vSwitch answers nobody between that and its end. */
  private static Map<String, Long> sentSince(Map<String, Count> before, String in)
      throws Exception {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    Map<String, Count> after = counts();
    while (after.get(in).in() == before.get(in).in() && System.nanoTime() < deadline) {
      TimeUnit.MILLISECONDS.sleep(5);
      after = counts();
    }
    assertThat(after.get(in).in()).isEqualTo(before.get(in).in() + 1);
    Map<String, Long> sent = new TreeMap<>();
    for (String port : new String[] {"p1", "p2", "p3"}) {
      long count = after.get(port).out() - before.get(port).out();
      if (count > 0) {
        sent.put(port, count);
      }
    }
    return sent;
  }

  private static Map<String, Count> counts() throws Exception {
    Map<String, Count> counts = new HashMap<>();
    Matcher matcher = PORT.matcher(ovs.ofctl("dump-ports"));
    while (matcher.find()) {
      counts.put(
          "p" + matcher.group(1),
          new Count(Long.parseLong(matcher.group(2)), Long.parseLong(matcher.group(3))));
    }
    return counts;
  }
}
