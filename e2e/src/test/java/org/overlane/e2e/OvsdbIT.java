/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.overlane.e2e.lab.Controller;
import org.overlane.e2e.lab.FlowEntry;
import org.overlane.e2e.lab.LabOptions;
import org.overlane.e2e.lab.LabOptions.Underlay;
import org.overlane.e2e.lab.LabOptions.Variant;
import org.overlane.e2e.lab.Switch;
import org.overlane.e2e.lab.Vm;

/**
 * The model says nothing but VTEP addresses, roles of ports, networks and where the databases are.
 * MTUs and endpoints come from there, and the switches must do exactly what they would do if all of
 * it had been declared.
 */
class OvsdbIT extends ControlledLab {
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final int MTU = 1400;
  private static final int NARROW = 1380;
  private static final String NEW_MAC = "02:00:00:00:77:01";
  private static final String NEW_ID = "blue/" + NEW_MAC;
  private static final int BAD_PORT = 16999;

  @Override
  LabOptions options() {
    return LabOptions.of(Variant.NATIVE, Underlay.IPV4).with("--underlay-mtu", "" + MTU);
  }

  @BeforeEach
  void discoverAll() {
    lab.announce();
    configure(lab.modelToDiscover());
    awaitCompiledProgram();
  }

  private JsonNode status(Switch bridge) {
    return controller.request("GET", "/onos/overlane/v1/status/" + bridge.deviceId()).body();
  }

  private boolean connected(Switch bridge) {
    return status(bridge).path("ovsdb").path("state").asText().equals("CONNECTED");
  }

  private List<Integer> underlayMtus() {
    return controller
        .request("GET", "/onos/overlane/v1/mtu")
        .body()
        .path("nodes")
        .findValues("underlayMtu")
        .stream()
        .map(JsonNode::asInt)
        .distinct()
        .toList();
  }

  @Test
  void whatIsDiscoveredIsAsGoodAsDeclared() {
    assertThat(underlayMtus()).containsExactly(MTU);
    JsonNode ovsdb = status(lab.overlaySwitch(1)).path("ovsdb");
    assertThat(ovsdb.path("state").asText()).isEqualTo("CONNECTED");
    assertThat(ovsdb.path("bridge").path("datapath").asText()).isEqualTo("netdev");
    assertThat(ovsdb.path("endpoints")).hasSize(2);
    Await.until(
        "the warning about the userspace datapath",
        SOON,
        () -> status(lab.overlaySwitch(1)).path("warnings").toString().contains("userspace"));
    assertThat(status(lab.overlaySwitch(1)).path("pending")).isEmpty();
    Vm from = lab.vm("blue-1-1");
    Vm to = lab.vm("blue-2-2");
    Await.until(
        "first answer", Duration.ofSeconds(60), () -> from.ping(to.ipv4(), 1, 56).received() > 0);
    assertThat(from.ping(to.ipv4(), 10, 56)).isEqualTo(new Vm.Ping(10, 10));
  }

  @Test
  void theUnderlayMtuFollowsTheUplinks() {
    lab.trunkMtu(NARROW);
    try {
      Await.until(
          "the new MTU", SOON, () -> underlayMtus().equals(List.of(NARROW)) && controller.inSync());
      assertThat(asCompiled(lab.overlaySwitch(1))).isFalse();
    } finally {
      lab.trunkMtu(MTU);
    }
    awaitCompiledProgram();
  }

  private void addAnnouncedPort(int hypervisor) {
    lab.addPort(hypervisor, "newvm", 177);
    lab.database(
        hypervisor,
        "set",
        "interface",
        "newvm",
        "external_ids:attached-mac=\"" + NEW_MAC + "\"",
        "external_ids:overlane-network=blue");
  }

  private boolean attached(int hypervisor) {
    return owned(lab.overlaySwitch(hypervisor)).stream()
        .anyMatch(e -> e.matches("dl_src=" + NEW_MAC));
  }

  private boolean known(int hypervisor) {
    return owned(lab.overlaySwitch(hypervisor)).stream()
        .anyMatch(e -> e.matches("dl_dst=" + NEW_MAC));
  }

  @Test
  void anEndpointComesMovesAndVanishesWithItsPort() {
    try {
      List<List<FlowEntry>> without = allEntries();
      lab.relay().reset();
      addAnnouncedPort(1);
      Await.until(
          "the VM at the first", SOON, () -> attached(1) && known(2) && controller.inSync());
      List<List<FlowEntry>> atFirst = allEntries();
      assertOnlyDifferenceSent(without, atFirst);

      lab.relay().reset();
      lab.removePort(1, "newvm");
      addAnnouncedPort(2);
      Await.until(
          "the VM at the second",
          SOON,
          () -> attached(2) && !attached(1) && known(1) && controller.inSync());
      List<List<FlowEntry>> atSecond = allEntries();
      assertNoMoreSent(atFirst, without, atSecond);

      lab.relay().reset();
      lab.removePort(2, "newvm");
      Await.until("no VM", SOON, () -> !attached(2) && !known(1) && controller.inSync());
      assertOnlyDifferenceSent(atSecond, allEntries());
    } finally {
      lab.removePort(1, "newvm");
      lab.removePort(2, "newvm");
    }
    awaitCompiledProgram();
    assertThat(known(1) || known(2)).isFalse();
  }

  @Test
  void aDeclaredEndpointComesFirst() {
    String declared =
        String.format(
            "{\"id\": \"mine\", \"network\": \"blue\", \"mac\": \"%s\", \"device\": \"%s\","
                + " \"port\": 178}",
            NEW_MAC, lab.overlaySwitch(2).deviceId());
    try {
      addAnnouncedPort(1);
      Await.until("the announced VM", SOON, () -> attached(1));
      Controller.Answer answer =
          controller.request("POST", "/onos/overlane/v1/endpoints", declared);
      assertThat(answer.ok()).as(answer.text()).isTrue();
      Await.until("only the declared one", SOON, () -> !attached(1) && controller.inSync());
      assertThat(status(lab.overlaySwitch(1)).path("pending").toString())
          .contains(NEW_ID, "but endpoint mine is at port 178");
      assertThat(controller.request("DELETE", "/onos/overlane/v1/endpoints/mine").ok()).isTrue();
      Await.until("the announced VM again", SOON, () -> attached(1));
    } finally {
      controller.request("DELETE", "/onos/overlane/v1/endpoints/mine");
      lab.removePort(1, "newvm");
    }
    awaitCompiledProgram();
  }

  @Test
  void aRestartOfADatabaseChangesNothing() {
    lab.relay().reset();
    String before = status(lab.overlaySwitch(1)).path("ovsdb").path("since").asText();
    lab.restartDatabase(1);
    Await.until(
        "the database is read again",
        SOON,
        () ->
            connected(lab.overlaySwitch(1))
                && !status(lab.overlaySwitch(1))
                    .path("ovsdb")
                    .path("since")
                    .asText()
                    .equals(before));
    awaitTwoRounds();
    assertThat(controller.inSync()).isTrue();
    assertNothingSent();
    addAnnouncedPort(1);
    try {
      Await.until("it is followed again", SOON, () -> attached(1));
    } finally {
      lab.removePort(1, "newvm");
    }
    awaitCompiledProgram();
  }

  @Test
  void aKilledControllerDisturbsNothing() {
    killController();
    lab.relay().reset();
    restartController();
    assertNothingSent();
    awaitCompiledProgram();
  }

  /**
   * What is known of br-int from br-phy, its MTU, must not wait for br-phy to connect: it would be
   * wrong until then, and right again thereafter.
   */
  @Test
  void aKilledControllerDisturbsNothingInWhateverOrderItsSwitchesCome() {
    killController();
    lab.relay().reset();
    List<Switch> late = List.of(lab.underlaySwitch(1), lab.underlaySwitch(2));
    late.forEach(lab.relay()::block);
    try {
      controller.start();
      Await.until("REST answers again", START, controller::ready);
      Await.until(
          "the others are back",
          Duration.ofSeconds(60),
          () -> inSync(lab.overlaySwitch(1)) && inSync(lab.overlaySwitch(2)));
      awaitTwoRounds(List.of(lab.overlaySwitch(1), lab.overlaySwitch(2)));
    } finally {
      late.forEach(lab.relay()::allow);
    }
    awaitCompiledProgram();
    awaitTwoRounds();
    assertNothingSent();
  }

  private boolean inSync(Switch bridge) {
    return status(bridge).path("state").asText().equals("IN_SYNC");
  }

  private void assertNothingSent() {
    if (switches().anyMatch(s -> flowMods(s) > 0)) {
      throw new AssertionError(
          "flow-mods were sent: " + lab.relay().counters() + "\n" + controller.log());
    }
  }

  @Test
  void garbageIsHarmless() throws Exception {
    String path = "/onos/v1/network/configuration/devices/of:00000000000000fe/overlane";
    try (AutoCloseable bad = lab.badDatabase(BAD_PORT)) {
      Controller.Answer answer =
          controller.request("POST", path, "{\"ovsdb\": \"tcp:127.0.0.1:" + BAD_PORT + "\"}");
      assertThat(answer.ok()).as(answer.text()).isTrue();
      for (String reason : List.of("does not speak OVSDB", "more than 32 levels")) {
        Await.until(
            reason,
            Duration.ofSeconds(60),
            () ->
                controller
                    .request("GET", "/onos/overlane/v1/status/of:00000000000000fe")
                    .body()
                    .path("ovsdb")
                    .path("lastError")
                    .asText()
                    .contains(reason));
      }
      assertThat(switches()).allMatch(this::connected);
      assertThat(switches()).allMatch(this::asCompiled);
    } finally {
      controller.request("DELETE", path);
    }
    awaitCompiledProgram();
  }
}
