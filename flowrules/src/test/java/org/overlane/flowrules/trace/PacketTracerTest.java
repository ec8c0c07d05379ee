/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.flowrules.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.overlane.flowrules.testing.Models.mac;
import static org.overlane.flowrules.testing.Models.port;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.overlane.flowrules.model.IpAddress;
import org.overlane.flowrules.model.OfPort;
import org.overlane.flowrules.openflow.Bits;
import org.overlane.flowrules.openflow.Field;
import org.overlane.flowrules.openflow.FlowTables;
import org.overlane.flowrules.testing.Outcomes;
import org.overlane.flowrules.text.OfctlFormat;

class PacketTracerTest {
  private static final IpAddress A = IpAddress.parse("10.0.0.1");
  private static final IpAddress B = IpAddress.parse("10.0.0.2");

  private static TracedPacket.Builder frame() {
    return TracedPacket.builder(port(1), mac(1), mac(2));
  }

  private static Trace trace(String flows, String groups, TracedPacket packet) {
    return PacketTracer.trace(OfctlFormat.parse(flows, groups), packet, FragmentMode.NORMAL);
  }

  private static List<String> ends(String flows, String groups, TracedPacket packet) {
    return trace(flows, groups, packet).dispositions().stream()
        .map(d -> d.kind() + d.port().map(p -> " " + p).orElse(""))
        .toList();
  }

  private static List<String> ends(String flows) {
    return ends(flows, "", frame().build());
  }

  @Test
  void takesTheHighestPriorityThatMatchesUnderItsMask() {
    String flows =
        """
        table=0,priority=1,actions=output:2
        table=0,priority=2,dl_dst=02:00:00:00:00:00/ff:ff:ff:ff:ff:f0,actions=output:3
        table=0,priority=3,dl_dst=02:00:00:00:00:08/ff:ff:ff:ff:ff:f8,actions=output:4
        """;
    assertThat(ends(flows)).containsExactly("OUTPUT 3");
  }

  @Test
  void dropsWithoutMatchAndSaysInWhichTable() {
    assertThat(ends("")).containsExactly("DROPPED_NO_MATCH");
    Trace trace = trace("table=0,priority=1,actions=goto_table:7", "", frame().build());
    assertThat(trace.steps()).contains(TraceStep.NoMatch.of(7));
    assertThat(trace.dispositions().get(0).kind()).isEqualTo(Disposition.Kind.DROPPED_NO_MATCH);
    assertThat(trace.dispositions().get(0).entry()).isPresent();
  }

  @Test
  void namesTheEntryThatDrops() {
    Trace trace = trace("table=0,priority=1,actions=drop # endpoint vm1", "", frame().build());
    Disposition end = trace.dispositions().get(0);
    assertThat(end.kind()).isEqualTo(Disposition.Kind.DROPPED_BY_ENTRY);
    assertThat(end.entry().orElseThrow().source()).isEqualTo("endpoint vm1");
  }

  @Test
  void doesNotSendBackUnlessToldSo() {
    assertThat(ends("table=0,priority=1,actions=output:1,output:2"))
        .containsExactly("SUPPRESSED 1", "OUTPUT 2");
    assertThat(ends("table=0,priority=1,actions=IN_PORT")).containsExactly("OUTPUT 1");
    assertThat(
            ends(
                "table=0,priority=1,actions=IN_PORT",
                "",
                frame().inPort(OfPort.CONTROLLER).build()))
        .containsExactly("SUPPRESSED CONTROLLER");
  }

  @Test
  void appliesActionsInOrderAndSnapshotsTheTunnelAtEachOutput() {
    String flows =
        """
        table=0,priority=1,actions=set_field:100->tun_id,set_field:192.0.2.2->tun_dst,output:9,\
        set_field:192.0.2.3->tun_dst,output:9,goto_table:5
        table=5,priority=1,tun_id=100,tun_dst=192.0.2.3,actions=CONTROLLER:128
        """;
    List<Disposition> ends = trace(flows, "", frame().build()).dispositions();
    assertThat(ends).hasSize(3);
    assertThat(ends.get(0).fields().tunnelId()).isEqualTo(100);
    assertThat(ends.get(0).fields().tunnelDestination()).hasToString("Optional[192.0.2.2]");
    assertThat(ends.get(1).fields().tunnelDestination()).hasToString("Optional[192.0.2.3]");
    assertThat(ends.get(2).kind()).isEqualTo(Disposition.Kind.TO_CONTROLLER);
    assertThat(ends.get(2).maxLength()).isEqualTo(128);
  }

  @Test
  void writesMetadataAfterActionsAndUnderItsMask() {
    String flows =
        """
        table=0,priority=1,actions=write_metadata:0xab,goto_table:1
        table=1,priority=1,actions=write_metadata:0x10/0xf0,goto_table:2
        table=2,priority=1,metadata=0x1b,actions=output:2
        """;
    assertThat(ends(flows)).containsExactly("OUTPUT 2");
  }

  @Test
  void givesEachBucketItsOwnCopyAndTheRestTheOriginal() {
    String flows =
        """
        table=0,priority=1,actions=set_field:0x1->reg0,group:7,output:4,goto_table:1
        table=1,priority=1,reg0=1,dl_dst=02:00:00:00:00:02,actions=output:5
        """;
    String groups =
        "group_id=7,type=all"
            + ",bucket=actions=set_field:0x2->reg0,set_field:02:00:00:00:00:09->eth_dst,output:2"
            + ",bucket=actions=output:3";
    Trace trace = trace(flows, groups, frame().build());
    assertThat(trace.dispositions())
        .extracting(d -> d.port().orElseThrow() + " " + d.fields().get(Field.REG0).orElseThrow())
        .containsExactly("2 0x2", "3 0x1", "4 0x1", "5 0x1");
    assertThat(trace.dispositions().get(1).fields().get(Field.ETH_DST))
        .contains(Bits.of(mac(2).toLong()));
  }

  @Test
  void takesABucketAsASetThatOutputsOnce() {
    String flow = "table=0,priority=1,actions=group:7";
    String bucket = "group_id=7,type=all,bucket=actions=output:2,output:3,set_field:5->tun_id";
    Trace trace = trace(flow, bucket, frame().build());
    assertThat(trace.dispositions()).hasSize(1);
    assertThat(trace.dispositions().get(0).port()).contains(port(3));
    assertThat(trace.dispositions().get(0).fields().tunnelId()).isEqualTo(5);
  }

  @Test
  void anEmptyGroupDrops() {
    assertThat(ends("table=0,priority=1,actions=group:7", "group_id=7,type=all", frame().build()))
        .containsExactly("DROPPED_BY_ENTRY");
  }

  @Test
  void refusesTablesThatNoSwitchTakes() {
    assertThatThrownBy(() -> ends("table=0,priority=1,actions=group:7"))
        .hasMessageContaining("group 7 does not exist");
    String loop = "group_id=7,type=all,bucket=actions=group:7";
    assertThatThrownBy(() -> ends("table=0,priority=1,actions=group:7", loop, frame().build()))
        .hasMessageContaining("leads back to itself");
    String check = "group_id=7,type=all,bucket=actions=check_pkt_larger(50)->reg0[0],output:2";
    assertThatThrownBy(() -> ends("table=0,priority=1,actions=group:7", check, frame().build()))
        .hasMessageContaining("before the group");
    assertThatThrownBy(
            () ->
                ends(
                    "table=0,priority=1,actions=write_actions(output:2),goto_table:1\n"
                        + "table=1,priority=1,actions=check_pkt_larger(50)->reg0[0]"))
        .hasMessageContaining("check before write_actions");
    assertThatThrownBy(() -> ends("table=0,priority=1,actions=write_actions(group:7)"))
        .hasMessageContaining("group 7 does not exist");
    assertThatThrownBy(() -> ends("table=0,priority=1,actions=TABLE"))
        .hasMessageContaining("goto_table");
  }

  /** OpenFlow 1.3.5 section 5.10: fields first, whatever was written first; the last output. */
  @Test
  void executesTheActionSetWhenTheTablesAreLeft() {
    String flows =
        """
        table=0,priority=1,actions=output:4,write_actions(output:2,set_field:5->tun_id),goto_table:1
        table=1,priority=1,tun_id=0,actions=write_actions(output:3,set_field:6->tun_id)
        """;
    List<Disposition> ends = trace(flows, "", frame().build()).dispositions();
    assertThat(ends)
        .extracting(d -> d.port().orElseThrow() + " " + d.fields().tunnelId())
        .containsExactly("4 0", "3 6");
  }

  @Test
  void clearsBeforeItWritesAndDropsWhatIsLeftWithoutOutput() {
    String first = "table=0,priority=1,actions=write_actions(output:2),goto_table:1\n";
    assertThat(ends(first + "table=1,priority=1,actions=clear_actions,write_actions(output:3)"))
        .containsExactly("OUTPUT 3");
    assertThat(ends(first + "table=1,priority=1,actions=clear_actions"))
        .containsExactly("DROPPED_BY_ENTRY");
    assertThat(ends(first + "table=1,priority=1,actions=drop")).containsExactly("OUTPUT 2");
    assertThat(ends("table=0,priority=1,actions=write_actions(set_field:5->tun_id)"))
        .containsExactly("DROPPED_BY_ENTRY");
    assertThat(ends("table=0,priority=1,actions=write_actions(output:1)"))
        .containsExactly("SUPPRESSED 1");
  }

  @Test
  void aGroupInTheActionSetGoesBeforeAnOutput() {
    String flows =
        "table=0,priority=1,actions=write_actions(group:7),goto_table:1\n"
            + "table=1,priority=1,actions=write_actions(output:3)";
    String group = "group_id=7,type=indirect,bucket=actions=output:4";
    assertThat(ends(flows, group, frame().build())).containsExactly("OUTPUT 4");
  }

  /** Section 5.4 for a plain switch; Open vSwitch does otherwise, see OvsTraceTest. */
  @Test
  void aMissDropsTheActionSetInAPlainSwitchOnly() {
    FlowTables tables =
        OfctlFormat.parse("table=0,priority=1,actions=write_actions(output:2),goto_table:1", "");
    Trace plain = PacketTracer.trace(tables, frame().build(), FragmentMode.STANDARD);
    assertThat(plain.dispositions())
        .extracting(Disposition::kind)
        .containsExactly(Disposition.Kind.DROPPED_NO_MATCH);
    assertThat(TraceText.render(plain)).contains("    action set: empty\n");
    assertThat(PacketTracer.trace(tables, frame().build(), FragmentMode.NORMAL).dispositions())
        .extracting(Disposition::kind)
        .containsExactly(Disposition.Kind.OUTPUT);
  }

  /** So that its meter and source are told, not those of the last entry. */
  @Test
  void theEntryThatWroteTheOutputDecides() {
    String flows =
        """
        table=0,priority=1,actions=goto_table:1 # zero
        table=1,priority=1,actions=write_actions(output:2),goto_table:2 # one
        table=2,priority=1,actions=write_actions(set_field:5->tun_id) # two
        """;
    Trace trace = trace(flows, "", frame().build());
    assertThat(trace.dispositions().get(0).entry().orElseThrow().source()).isEqualTo("one");
    assertThat(trace.restDroppedBy()).isEmpty();
    assertThat(TraceText.render(trace))
        .contains("Action set: set tun_id=5, then output to port 2\n    set tun_id=5\n");
  }

  @Test
  void ofASelectGroupEachBucketIsAnAlternative() {
    String flow =
        "table=0,priority=1,actions=output:4,group:7,goto_table:1\n"
            + "table=1,priority=1,actions=output:5";
    String group =
        "group_id=7,type=select,bucket=actions=output:2,bucket=actions=group:8,"
            + "bucket=actions=drop # two ways\n"
            + "group_id=8,type=select,bucket=actions=output:3,bucket=actions=output:6 # more";
    Trace trace = trace(flow, group, frame().build());
    assertThat(
            Outcomes.of(trace.dispositions()).stream()
                .map(o -> o.stream().map(d -> d.port().map(p -> "" + p).orElse("drop")).toList()))
        .containsExactlyInAnyOrder(
            List.of("4", "2", "5"),
            List.of("4", "3", "5"),
            List.of("4", "6", "5"),
            List.of("4", "drop", "5"));
    assertThat(TraceText.render(trace))
        .contains("    group 7, one of 3 buckets, which the switch chooses, because of two ways\n")
        .containsPattern(
            "output to port 6, .*; only if group 7 chooses bucket 2 of 3 and group 8 chooses"
                + " bucket 2 of 2\n")
        .containsPattern("output to port 5, [^;]*\n");
  }

  @Test
  void aSelectGroupOfOneBucketHasNoChoice() {
    String group = "group_id=7,type=select,bucket=actions=output:2";
    Trace trace = trace("table=0,priority=1,actions=group:7", group, frame().build());
    assertThat(trace.dispositions().get(0).choices()).isEmpty();
  }

  /** Thirty groups of two buckets, each with the next one: a thousand million copies. */
  @Test
  void refusesCopiesWithoutEnd() {
    StringBuilder groups = new StringBuilder();
    for (int i = 1; i <= 30; i++) {
      String next = i < 30 ? "group:" + (i + 1) : "output:2";
      groups.append("group_id=" + i + ",type=all,bucket=actions=" + next);
      groups.append(",bucket=actions=" + next + "\n");
    }
    assertThatThrownBy(
            () -> ends("table=0,priority=1,actions=group:1", "" + groups, frame().build()))
        .hasMessageContaining("more than 100000 copies");
  }

  @Test
  void comparesTheLengthAndClearsTheBitOfOneThatFits() {
    String flows =
        """
        table=0,priority=1,actions=set_field:0xff->reg1,check_pkt_larger(1464)->reg1[3],goto_table:1
        table=1,priority=2,reg1=0xff,actions=CONTROLLER:128
        table=1,priority=1,reg1=0xf7,actions=output:9
        """;
    assertThat(ends(flows, "", frame().length(1464).build())).containsExactly("OUTPUT 9");
    assertThat(ends(flows, "", frame().length(1465).build())).containsExactly("TO_CONTROLLER");
    assertThat(ends(flows, "", frame().vlan(7).length(1464).build())).containsExactly("OUTPUT 9");
    assertThat(ends(flows, "", frame().vlan(7).length(1465).build()))
        .containsExactly("TO_CONTROLLER");
  }

  @Test
  void saysWhatAMeterIsFor() {
    String flows =
        """
        table=0,priority=2,dl_dst=02:00:00:00:00:02,actions=meter:45,CONTROLLER:65535 # network blue
        table=0,priority=1,actions=meter:47 # network blue
        """;
    assertThat(TraceText.render(trace(flows, "", frame().build())))
        .contains(
            "    meter 45, oversize of port 11 (drops what exceeds its rate; taken as passed)\n")
        .endsWith(
            "    to the controller, at most 65535 bytes, by network blue (table 0, cookie 0x0)\n");
    TracedPacket other = TracedPacket.builder(port(11), mac(1), mac(3)).build();
    assertThat(trace(flows, "", other).dispositions())
        .extracting(Disposition::kind)
        .containsExactly(Disposition.Kind.DROPPED_BY_ENTRY);
    assertThat(TraceText.render(trace(flows, "", other)))
        .contains("    meter 47, drop of port 11 (counts what is dropped here)\n")
        .endsWith("    dropped, by network blue (table 0, cookie 0x0)\n");
  }

  @Test
  void extensionsMatchNothingOnAPlainSwitch() {
    FlowTables tables = OfctlFormat.parse("table=0,priority=1,reg0=0x0/0x1,actions=output:2", "");
    assertThat(PacketTracer.trace(tables, frame().build(), FragmentMode.NORMAL).entries())
        .hasSize(1);
    assertThat(PacketTracer.trace(tables, frame().build(), FragmentMode.STANDARD).entries())
        .isEmpty();
  }

  @Test
  void readsLikeProse() {
    String flows =
        """
        cookie=0x7, table=0,priority=200,in_port=1,actions=set_field:100->tun_id,goto_table:50 # endpoint vm1
        table=50,priority=5,actions=meter:3,check_pkt_larger(1464)->reg0[0],group:8,output:1,goto_table:51 # node 2
        """;
    String groups =
        "group_id=8,type=all,bucket=actions=set_field:192.0.2.2->tun_dst,output:9 # network blue";
    TracedPacket packet = frame().tcp(A, B, 1024, 80, 0x12).dontFragment(true).length(1515).build();
    assertThat(TraceText.render(trace(flows, groups, packet)))
        .isEqualTo(
            """
            Packet: from port 1, 02:00:00:00:00:01 -> 02:00:00:00:00:02, IPv4 10.0.0.1 -> 10.0.0.2, TCP 1024 -> 80 [SYN, ACK], DF, 1515 bytes with Ethernet header
            Fragments as seen by: Open vSwitch, normal
            Table 0, priority 200: in_port=1
                because of endpoint vm1 (table 0, cookie 0x7)
                set tun_id=100
            Table 50, priority 5: any packet
                because of node 2 (table 50, cookie 0x0)
                meter 3 (drops what exceeds its rate; taken as passed)
                1515 bytes exceed the limit of 1464 (Ethernet header included): reg0[0]=1
                group 8, a copy for each of 1 buckets, because of network blue
                bucket 1 of group 8
                set tun_dst=192.0.2.2
                output to port 9
                not sent back to port 1
            Table 51: no entry matches
            Result:
                output to port 9, tunnel id 100, tunnel destination 192.0.2.2, by node 2 (table 50, cookie 0x0)
                not sent: port 1 is where it came from (only IN_PORT sends back), by node 2 (table 50, cookie 0x0)
            """);
  }
}
