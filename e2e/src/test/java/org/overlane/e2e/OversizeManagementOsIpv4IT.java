/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.overlane.e2e.lab.FlowEntry;
import org.overlane.e2e.lab.LabOptions;
import org.overlane.e2e.lab.LabOptions.Underlay;
import org.overlane.e2e.lab.LabOptions.Variant;
import org.overlane.e2e.lab.Switch;
import org.overlane.e2e.lab.Vm;
import org.overlane.e2e.lab.Vm.DontFragment;

/** Here the endpoint fragments, so the first packet of a pair opens the way for the rest. */
class OversizeManagementOsIpv4IT extends FloodContract {
  private static final int OVERSIZE_TABLE = 51;

  @Override
  LabOptions options() {
    return LabOptions.of(Variant.MANAGEMENT_OS, Underlay.IPV4);
  }

  @BeforeAll
  void shortenExceptions() {
    controller.setProperty(COMPONENT, "exceptionTimeout", "5");
  }

  @Test
  void anExceptionCarriesTheRestAndExpires() {
    awaitNoException();
    relay.reset();
    assertWhole(1);
    Await.until("the exception is there", TWO_ROUNDS, () -> exceptions().size() == 1);
    FlowEntry exception = exceptions().get(0);
    assertThat(exception.table()).isEqualTo(OVERSIZE_TABLE);
    assertThat(exception.match())
        .contains(
            "icmp",
            "tun_id=0x" + Integer.toHexString(from.vni()),
            "nw_src=" + from.ipv4(),
            "nw_dst=" + to.ipv4());
    assertThat(oversize().path("tracked").path("exceptions").asInt()).isPositive();
    // The answers had to open their own way.
    assertThat(packetIns()).isEqualTo(2);
    assertWhole(20);
    assertThat(exceptions()).singleElement().matches(e -> e.packets() >= 20, "is used");
    assertThat(packetIns()).isEqualTo(2);
    awaitNoException();
    assertWhole(1);
    assertThat(packetIns()).isEqualTo(4);
  }

  @Test
  void anEndpointThatIsSaidNotToFragmentIsTakenAtItsWord() {
    Switch bridge = lab.overlaySwitch(1);
    String path = "/onos/v1/network/configuration/devices/" + bridge.deviceId() + "/overlane";
    String configuration = controller.request("GET", path).text();
    String silent = configuration.replace("\"tunnel\":{", "\"tunnel\":{\"fragments\":[],");
    assertWhole(1);
    long fragmented = counted("fragmented");
    assertThat(controller.request("POST", path, silent).ok()).isTrue();
    try {
      // An exception may still be there, but it does not hold any more.
      Await.until(
          "the program has changed", TWO_ROUNDS, () -> controller.inSync() && !asCompiled(bridge));
      assertWhole(3);
      assertThat(counted("fragmented") - fragmented).isEqualTo(3);
    } finally {
      assertThat(controller.request("POST", path, configuration).ok()).isTrue();
      awaitCompiledProgram();
    }
  }

  private void awaitNoException() {
    Await.until(
        "no exception is left",
        Duration.ofSeconds(30),
        () -> switches().allMatch(s -> s.entries().stream().noneMatch(ControlledLab::exception)));
  }

  private List<FlowEntry> exceptions() {
    return lab.overlaySwitch(1).entries().stream().filter(ControlledLab::exception).toList();
  }

  private void assertWhole(int packets) {
    Vm.Probe probe =
        from.probe(to.ipv4(), DontFragment.DONT, packets, Family.IPV4.echoData(VM_MTU));
    assertThat(probe.received()).as(probe.text()).isEqualTo(packets);
  }
}
