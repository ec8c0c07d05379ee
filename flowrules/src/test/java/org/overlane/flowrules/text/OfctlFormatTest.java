/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.flowrules.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.overlane.flowrules.model.OfPort;
import org.overlane.flowrules.openflow.Action;
import org.overlane.flowrules.openflow.Bits;
import org.overlane.flowrules.openflow.Field;
import org.overlane.flowrules.openflow.FieldValue;
import org.overlane.flowrules.openflow.FlowEntry;
import org.overlane.flowrules.openflow.FlowTables;
import org.overlane.flowrules.openflow.Meter;
import org.overlane.flowrules.testing.RandomTables;

class OfctlFormatTest {
  @Property(tries = 500)
  void parsesWhatItRenders(@ForAll Random random) {
    FlowTables tables = RandomTables.tables(random, 20);
    assertThat(
            OfctlFormat.parse(
                OfctlFormat.flows(tables), OfctlFormat.groups(tables), OfctlFormat.meters(tables)))
        .isEqualTo(tables);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "priority=310,udp,in_port=1,nw_dst=192.0.2.1 actions=LOCAL",
        "table=20, priority=5,udp6,tp_src=5 actions=drop",
        "priority=5,tcp6,tp_dst=5,tcp_flags=-fin+syn-rst actions=drop",
        "priority=5,icmp6,icmp_type=5 actions=CONTROLLER:65535",
        "priority=5,dl_vlan=5 actions=drop",
        "priority=5,vlan_tci=0x1000/0x1000 actions=drop",
        "priority=5,ip,nw_dst=10.0.0.0/8 actions=load:0x5->NXM_NX_REG1[0..7]",
        " cookie=0x7, duration=1.2s, table=1, n_packets=3, n_bytes=9, idle_age=1, in_port=1 actions=check_pkt_larger(1464)->NXM_NX_REG0[3],goto_table:3",
      })
  void readsDumpsAndRendersThemInOneForm(String dump) {
    FlowEntry entry = OfctlFormat.parseEntry(dump);
    assertThat(OfctlFormat.parseEntry(OfctlFormat.entry(entry))).isEqualTo(entry);
  }

  @Test
  void understandsTheShortFormsOfADump() {
    assertThat(OfctlFormat.parseEntry("udp6,tp_src=5 actions=IN_PORT"))
        .satisfies(
            e -> {
              assertThat(e.priority()).isEqualTo(32_768);
              assertThat(e.table()).isZero();
              assertThat(e.match().get(Field.ETH_TYPE))
                  .contains(FieldValue.exact(Field.ETH_TYPE, 0x86dd));
              assertThat(e.match().get(Field.IP_PROTO))
                  .contains(FieldValue.exact(Field.IP_PROTO, 17));
              assertThat(e.match().get(Field.UDP_SRC)).contains(FieldValue.exact(Field.UDP_SRC, 5));
              assertThat(e.instructions().applyActions())
                  .containsExactly(Action.output(OfPort.IN_PORT));
            });
    assertThat(OfctlFormat.parseEntry("tcp,tcp_flags=+syn-ack actions=drop").match().values())
        .contains(FieldValue.masked(Field.TCP_FLAGS, Bits.of(0x02), Bits.of(0x12)));
    assertThat(OfctlFormat.parseEntry("ip,nw_dst=10.0.0.0/8 actions=drop").match().values())
        .contains(FieldValue.masked(Field.IPV4_DST, Bits.of(0x0a000000L), Bits.of(0xff000000L)));
    assertThat(
            OfctlFormat.parseEntry("actions=load:0x5->NXM_NX_REG1[4..7]")
                .instructions()
                .applyActions())
        .containsExactly(
            Action.setField(FieldValue.masked(Field.REG1, Bits.of(0x50), Bits.of(0xf0))));
  }

  /** As Open vSwitch 3.1 prints them, with OpenFlow 1.3 and 1.5. */
  @Test
  void readsActionSetsAndGroupsOfADump() {
    FlowEntry entry =
        OfctlFormat.parseEntry(
            " cookie=0x0, duration=0.004s, table=0, n_packets=0, n_bytes=0, priority=1,in_port=1"
                + " actions=output:5,clear_actions,write_actions(output:2,group:7,load:0x1->"
                + "NXM_NX_REG0[0]),write_metadata:0x5/0xf,goto_table:1");
    assertThat(OfctlFormat.instructions(entry.instructions()))
        .isEqualTo(
            "output:5,clear_actions,write_actions(output:2,group:7,set_field:0x1/0x1->reg0),"
                + "write_metadata:0x5/0xf,goto_table:1");
    String select = "group_id=1,type=select,bucket=actions=output:2,bucket=actions=drop";
    for (String dump :
        new String[] {
          " group_id=1,type=select,bucket=weight:3,actions=output:2,bucket=actions=drop",
          " group_id=1,type=select,selection_method=hash,fields(eth_src),bucket=bucket_id:0,"
              + "weight:3,actions=output:2,bucket=bucket_id:1,actions=drop",
        }) {
      assertThat(OfctlFormat.group(OfctlFormat.parseGroup(dump))).isEqualTo(select);
    }
    String indirect = "group_id=2,type=indirect,bucket=actions=set_field:0x5->reg0,output:4";
    assertThat(OfctlFormat.group(OfctlFormat.parseGroup(indirect))).isEqualTo(indirect);
  }

  @Test
  void skipsHeadingsCommentsAndBlankLines() {
    FlowTables tables =
        OfctlFormat.parse(
            "OFPST_FLOW reply (OF1.3) (xid=0x2):\n\n# a comment\n priority=0 actions=drop\r\n",
            "OFPST_GROUP_DESC reply (OF1.3) (xid=0x2):\n"
                + " group_id=1,type=all,bucket=bucket_id:0,actions=output:1,bucket=actions=drop\n",
            "OFPST_METER_CONFIG reply (OF1.3) (xid=0x2):\n"
                + "meter=45 pktps burst stats bands=\ntype=drop rate=100 burst_size=90\n"
                + "\nmeter=46 pktps burst stats bands=\ntype=drop rate=2 burst_size=1\n");
    assertThat(tables.entries()).hasSize(1);
    assertThat(tables.groups().get(1L).buckets()).hasSize(2);
    assertThat(tables.meters().values())
        .containsExactly(Meter.of(45, 100, 90, ""), Meter.of(46, 2, 1, ""));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "in_port=1,actions=nothing; 1; 19; unknown action 'nothing'",
        "in_port=0,actions=drop; 1; 9; no usable OpenFlow port",
        "in_port=1,colour=red,actions=drop; 1; 11; unknown field 'colour'",
        "in_port=1,frob,actions=drop; 1; 11; unknown protocol or key without value: 'frob'",
        "priority=70000,actions=drop; 1; 10; 70000 is more than 65535",
        "priority=x,actions=drop; 1; 10; not a number: 'x'",
        "tun_id=0x5/0x2,actions=drop; 1; 8; has bits outside the mask",
        "nw_frag=perhaps,actions=drop; 1; 9; nw_frag is one of",
        "dl_dst=02:00,actions=drop; 1; 8; not a MAC address",
        "ip,nw_dst=2001:db8::1,actions=drop; 1; 11; other address family",
        "tcp_flags=+fun,actions=drop; 1; 11; unknown TCP flag 'fun'",
        "ip,tp_dst=5,actions=drop; 1; 4; needs tcp or udp before it",
        "in_port=1,in_port=2,actions=drop; 1; 11; in_port is given twice",
        "actions=drop,output:1; 1; 9; drop stands alone",
        "actions=set_field:5,output:1; 1; 19; set_field needs the form value->field",
        "actions=set_field:5->colour; 1; 22; unknown field 'colour'",
        "actions=load:5->NXM_NX_REG0[8..40]; 1; 9; a register has bits 0 to 31",
        "actions=check_pkt_larger; 1; 9; expected check_pkt_larger(bytes)->register[bit]",
        "actions=LOCAL:5; 1; 15; only CONTROLLER takes a length",
        "actions=write_actions(output:1; 1; 9; write_actions needs a closing parenthesis",
        "actions=write_actions(output:1,fly); 1; 32; unknown action 'fly'",
        "actions=write_actions(goto_table:1); 1; 23; unknown action 'goto_table:1'",
        "actions=write_actions(check_pkt_larger(9)->reg0[0]); 1; 23; write_actions cannot hold",
        "actions=write_actions(output:1),write_actions(output:2); 1; 33; given twice",
        "table=9,actions=goto_table:3; 1; 1; must lead to a later table",
        "actions=; 1; 9; an entry needs actions",
        "in_port=1; 1; 1; no 'actions='",
      })
  void saysWhereATextIsWrong(String text, int line, int column, String reason) {
    assertThatThrownBy(() -> OfctlFormat.parseEntry(text))
        .isInstanceOfSatisfying(
            ParseException.class,
            e -> {
              assertThat(e).hasMessageContaining(reason);
              assertThat(e.line()).isEqualTo(line);
              assertThat(e.column()).isEqualTo(column);
            });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "type=all; no group_id",
        "group_id=1,type=ff; only groups of type all, select and indirect are understood, not 'ff': which bucket of it is alive only the switch knows",
        "group_id=1,type=any; only groups of type all, select and indirect are understood, not 'any'",
        "group_id=1,type=indirect; of type indirect must have one bucket, not 0",
        "group_id=1,type=select,bucket=watch_port:2,actions=output:2; unknown action 'watch_port:2'",
        "group_id=1,type=all,weight=3; unknown property of a group: 'weight=3'",
        "group_id=4294967295,type=all; is more than",
        "group_id=1,type=all,bucket=actions=fly; unknown action 'fly'",
      })
  void saysWhereAGroupIsWrong(String text, String reason) {
    assertThatThrownBy(() -> OfctlFormat.parseGroup(text))
        .isInstanceOf(ParseException.class)
        .hasMessageContaining(reason);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "meter=45",
        "meter=45,pktps,burst,stats,bands=",
        "meter=x,pktps,burst,stats,bands=type=drop,rate=1,burst_size=1",
        "meter=-1,pktps,burst,stats,bands=type=drop,rate=1,burst_size=1",
        "meter=45,kbps,burst,stats,bands=type=drop,rate=1,burst_size=1",
        "meter=45,pktps,burst,stats,bands=type=dscp_remark,rate=1,burst_size=1",
        "meter=45,pktps,burst,stats,bands=type=drop,rate=1",
        "meter=45,pktps,burst,stats,bands=type=drop,rate=99999999999,burst_size=1",
        "meter=45,pktps,burst,stats,bands=type=drop,rate=1,burst_size=1,type=drop,rate=2",
        "group_id=1,type=all",
      })
  void understandsMetersOfOneKindOnly(String text) {
    assertThatThrownBy(() -> OfctlFormat.parseMeter(text))
        .isInstanceOf(ParseException.class)
        .hasMessageStartingWith("line 1, column 1: only meter=ID,pktps,burst,stats,bands=");
  }

  @ParameterizedTest
  @CsvSource({"0, 1, 1", "4294967295, 1, 1", "5, 0, 1", "5, 1, 0"})
  void refusesMetersOutOfRange(long id, int rate, int burst) {
    String text =
        "meter=" + id + ",pktps,burst,stats,bands=type=drop,rate=" + rate + ",burst_size=" + burst;
    assertThatThrownBy(() -> OfctlFormat.parse("", "", "\n" + text))
        .isInstanceOf(ParseException.class)
        .hasMessageMatching("line 2, column 1: .* must be .*");
  }

  @Test
  void refusesRatesBeyondAllNumbers() {
    String text = "meter=1,pktps,burst,stats,bands=type=drop,rate=2147483648,burst_size=1";
    assertThatThrownBy(() -> OfctlFormat.parseMeter(text))
        .isInstanceOf(ParseException.class)
        .hasMessageContaining("2147483648");
  }

  @Test
  void aMeterIsGivenOnce() {
    String line = "meter=1,pktps,burst,stats,bands=type=drop,rate=1,burst_size=1\n";
    assertThatThrownBy(() -> OfctlFormat.parse("", "", line + line))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void countsLines() {
    assertThatThrownBy(() -> OfctlFormat.parse("priority=1,actions=drop\n\nbad actions=drop", ""))
        .isInstanceOf(ParseException.class)
        .hasMessageStartingWith("line 3, column 1: ");
  }

  @Test
  void aSourceStaysOnItsLine() {
    FlowEntry entry = OfctlFormat.parseEntry("priority=1,actions=drop # endpoint vm1");
    assertThat(entry.source()).isEqualTo("endpoint vm1");
    FlowEntry nasty =
        FlowEntry.of(
            0, 1, entry.match(), entry.instructions(), entry.cookie(), "endpoint a\nactions=LOCAL");
    FlowTables tables = new FlowTables(java.util.List.of(nasty), java.util.List.of());
    assertThat(OfctlFormat.flows(tables).lines()).hasSize(1);
  }
}
