/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.overlane.e2e.lab.ContinuousPing;
import org.overlane.e2e.lab.Controller;
import org.overlane.e2e.lab.FlowEntry;
import org.overlane.e2e.lab.LabOptions;
import org.overlane.e2e.lab.LabOptions.Underlay;
import org.overlane.e2e.lab.LabOptions.Variant;
import org.overlane.e2e.lab.Relay;
import org.overlane.e2e.lab.Switch;
import org.overlane.e2e.lab.Vm;
import org.overlane.e2e.lab.Vm.DontFragment;

/** The controller keeps real switches as the model wants them, and does no more than that. */
class ControllerIT extends ControlledLab {
  private static final String APPLICATION = "/onos/v1/applications/org.overlane/active";
  private static final String REST_APPLICATION = "org.onosproject.rest";
  private static final String TRACE =
      "/onos/overlane/v1/trace?observed=true&format=text&ethertype=0x88b5&from=";

  /** The packet class of what comes from a tunnel. */
  private static final int TUNNEL_INGRESS = 6;

  private static final String ENDPOINTS = "/onos/overlane/v1/endpoints";
  private static final String NEW_ENDPOINT =
      "{\"id\": \"extra\", \"network\": \"blue\", \"mac\": \"02:00:00:00:0e:0e\","
          + " \"device\": \"of:0000000000000002\", \"port\": \"blue-2-2\", \"ips\": [\"10.1.9.9\"]}";

  /**
   * Entries of somebody else: an application number that ONOS has not given to anybody, and none.
   */
  private static final List<String> FOREIGN =
      List.of(
          "cookie=0xfffe000000000001,table=0,priority=77,dl_type=0x88b6,actions=drop",
          "cookie=0x5,table=60,priority=7,in_port=1,actions=drop");

  private Switch first;
  private Switch second;
  private Relay relay;

  @Override
  LabOptions options() {
    return LabOptions.of(Variant.MANAGEMENT_OS, Underlay.IPV4);
  }

  @BeforeEach
  void beginInSync() {
    first = lab.overlaySwitch(1);
    second = lab.overlaySwitch(2);
    relay = lab.relay();
    awaitCompiledProgram();
    relay.reset();
  }

  private Vm.Ping ping() {
    return lab.vm("blue-1-1").ping(lab.vm("blue-2-1").ipv4(), 10, 56);
  }

  @Test
  void packetsFlowAndNothingIsSentAgain() {
    assertThat(ping()).isEqualTo(new Vm.Ping(10, 10));
    assertThat(lab.vm("blue-1-1").ping(lab.vm("blue-2-1").ipv6(), 10, 56))
        .isEqualTo(new Vm.Ping(10, 10));
    // The VM sends fragments of full size, which the endpoint fragments again.
    Vm.Probe large =
        lab.vm("blue-1-1").probe(lab.vm("blue-2-1").ipv4(), DontFragment.DONT, 10, 2 * 1480 - 8);
    assertThat(large.received()).as(large.text()).isEqualTo(10);
    awaitTwoRounds();
    for (Switch bridge : List.of(first, second)) {
      assertThat(flowMods(bridge)).isZero();
      assertThat(relay.sentTo(bridge, "GROUP_MOD")).isZero();
      assertThat(relay.sentTo(bridge, "METER_MOD")).isZero();
      assertThat(relay.receivedFrom(bridge, "PACKET_IN")).isZero();
      assertThat(relay.connections(bridge)).isZero();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "del-flows, 'table=0,priority=310,in_port=1,ip,nw_proto=17,nw_dst=192.0.2.1'",
    "mod-flows, 'table=0,priority=310,in_port=1,ip,nw_proto=17,nw_dst=192.0.2.1,actions=drop'",
    "mod-flows, 'table=0,priority=400,in_port=2,actions=NORMAL'",
  })
  void aDamagedEntryIsMended(String verb, String flow) {
    first.ofctl(verb, "--strict", flow);
    // A deletion is reported at once, so the entry may be back before one could look.
    Await.until("the entry is back", TWO_ROUNDS, () -> flowMods(first) > 0 && asCompiled(first));
    // A wrong entry is either overwritten, or removed and added.
    assertThat(flowMods(first)).as(relay.counters()).isBetween(1L, 2L);
    assertThat(flowMods(second)).isZero();
  }

  @Test
  void anEntryInOurNameIsRemovedAndOthersStay() {
    String ours = Long.toHexString((long) owned(first).get(0).owner() << 48 | 0x010000000007L);
    FOREIGN.forEach(entry -> first.ofctl("add-flow", entry));
    first.ofctl("add-flow", "cookie=0x" + ours + ",table=0,priority=999,in_port=1,actions=NORMAL");
    Await.until(
        "our false entry is gone", TWO_ROUNDS, () -> flowMods(first) > 0 && asCompiled(first));
    awaitTwoRounds();
    assertForeignEntriesStand();
  }

  /**
   * Another application sends frames of the management OS into a tunnel, and drops others that
   * nobody would deliver: the first matters, and a packet shows it.
   */
  @Test
  void whatAnotherApplicationHasPutThereIsVerified() {
    String tunnel =
        owned(first).stream()
            .filter(e -> e.packetClass() == TUNNEL_INGRESS)
            .map(e -> e.match().get(0).replace("in_port=", ""))
            .findFirst()
            .orElseThrow();
    controller.setProperty(COMPONENT, "driftInterval", "1");
    try {
      addFlow(77, "{\"type\": \"ETH_TYPE\", \"ethType\": \"0x88b6\"}", "NOACTION", "1");
      addFlow(
          40000,
          "{\"type\": \"ETH_TYPE\", \"ethType\": \"0x88b5\"},"
              + " {\"type\": \"IN_PORT\", \"port\": \"2\"}",
          "OUTPUT",
          tunnel);
      awaitDrift("1 harmful, 1 harmless");
      JsonNode leak = only(drift(first), "harmful");
      assertThat(leak.path("kind").asText()).isEqualTo("extra");
      assertThat(leak.path("owner").asText()).isEqualTo("application " + REST_APPLICATION);
      assertThat(leak.at("/violations/0/invariant").asText()).isEqualTo("management-isolation");
      assertThat(leak.at("/violations/0/trace").asText())
          .startsWith("Packet: from port 2, ")
          .contains("output to port " + tunnel);
      assertThat(only(drift(first), "harmless").path("what").asText()).contains("0x88b6");
      assertThat(controller.request("GET", TRACE + first.deviceId() + "/2").text())
          .contains("which the way takes into account: 2")
          .contains("The model wants another way:");
    } finally {
      controller.request("DELETE", "/onos/v1/flows/application/" + REST_APPLICATION);
      awaitDrift("as wanted");
      controller.setProperty(COMPONENT, "driftInterval", "60");
    }
    assertThat(asCompiled(first)).isTrue();
  }

  private void awaitDrift(String summary) {
    try {
      Await.until(
          "what the first switch has is found to be " + summary,
          Duration.ofSeconds(60),
          () -> drift(first).path("summary").asText().equals(summary));
    } catch (AssertionError e) {
      throw new AssertionError(e.getMessage() + "\n" + drift(first), e);
    }
  }

  private void addFlow(int priority, String criteria, String instruction, String port) {
    String flow =
        "{\"priority\": "
            + priority
            + ", \"isPermanent\": true, \"tableId\": 0, \"deviceId\": \""
            + first.deviceId()
            + "\", \"selector\": {\"criteria\": ["
            + criteria
            + "]}, \"treatment\": {\"instructions\": [{\"type\": \""
            + instruction
            + "\", \"port\": \""
            + port
            + "\"}]}}";
    Controller.Answer answer =
        controller.request(
            "POST", "/onos/v1/flows/" + first.deviceId() + "?appId=" + REST_APPLICATION, flow);
    assertThat(answer.ok()).as(answer.text()).isTrue();
  }

  private JsonNode drift(Switch bridge) {
    JsonNode observed =
        controller.request("GET", "/onos/overlane/v1/verification").body().path("observed");
    for (JsonNode one : observed.path("switches")) {
      if (one.path("device").asText().equals(bridge.deviceId())) {
        return one;
      }
    }
    return MissingNode.getInstance();
  }

  private static JsonNode only(JsonNode report, String effect) {
    List<JsonNode> found = new ArrayList<>();
    report
        .path("drift")
        .forEach(
            d -> {
              if (d.path("effect").asText().equals(effect)) {
                found.add(d);
              }
            });
    assertThat(found).as(report.toString()).hasSize(1);
    return found.get(0);
  }

  @Test
  void explainsWhatASwitchHas() {
    FlowEntry entry = owned(first).get(0);
    Controller.Answer answer =
        controller.request(
            "GET",
            "/onos/overlane/v1/explain?cookie="
                + Long.toUnsignedString(entry.cookie())
                + "&device="
                + first.deviceId());
    JsonNode explained = answer.body().path("entries").path(0);
    assertThat(explained.path("comparison").asText()).as(answer.text()).isEqualTo("same");
    assertThat(explained.path("applicationId").asInt()).isEqualTo(entry.owner());
  }

  private void assertForeignEntriesStand() {
    List<FlowEntry> foreign = new ArrayList<>(first.entries());
    foreign.removeAll(owned(first));
    assertThat(foreign).extracting(e -> e.table() + " " + e.priority()).contains("0 77", "60 7");
  }

  @Test
  void aRestartedSwitchIsProgrammedAgain() {
    lab.restartSwitch(1);
    awaitCompiledProgram();
    Await.until("answers", Duration.ofSeconds(10), () -> ping().received() == 10);
    assertThat(flowMods(second)).isZero();
  }

  @Test
  void aSwitchThatWasAwayCatchesUpWithTheDifference() {
    List<FlowEntry> before = owned(first);
    relay.block(first);
    first.ofctl("del-flows", "--strict", "table=0,priority=400,in_port=2");
    assertThat(controller.request("POST", ENDPOINTS, NEW_ENDPOINT).code()).isEqualTo(201);
    relay.reset();
    relay.allow(first);
    Await.until(
        "the switch has caught up",
        Duration.ofSeconds(30),
        () -> controller.inSync() && owned(first).size() == before.size() + 1);
    assertThat(flowMods(first)).as(relay.counters()).isEqualTo(2);
    removeNewEndpoint();
  }

  private void removeNewEndpoint() {
    assertThat(controller.request("DELETE", ENDPOINTS + "/extra").code()).isEqualTo(204);
    awaitCompiledProgram();
  }

  @Test
  void aChangeSendsOnlyTheDifference() {
    Map<Switch, List<FlowEntry>> before = entries();
    assertThat(controller.request("POST", ENDPOINTS, NEW_ENDPOINT).code()).isEqualTo(201);
    Await.until(
        "the new endpoint is on both switches",
        TWO_ROUNDS,
        () -> controller.inSync() && owned(first).size() > before.get(first).size());
    Map<Switch, List<FlowEntry>> after = entries();
    awaitTwoRounds();
    for (Switch bridge : before.keySet()) {
      assertThat(flowMods(bridge))
          .as("flow-mods to %s", bridge)
          .isEqualTo(difference(before.get(bridge), after.get(bridge)));
    }
    relay.reset();
    removeNewEndpoint();
    for (Switch bridge : before.keySet()) {
      assertThat(flowMods(bridge))
          .as("flow-mods to %s", bridge)
          .isEqualTo(difference(after.get(bridge), before.get(bridge)));
    }
  }

  private Map<Switch, List<FlowEntry>> entries() {
    return List.of(first, second).stream()
        .collect(Collectors.toMap(Function.identity(), ControlledLab::owned));
  }

  @Test
  void aKilledControllerIsNotMissed() {
    try (ContinuousPing ping = lab.vm("blue-1-1").pingContinuously(lab.vm("blue-2-1").ipv4())) {
      killController();
      relay.reset();
      restartController();
      ContinuousPing.Result result = ping.stop();
      assertThat(result.sent()).isGreaterThan(1000);
      assertThat(result.lost()).as("of %d requests", result.sent()).isEmpty();
      for (Switch bridge : List.of(first, second)) {
        assertThat(flowMods(bridge)).as(relay.counters()).isZero();
        assertThat(relay.sentTo(bridge, "GROUP_MOD")).isZero();
        assertThat(relay.sentTo(bridge, "METER_MOD")).as(relay.counters()).isZero();
        assertThat(asCompiled(bridge)).isTrue();
      }
    }
  }

  @Test
  void removingTheConfigurationOfASwitchRemovesExactlyOurEntries() {
    FOREIGN.forEach(entry -> first.ofctl("add-flow", entry));
    JsonNode model = controller.request("GET", MODEL).body();
    String configuration =
        "/onos/v1/network/configuration/devices/" + first.deviceId() + "/overlane";
    assertThat(controller.request("DELETE", configuration).ok()).isTrue();
    Await.until("no entry of ours on the first switch", TWO_ROUNDS, () -> owned(first).isEmpty());
    assertForeignEntriesStand();
    configure(model.toString());
    awaitCompiledProgram();
    assertForeignEntriesStand();
  }

  @Test
  void removingTheApplicationRemovesExactlyItsEntries() {
    assumeThat(controller.request("GET", "/onos/v1/applications/org.overlane").ok())
        .as("this controller knows Overlane as an application, so that it can be deactivated")
        .isTrue();
    FOREIGN.forEach(entry -> first.ofctl("add-flow", entry));
    assertThat(controller.request("DELETE", APPLICATION).ok()).isTrue();
    try {
      Await.until(
          "no entry of ours",
          Duration.ofSeconds(30),
          () -> switches().allMatch(s -> owned(s).isEmpty()));
      assertForeignEntriesStand();
    } finally {
      controller.request("POST", APPLICATION);
      Await.until("Overlane answers again", START, () -> controller.status().ok());
    }
    awaitCompiledProgram();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "garbage",
        "truncated",
        "version",
        "short-length",
        "huge-statistics",
        "bad-statistics",
        "silence-after-hello"
      })
  void aHostilePeerHarmsNobodyElse(String misbehaviour) {
    String outcome = lab.controllerTool("hostile.py", misbehaviour);
    assertThat(outcome).isIn("closed", "open");
    for (Switch bridge : List.of(first, second)) {
      assertThat(relay.connected(bridge)).isTrue();
      assertThat(relay.connections(bridge)).as("reconnections").isZero();
    }
    first.ofctl("del-flows", "--strict", "table=0,priority=400,in_port=2");
    Await.until("the controller still works", TWO_ROUNDS, () -> asCompiled(first));
    // ONOS remembers every device that it has seen.
    controller.request("DELETE", "/onos/v1/devices/of:0000000000000bad");
  }

  /** Devices, networks and endpoints one by one, in an order that the seed decides. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2})
  void theOrderOfConfigurationDoesNotMatter(long seed) {
    JsonNode model = controller.request("GET", MODEL).body();
    configure("{}");
    Await.until("no entry of ours", TWO_ROUNDS, () -> switches().allMatch(s -> owned(s).isEmpty()));
    List<String> networks = new ArrayList<>();
    model.path("networks").forEach(n -> networks.add("{\"networks\": [" + n + "]}"));
    List<String> rest = new ArrayList<>();
    model.path("endpoints").forEach(e -> rest.add("{\"endpoints\": [" + e + "]}"));
    model
        .path("devices")
        .fields()
        .forEachRemaining(
            d -> rest.add("{\"devices\": {\"" + d.getKey() + "\": " + d.getValue() + "}}"));
    Collections.shuffle(rest, new Random(seed));
    // Whatever names a network comes after it: the other order is refused.
    List<String> steps = new ArrayList<>(networks);
    steps.addAll(rest);
    for (String step : steps) {
      Controller.Answer answer = controller.request("POST", MODEL, step);
      assertThat(answer.ok()).as("%s: %s", step, answer.text()).isTrue();
    }
    awaitCompiledProgram();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"networks\": [{\"id\": \"x\", \"vni\": 0}]}|vni|0",
        "{\"networks\": [{\"id\": \"x\", \"vni\": 16777216}]}|vni|16777216",
        "{\"networks\": [{\"id\": \"x\", \"vni\": 5, \"color\": 1}]}|color|id",
        "{\"networks\": [{\"id\": \"x\"|JSON|line",
        "{\"endpoints\": [{\"network\": \"nowhere\", \"mac\": \"02:00:00:00:00:99\", \"device\":"
            + " \"of:0000000000000001\", \"port\": 9}]}|network|nowhere",
        "{\"endpoints\": [{\"id\": \"twin\", \"network\": \"blue\", \"mac\": \"02:00:00:01:01:01\","
            + " \"device\": \"of:0000000000000002\", \"port\": 9}]}|mac|02:00:00:01:01:01",
        "{\"devices\": {\"of:0000000000000003\": {\"overlane\": {\"vteps\": [\"192.0.2.1\"]}}}}"
            + "|vteps|192.0.2.1",
        "{\"devices\": {\"of:0000000000000003\": {\"overlane\": {\"underlayMtu\": 100}}}}"
            + "|underlayMtu|100",
        "{\"devices\": {\"of:0000000000000003\": {\"overlane\": {\"vteps\": [\"192.0.2.3\"],"
            + " \"uplinks\": [{\"port\": 1, \"management\": {\"port\": 2,"
            + " \"mac\": \"02:00:00:00:00:07\"}}],"
            + " \"tunnel\": {\"mode\": \"native\", \"port\": 2}}}}}|port|2",
      })
  void badInputIsRefusedAndNothingChanges(String fragment, String field, String value) {
    JsonNode before = controller.request("GET", MODEL).body();
    Controller.Answer answer = controller.request("POST", MODEL, fragment);
    assertThat(answer.code()).as(answer.text()).isIn(400, 409);
    assertThat(answer.text()).contains(field).contains(value);
    assertThat(controller.request("GET", MODEL).body()).isEqualTo(before);
    assertThat(flowMods(first) + flowMods(second)).isZero();
  }

  @Test
  void aPortThatDoesNotExistIsPendingUntilItDoes() {
    String endpoint =
        "{\"id\": \"early\", \"network\": \"blue\", \"mac\": \"02:00:00:00:0e:0f\","
            + " \"device\": \"of:0000000000000001\", \"port\": \"later\"}";
    int before = owned(first).size();
    assertThat(controller.request("POST", ENDPOINTS, endpoint).code()).isEqualTo(201);
    try {
      Await.until(
          "the status says what is missing",
          TWO_ROUNDS,
          () -> controller.status().body().path("switches").path(0).path("pending").size() > 0);
      assertThat(controller.status().text()).contains("later").contains("early");
      lab.addPort(1, "later", 999);
      Await.until(
          "the endpoint works",
          TWO_ROUNDS,
          () ->
              owned(first).size() > before
                  && owned(first).stream().anyMatch(e -> e.matches("in_port=999")));
    } finally {
      controller.request("DELETE", ENDPOINTS + "/early");
      lab.removePort(1, "later");
    }
  }
}
