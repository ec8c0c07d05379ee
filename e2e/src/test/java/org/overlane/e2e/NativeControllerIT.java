/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.overlane.e2e.lab.LabOptions;
import org.overlane.e2e.lab.LabOptions.Underlay;
import org.overlane.e2e.lab.LabOptions.Variant;
import org.overlane.e2e.lab.Vm;

/**
 * Two bridges on each hypervisor, IPv6 underlay: the entries need the extensions of Open vSwitch.
 */
class NativeControllerIT extends ControlledLab {
  @Override
  LabOptions options() {
    return LabOptions.of(Variant.NATIVE, Underlay.IPV6);
  }

  @Test
  void packetsFlowAndNothingIsSentAgain() {
    Vm from = lab.vm("blue-1-1");
    Vm to = lab.vm("blue-2-2");
    lab.overlaySwitch(1).forgetTunnelNeighbours();
    lab.overlaySwitch(2).forgetTunnelNeighbours();
    Await.until(
        "first answer",
        Duration.ofSeconds(60),
        () -> {
          lab.overlaySwitch(1).purgeMegaflows();
          lab.overlaySwitch(2).purgeMegaflows();
          return from.ping(to.ipv4(), 1, 56).received() > 0;
        });
    lab.relay().reset();
    assertThat(from.ping(to.ipv4(), 10, 56)).isEqualTo(new Vm.Ping(10, 10));
    assertThat(from.ping(to.ipv6(), 10, 56)).isEqualTo(new Vm.Ping(10, 10));
    awaitTwoRounds();
    assertThat(switches()).allSatisfy(s -> assertThat(flowMods(s)).as(s.name()).isZero());
    assertThat(switches())
        .allSatisfy(s -> assertThat(lab.relay().receivedFrom(s, "PACKET_IN")).isZero());
    assertThat(switches()).allSatisfy(s -> assertThat(asCompiled(s)).as(s.name()).isTrue());
  }
}
