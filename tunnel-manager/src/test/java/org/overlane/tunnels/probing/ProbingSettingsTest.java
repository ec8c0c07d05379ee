/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.tunnels.probing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ProbingSettingsTest {
  @Test
  void defaultsAreThoseOfTheRfc() {
    assertThat(ProbingSettings.DEFAULT.maxProbes()).isEqualTo(3);
    assertThat(ProbingSettings.DEFAULT.probeTimer()).isEqualTo(1_000);
    assertThat(ProbingSettings.DEFAULT.raiseTimer()).isEqualTo(600_000);
  }

  @Test
  void valueOutOfRangeIsRefused() {
    refused(ProbingSettings.builder().maxProbes(1), "maxProbes must be 2 to 10, not 1");
    refused(ProbingSettings.builder().maxProbes(11), "maxProbes must be 2 to 10, not 11");
    refused(ProbingSettings.builder().probeTimer(99), "probeTimer must be 100 to 60000, not 99");
    refused(ProbingSettings.builder().resolution(0), "resolution must be 1 to 512, not 0");
    refused(
        ProbingSettings.builder().probesPerSecond(0), "probesPerSecond must be 1 to 100000, not 0");
    refused(ProbingSettings.builder().nodeBurst(1), "nodeBurst must be 2 to 1000, not 1");
    refused(ProbingSettings.builder().maxPaths(0), "maxPaths must be 1 to 1000000, not 0");
  }

  @Test
  void valuesThatContradictEachOtherAreRefused() {
    refused(
        ProbingSettings.builder().confirmationTimer(30_000).raiseTimer(30_000),
        "confirmationTimer must be less than raiseTimer, 30000, not 30000");
    refused(
        ProbingSettings.builder().firstHoldDown(5_000).lastHoldDown(4_000),
        "firstHoldDown must not exceed lastHoldDown, 4000, but is 5000");
  }

  private static void refused(ProbingSettings.Builder builder, String message) {
    assertThatThrownBy(builder::build)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }
}
