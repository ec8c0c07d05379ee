/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.overlane.e2e.lab.Capture;
import org.overlane.e2e.lab.FlowEntry;
import org.overlane.e2e.lab.LabOptions;
import org.overlane.e2e.lab.LabOptions.Underlay;
import org.overlane.e2e.lab.LabOptions.Variant;
import org.overlane.e2e.lab.Vm;
import org.overlane.e2e.lab.Vm.DontFragment;

class ManagementOsIpv4IT extends OverlayContract {
  @Override
  LabOptions options() {
    return LabOptions.of(Variant.MANAGEMENT_OS, Underlay.IPV4);
  }

  /**
   * Only here: the kernel's VXLAN device fragments over IPv4, not over IPv6, and a native tunnel of
   * the userspace datapath never does. The VM sends fragments of full size, which no controller is
   * asked about.
   */
  @ParameterizedTest
  @ValueSource(strings = {"normal", "nx-match"})
  void fullSizePacketsArriveInOuterFragments(String mode) {
    lab.underlaySwitch(1).fragmentMode(mode);
    FlowEntry before = receiveEntry();
    // ping fills its data with bytes that count up, from the ninth on after a time stamp
    try (Capture wire = lab.wire(1).capture("ABCDEFGH")) {
      Vm.Probe probe = vm11.probe(vm21.ipv4(), DontFragment.DONT, 20, 2 * 1480 - 8);
      assertThat(probe.received()).as(probe.text()).isEqualTo(20);
      assertThat(wire.stop()).filteredOn(f -> f.outgoing() && f.moreFragments()).hasSize(40);
      received(before, 80);
    }
  }
}
