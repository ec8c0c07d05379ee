/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.overlane.e2e.lab.Controller;
import org.overlane.e2e.lab.Lab;
import org.overlane.e2e.lab.LabOptions;
import org.overlane.e2e.lab.LabOptions.Underlay;
import org.overlane.e2e.lab.LabOptions.Variant;
import org.overlane.e2e.lab.Switch;
import org.overlane.e2e.lab.Vm;

/**
 * An operator's first minute: bridges with VM ports and an uplink, and databases that listen. There
 * is no tunnel port, no bridge has a controller, and the model gives neither port numbers nor MTUs,
 * MAC addresses of hosts or endpoints.
 */
class ProvisionIT extends ControlledLab {
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final int MTU = 1400;
  private static final String ODD = "a:b 'c',d=e";

  private List<String> before;

  @Override
  LabOptions options() {
    return LabOptions.of(Variant.NATIVE, Underlay.IPV4).with("--underlay-mtu", "" + MTU, "--bare");
  }

  @BeforeAll
  @Override
  void startController() {
    lab = Lab.up(options());
    controller = Controller.start(lab);
    lab.announce();
    lab.database(1, "add-port", "br-int", ODD, "--", "set", "interface", ODD, "type=internal");
    before = configurations();
    lab.relayOnly();
    Await.until("REST answers", START, controller::ready);
  }

  @AfterAll
  @Override
  void stopController() {
    super.stopController();
  }

  private List<String> configurations() {
    return IntStream.rangeClosed(1, hypervisors()).mapToObj(lab::configuration).toList();
  }

  private JsonNode provisioning() {
    return controller.request("GET", "/onos/overlane/v1/provisioning").body().path("provisioning");
  }

  private boolean allAre(String state) {
    JsonNode reports = provisioning();
    return reports.size() == 2 * hypervisors()
        && StreamSupport.stream(reports.spliterator(), false)
            .allMatch(report -> report.path("state").asText().equals(state));
  }

  private String ovs(int hypervisor, String... words) {
    return lab.database(hypervisor, words).strip();
  }

  @Test
  void theLabComesUpWithNothingButItsDatabasesWithinReachAndIsLeftAsItWas() {
    showsWhatItWouldDoAndDoesNothing();
    setsUpWhatIsMissingAndPingsPass();
    aRestartOfTheControllerDisturbsNothing();
    takesBackWhatItHasSetUp();
  }

  private void showsWhatItWouldDoAndDoesNothing() {
    configure(lab.modelToProvision("dry-run"));
    Await.until("a plan for each bridge", SOON, () -> allAre("DRY_RUN"));
    String plans = provisioning().toString();
    assertThat(plans)
        .contains("set fail_mode=secure of bridge br-int", "set fail_mode=secure of bridge br-phy")
        .contains("add port vx-overlane", "to bridge br-int")
        .contains("add controller unix:");
    assertThat(configurations()).isEqualTo(before);
    assertThat(switches()).noneMatch(lab.relay()::connected);
  }

  private void setsUpWhatIsMissingAndPingsPass() {
    configure(lab.modelToProvision("apply"));
    try {
      Await.until("all is set up", SOON, () -> allAre("DONE") && controller.inSync());
    } catch (AssertionError e) {
      throw new AssertionError(
          e.getMessage() + "\n" + controller.status().text() + "\n" + controller.log(), e);
    }
    assertThat(switches()).allMatch(lab.relay()::connected);
    for (int i = 1; i <= hypervisors(); i++) {
      assertThat(ovs(i, "get", "interface", "vx-overlane", "external_ids"))
          .isEqualTo("{overlane-owner=overlane}");
      assertThat(ovs(i, "get-fail-mode", "br-int")).isEqualTo("secure");
      assertThat(ovs(i, "get-fail-mode", "br-phy")).isEqualTo("secure");
    }
    assertThat(ovs(1, "list-ports", "br-int")).contains(ODD);
    Await.until("all is discovered", SOON, this::isAllDiscovered);
    Vm from = lab.vm("blue-1-1");
    Vm to = lab.vm("blue-2-2");
    FirstAnswer.await(to, switches().toList(), () -> from.ping(to.ipv4(), 1, 56).received() > 0);
    assertThat(from.ping(to.ipv4(), 10, 56)).isEqualTo(new Vm.Ping(10, 10));
    assertThat(lab.vm("blue-2-1").ping(lab.vm("blue-1-2").ipv6(), 10, 56).received()).isEqualTo(10);
  }

  /** Endpoints, MAC addresses of hosts, and the MTU of the underlay. */
  private boolean isAllDiscovered() {
    JsonNode mtus = controller.request("GET", "/onos/overlane/v1/mtu").body();
    return switches()
            .allMatch(
                s -> {
                  JsonNode status = status(s);
                  return status.path("pending").isEmpty()
                      && status.path("ovsdb").path("state").asText().equals("CONNECTED");
                })
        && mtus.path("nodes").findValues("underlayMtu").stream().allMatch(m -> m.asInt() == MTU)
        && status(lab.overlaySwitch(1)).path("ovsdb").path("endpoints").size() == 2
        && owned(lab.underlaySwitch(1)).stream()
            .anyMatch(e -> e.matches("dl_dst=" + lab.vtepMac(1)));
  }

  private JsonNode status(Switch bridge) {
    return controller.request("GET", "/onos/overlane/v1/status/" + bridge.deviceId()).body();
  }

  private void aRestartOfTheControllerDisturbsNothing() {
    List<String> present = configurations();
    killController();
    lab.relay().reset();
    restartController();
    Await.until("all is known again", SOON, () -> allAre("DONE"));
    assertThat(configurations()).isEqualTo(present);
    assertThat(switches()).allSatisfy(s -> assertThat(flowMods(s)).as(s.name()).isZero());
  }

  private void takesBackWhatItHasSetUp() {
    configure("{}");
    Await.until("the databases as before", SOON, () -> configurations().equals(before));
    assertThat(switches()).noneMatch(lab.relay()::connected);
  }
}
