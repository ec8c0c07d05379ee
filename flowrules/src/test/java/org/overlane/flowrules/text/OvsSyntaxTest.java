/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.flowrules.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.common.collect.Iterables;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.overlane.flowrules.feature.PacketClass;
import org.overlane.flowrules.model.OfPort;
import org.overlane.flowrules.openflow.FlowEntry;
import org.overlane.flowrules.openflow.FlowTables;
import org.overlane.flowrules.openflow.Meter;
import org.overlane.flowrules.pipeline.PortMeters;
import org.overlane.flowrules.reconcile.FlowDiff;
import org.overlane.flowrules.testing.OpenVSwitch;
import org.overlane.flowrules.testing.Scenario;
import org.overlane.flowrules.testing.Scenarios;

/** A real switch takes what is rendered, and what it shows then is what was meant. */
class OvsSyntaxTest {
  private static OpenVSwitch ovs;

  @BeforeAll
  static void start() throws Exception {
    assumeTrue(OpenVSwitch.isInstalled(), "Open vSwitch is not installed");
    ovs = OpenVSwitch.start();
  }

  @AfterAll
  static void stop() throws Exception {
    if (ovs != null) {
      ovs.close();
    }
  }

  static Stream<Scenario> scenarios() {
    return Scenarios.all().stream();
  }

  @ParameterizedTest
  @MethodSource("scenarios")
  void takesAndShowsTheTablesOf(Scenario scenario) throws Exception {
    assertSurvives(scenario.compile().tables());
  }

  /** What no scenario has, but the format understands. */
  @Test
  void takesAndShowsEveryFieldAndAction() throws Exception {
    String flows =
        """
        table=0,priority=9,arp,in_port=1,arp_op=1,arp_tpa=192.0.2.7,actions=LOCAL
        table=0,priority=9,udp6,udp_src=5,actions=drop
        table=0,priority=8,tcp6,tcp_dst=5,tcp_flags=0x2/0x7,ipv6_src=2001:db8::/32,actions=drop
        table=0,priority=7,icmp,icmp_type=3,nw_src=10.0.0.0/8,actions=CONTROLLER:65535
        table=0,priority=6,icmp6,icmpv6_type=135,actions=CONTROLLER:128
        table=0,priority=5,udp,nw_frag=not_later,udp_dst=0x5/0xf,actions=drop
        table=0,priority=4,ip,nw_frag=later,actions=IN_PORT
        table=0,priority=3,vlan_vid=0x1005/0x1fff,actions=drop
        table=0,priority=2,vlan_vid=0x1000/0x1000,actions=drop
        table=0,priority=1,tcp,tcp_src=80,actions=drop
        table=7,priority=9,reg0=0x5/0xff,actions=set_field:0x50/0xf0->reg1,set_field:0x7->reg2
        table=7,priority=8,metadata=0x64/0xffffff,actions=write_metadata:0x5/0xff,goto_table:8
        table=7,priority=7,dl_type=0x88cc,actions=set_field:02:00:00:00:00:01->eth_dst,output:2
        table=7,priority=6,actions=check_pkt_larger(1464)->reg0[3],goto_table:9
        table=7,priority=5,tun_dst=192.0.2.9,actions=set_field:2001:db8::1->tun_ipv6_dst,output:9
        """;
    assertSurvives(OfctlFormat.parse(flows, ""));
  }

  /** The largest id that a port's meter can have, and what the slow path installs besides. */
  @Test
  void takesTheHighestMeterAndAnExceptionEntry() throws Exception {
    FlowTables exceptions =
        Scenarios.entriesOf(PacketClass.OVERSIZE_EXCEPTION).values().iterator().next();
    Meter highest = PortMeters.of(OfPort.of(0xff00), PortMeters.Purpose.DROP);
    FlowEntry drop =
        OfctlFormat.parseEntry("table=0,priority=1,in_port=1,actions=meter:" + highest.id());
    assertSurvives(
        new FlowTables(
            Iterables.concat(exceptions.entries(), List.of(drop)), List.of(), List.of(highest)));
  }

  private static void assertSurvives(FlowTables tables) throws Exception {
    ovs.load(OfctlFormat.flows(tables), OfctlFormat.groups(tables), OfctlFormat.meters(tables));
    FlowTables observed =
        OfctlFormat.parse(
            ovs.ofctl("dump-flows"), ovs.ofctl("dump-groups"), ovs.ofctl("dump-meters"));
    FlowDiff diff = FlowDiff.diff(tables, observed);
    assertThat(diff.isEmpty()).as("%s", diff).isTrue();
  }
}
