/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.overlane.config.Samples.json;

import com.google.common.collect.ImmutableList;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.overlane.flowrules.compile.Diagnostic;
import org.overlane.flowrules.feature.PacketClass;
import org.overlane.flowrules.model.OfPort;
import org.overlane.flowrules.openflow.Action;
import org.overlane.flowrules.openflow.Cookie;
import org.overlane.flowrules.openflow.Field;
import org.overlane.flowrules.openflow.FieldValue;
import org.overlane.flowrules.openflow.FlowEntry;
import org.overlane.flowrules.openflow.FlowTables;
import org.overlane.flowrules.openflow.Group;
import org.overlane.flowrules.openflow.Instructions;
import org.overlane.flowrules.openflow.Match;
import org.overlane.flowrules.openflow.Meter;
import org.overlane.flowrules.pipeline.PortMeters;

class FlowTablesJsonTest {
  private static final Match FROM_PORT_2 =
      Match.of(ImmutableList.of(FieldValue.exact(Field.IN_PORT, 2)));

  @Test
  void writesEntriesGroupsAndMeters() {
    Action toOne = Action.output(OfPort.of(1));
    Cookie cookie = Cookie.of(PacketClass.MANAGEMENT_BYPASS.id(), 0, 400, FROM_PORT_2);
    FlowEntry entry =
        FlowEntry.of(
            0,
            400,
            FROM_PORT_2,
            Instructions.builder().applyActions(ImmutableList.of(toOne)).gotoTable(30).build(),
            cookie,
            "uplink \"1\"");
    Group group =
        Group.of(
            4_000_000_000L,
            Arrays.asList(ImmutableList.of(toOne), ImmutableList.of()),
            "network blue");

    Meter meter = PortMeters.of(OfPort.of(11), PortMeters.Purpose.OVERSIZE);

    String text =
        FlowTablesJson.of(
                new FlowTables(
                    ImmutableList.of(entry), ImmutableList.of(group), ImmutableList.of(meter)))
            .toString();

    assertThat(text)
        .isEqualTo(
            json("{'entries':[{'table':0,'priority':400,'match':'in_port=2',")
                + json("'actions':'output:1,goto_table:30','cookie':'" + cookie + "',")
                + json("'packetClass':'management-bypass','source':")
                + "\"uplink \\\"1\\\"\"}],"
                + json("'groups':[{'id':4000000000,'type':'all','buckets':['output:1','drop'],")
                + json("'source':'network blue'}],")
                + json("'meters':[{'id':45,'rate':100,'burst':100,'port':11,")
                + json("'purpose':'oversize','source':'oversize of port 11'}]}"));
  }

  @Test
  void writesOfAMeterWhatItsIdTells() {
    Meter local = PortMeters.of(OfPort.LOCAL, PortMeters.Purpose.DROP);
    Meter shared = PortMeters.of(OfPort.of(OfPort.MAX), PortMeters.Purpose.SYN);
    Meter foreign = Meter.of(Meter.MAX_ID, 1, 1, "");

    assertThat(FlowTablesJson.of(local).get("port").textValue()).isEqualTo("LOCAL");
    assertThat(FlowTablesJson.of(local).get("purpose").textValue()).isEqualTo("drop");
    assertThat(FlowTablesJson.of(shared).has("port")).isFalse();
    assertThat(FlowTablesJson.of(shared).get("purpose").textValue()).isEqualTo("syn");
    assertThat(FlowTablesJson.of(foreign).toString())
        .isEqualTo(json("{'id':4294901760,'rate':1,'burst':1,'source':''}"));
  }

  @Test
  void leavesOutAClassThatNobodyKnows() {
    FlowEntry entry = FlowEntry.of(0, 0, Match.ANY, Instructions.DROP, Cookie.ofBits(0), "");

    assertThat(FlowTablesJson.of(entry).toString())
        .isEqualTo(
            json(
                "{'table':0,'priority':0,'match':'','actions':'drop','cookie':'0x0','source':''}"));
  }

  @Test
  void writesDiagnostics() {
    Diagnostic diagnostic = Diagnostic.of(Diagnostic.Code.NO_TUNNEL, "network blue", "no tunnel");

    assertThat(FlowTablesJson.of(diagnostic).toString())
        .isEqualTo(
            json(
                "{'severity':'warning','code':'no-tunnel','subject':'network blue',"
                    + "'message':'no tunnel'}"));
    assertThat(
            FlowTablesJson.of(Diagnostic.of(Diagnostic.Code.CONTROLLER_FRAGMENTS, "", ""))
                .get("severity")
                .textValue())
        .isEqualTo("limited");
  }
}
