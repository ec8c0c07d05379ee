/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.overlane.e2e.lab.FlowEntry;
import org.overlane.e2e.lab.LabOptions;
import org.overlane.e2e.lab.LabOptions.Underlay;
import org.overlane.e2e.lab.LabOptions.Variant;
import org.overlane.e2e.lab.Vm;
import org.overlane.e2e.lab.Vm.DontFragment;

/** Here the endpoint fragments, so the first packet of a pair opens the way for the rest. */
class OversizeManagementOsIpv4IT extends FloodContract {
  private static final String COMPONENT = "org.overlane.app.onos.OverlaneController";
  private static final int OVERSIZE_TABLE = 51;

  @Override
  LabOptions options() {
    return LabOptions.of(Variant.MANAGEMENT_OS, Underlay.IPV4);
  }

  @Test
  void anExceptionCarriesTheRestAndExpires() {
    controller.setProperty(COMPONENT, "exceptionTimeout", "5");
    try {
      Await.until("no exception", Duration.ofSeconds(90), () -> exceptions().isEmpty());
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
      Await.until("the exception expires", Duration.ofSeconds(30), () -> exceptions().isEmpty());
      assertWhole(1);
      assertThat(packetIns()).isEqualTo(4);
    } finally {
      controller.setProperty(COMPONENT, "exceptionTimeout", "60");
    }
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
