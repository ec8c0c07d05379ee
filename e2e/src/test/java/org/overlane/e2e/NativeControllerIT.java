/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.overlane.e2e.lab.LabOptions;
import org.overlane.e2e.lab.LabOptions.Underlay;
import org.overlane.e2e.lab.LabOptions.Variant;
import org.overlane.e2e.lab.Switch;
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
    List<Switch> bridges = List.of(lab.overlaySwitch(1), lab.overlaySwitch(2));
    bridges.forEach(Switch::forgetTunnelNeighbours);
    FirstAnswer.await(to, bridges, () -> from.ping(to.ipv4(), 1, 56).received() > 0);
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
