/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.tunnels.provision;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.overlane.config.DeviceConfig;
import org.overlane.config.ModelReader;
import org.overlane.flowrules.model.NodeId;
import org.overlane.tunnels.ovsdb.Database;
import org.overlane.tunnels.ovsdb.Databases;

class ProvisioningTest {
  private static final NodeId ONE = NodeId.of("of:0000000000000001");
  private static final String TARGET = "tcp:192.0.2.100:6653";
  private static final String ID = "6d0f4b1e-0000-4000-8000-0000000000";
  private static final String MARK = "'external_ids':['map',[['overlane-owner','overlane']]]";
  private static final String FLOW_BASED =
      "'type':'vxlan','options':['map',[['remote_ip','flow'],['key','flow'],"
          + "['df_default','false']]]";

  private static DeviceConfig device(String provision) {
    return device(provision, "");
  }

  private static DeviceConfig device(String provision, String tunnelPort) {
    return new ModelReader()
        .readDevice(
            ONE,
            ("{'ovsdb':'tcp:192.0.2.10:6640','tunnel':{'mode':'native'"
                    + tunnelPort
                    + "},'provision':"
                    + provision
                    + "}")
                .replace('\'', '"'));
  }

  private static DeviceConfig everything() {
    return device("{'controllers':['" + TARGET + "']}");
  }

  /** A database with this bridge, and other tables. */
  private static Database database(String bridge, String... others) {
    return Databases.of(
        "{'Bridge':{'"
            + ID
            + "01':{'new':{'name':'br-int','datapath_id':'0000000000000001'"
            + (bridge.isEmpty() ? "" : "," + bridge)
            + "}}}"
            + (others.length == 0 ? "" : "," + String.join(",", others))
            + "}");
  }

  private static String row(String table, int number, String columns) {
    return "'" + table + "':{'" + ID + number + "':{'new':{" + columns + "}}}";
  }

  private static String reference(String column, int number) {
    return "'" + column + "':['uuid','" + ID + number + "']";
  }

  private static ProvisionPlan plan(Database database, DeviceConfig... devices) {
    List<ProvisionPlan> plans =
        Provisioning.plans(ImmutableList.copyOf(devices), ImmutableSet.of(), database, "overlane");
    assertThat(plans).hasSize(1);
    return plans.get(0);
  }

  private static List<String> operations(ProvisionPlan plan) {
    return StreamSupport.stream(plan.operations().spliterator(), false)
        .map(operation -> operation.path("op").asText() + " " + operation.path("table").asText(""))
        .map(String::trim)
        .toList();
  }

  @Test
  void setsUpAllThatIsMissing() {
    ProvisionPlan plan = plan(database(""), everything());
    assertThat(plan.conflicts()).isEmpty();
    assertThat(plan.changes())
        .containsExactly(
            "set fail_mode=secure of bridge br-int",
            "add controller " + TARGET + " to bridge br-int",
            "add port vx-overlane (vxlan, {df_default=false, key=flow, remote_ip=flow}) to bridge"
                + " br-int");
    assertThat(operations(plan))
        .containsExactly(
            "wait Bridge",
            "wait Bridge",
            "wait Port",
            "wait Interface",
            "update Bridge",
            "mutate Bridge",
            "mutate Bridge",
            "insert Controller",
            "mutate Bridge",
            "insert Interface",
            "insert Port",
            "mutate Bridge",
            "comment");
    for (JsonNode operation : plan.operations()) {
      if (operation.path("op").asText().equals("insert")) {
        assertThat(operation.at("/row/external_ids").toString())
            .isEqualTo("[\"map\",[[\"overlane-owner\",\"overlane\"]]]");
      }
      if (operation.path("op").asText().equals("wait")) {
        assertThat(operation.path("timeout").asInt(-1)).isZero();
      }
    }
  }

  @Test
  void doesNothingWhereAllIsAsItShouldBe() {
    Database done =
        database(
            "'fail_mode':'secure','protocols':['set',['OpenFlow10','OpenFlow13']],"
                + reference("controller", 20)
                + ","
                + reference("ports", 30),
            row("Controller", 20, "'target':'" + TARGET + "'"),
            row("Port", 30, "'name':'vx-overlane'," + reference("interfaces", 40)),
            row("Interface", 40, "'name':'vx-overlane'," + FLOW_BASED));
    ProvisionPlan plan = plan(done, everything());
    assertThat(plan.changes()).isEmpty();
    assertThat(plan.conflicts()).isEmpty();
    assertThat(plan.operations()).isEmpty();
  }

  @Test
  void leavesWhatOthersHaveMadeAndSaysWhatToDo() {
    Database others =
        database(
            "'fail_mode':'standalone',"
                + reference("controller", 20)
                + ","
                + reference("ports", 30),
            row("Controller", 20, "'target':'tcp:192.0.2.66:6653'"),
            row("Port", 30, "'name':'vx-overlane'," + reference("interfaces", 40)),
            row("Interface", 40, "'name':'vx-overlane','type':'internal'"));
    ProvisionPlan plan = plan(others, everything());
    assertThat(plan.operations()).isEmpty();
    assertThat(plan.conflicts().toString())
        .contains("fail_mode=standalone", "ovs-vsctl del-fail-mode br-int")
        .contains("tcp:192.0.2.66:6653", TARGET + " is not added", "del-controller br-int")
        .contains("no flow-based VXLAN port", "del-port vx-overlane");
    assertThat(plan(others).operations()).as("and does not remove it either").isEmpty();
  }

  @Test
  void doesNotTakeAPortOfAnotherBridge() {
    Database elsewhere =
        database(
            "'fail_mode':'secure'",
            row("Port", 30, "'name':'vx-overlane'," + MARK + "," + reference("interfaces", 40)),
            row("Interface", 40, "'name':'vx-overlane'," + MARK + "," + FLOW_BASED));
    ProvisionPlan plan = plan(elsewhere, device("{}"));
    assertThat(plan.operations()).isEmpty();
    assertThat(plan.conflicts().toString()).contains("is elsewhere on the host");
  }

  @Test
  void removesExactlyWhatBearsItsMark() {
    String bridge =
        "'fail_mode':'secure','protocols':['set',['OpenFlow10','OpenFlow13']],"
            + "'external_ids':['map',[['overlane-fail-mode','overlane'],"
            + "['overlane-protocols','overlane'],['theirs','1']]],'controller':['set',[['uuid','"
            + ID
            + "20'],['uuid','"
            + ID
            + "21']]],'ports':['set',[['uuid','"
            + ID
            + "30'],['uuid','"
            + ID
            + "31']]]";
    Database ours =
        database(
            bridge,
            "'Controller':{'"
                + ID
                + "20':{'new':{'target':'"
                + TARGET
                + "',"
                + MARK
                + "}},'"
                + ID
                + "21':{'new':{'target':'tcp:192.0.2.66:6653'}}}",
            "'Port':{'"
                + ID
                + "30':{'new':{'name':'vx-overlane',"
                + MARK
                + ","
                + reference("interfaces", 40)
                + "}},'"
                + ID
                + "31':{'new':{'name':'theirs'}}}",
            row("Interface", 40, "'name':'vx-overlane'," + MARK + "," + FLOW_BASED));
    ProvisionPlan plan = plan(ours);
    assertThat(plan.policy()).isEmpty();
    assertThat(plan.changes())
        .containsExactly(
            "take back fail_mode of bridge br-int",
            "take back OpenFlow13 of bridge br-int",
            "remove controller " + TARGET + " from bridge br-int",
            "remove port vx-overlane from bridge br-int");
    assertThat(plan.operations().toString()).doesNotContain(ID + "21").doesNotContain(ID + "31");

    List<ProvisionPlan> ofAnother =
        Provisioning.plans(ImmutableList.of(), ImmutableSet.of(), ours, "another-controller");
    assertThat(Provisioning.plans(ImmutableList.of(), ImmutableSet.of(ONE), ours, "overlane"))
        .as("declared at another address of the same host")
        .isEmpty();
    assertThat(ofAnother).allSatisfy(p -> assertThat(p.operations()).isEmpty());
  }

  @Test
  void keepsAnOperatorsLaterChoiceWhenItTakesBackItsOwn() {
    ProvisionPlan plan =
        plan(
            database(
                "'fail_mode':'standalone','external_ids':['map',"
                    + "[['overlane-fail-mode','overlane']]]"));
    assertThat(operations(plan)).containsExactly("wait Bridge", "mutate Bridge", "comment");
    assertThat(plan.operations().toString()).contains("\"delete\"").doesNotContain("\"update\"");
  }

  @Test
  void enablesOpenFlow13BesideWhatIsEnabled() {
    ProvisionPlan plan =
        plan(
            database("'fail_mode':'secure','protocols':'OpenFlow10'"),
            device("{'tunnel':false}", ",'port':'vx9'"));
    assertThat(plan.changes()).containsExactly("enable OpenFlow13 for bridge br-int");
    assertThat(plan.operations().toString())
        .contains("[\"protocols\",\"insert\",[\"set\",[\"OpenFlow13\"]]]")
        .contains("\"rows\":[{\"protocols\":[\"set\",[\"OpenFlow10\"]]}]");
  }

  @Test
  void correctsItsOwnPortOnly() {
    String bridge = "'fail_mode':'secure'," + reference("ports", 30);
    String wrong = "'type':'vxlan','options':['map',[['remote_ip','192.0.2.9'],['csum','true']]]";
    Database ours =
        database(
            bridge,
            row("Port", 30, "'name':'vx-overlane'," + MARK + "," + reference("interfaces", 40)),
            row("Interface", 40, "'name':'vx-overlane'," + MARK + "," + wrong));
    assertThat(plan(ours, device("{}")).changes())
        .containsExactly("correct type and options of port vx-overlane of bridge br-int");
    assertThat(plan(ours, device("{}")).operations().toString()).contains("[\"csum\",\"true\"]");
  }

  @Test
  void makesNoPortThatIsGivenByNumberAndNoneWhereItIsNotAllowed() {
    Database secure = database("'fail_mode':'secure'");
    assertThat(plan(secure, device("{}", ",'port':10")).changes()).isEmpty();
    assertThat(plan(secure, device("{'tunnel':false}", ",'port':'vx9'")).changes()).isEmpty();
    assertThat(plan(secure, device("{}", ",'port':'vx9'")).changes().toString())
        .contains("add port vx9 ");
  }

  @Test
  void waitsForABridgeThatHasNoDatapathIdYet() {
    Database early =
        Databases.of(
            "{'Bridge':{'"
                + ID
                + "01':{'new':{'name':'br-int','external_ids':['map',"
                + "[['overlane-fail-mode','overlane']]]}}}}");
    assertThat(Provisioning.plans(ImmutableList.of(), ImmutableSet.of(), early, "overlane"))
        .isEmpty();
  }
}
