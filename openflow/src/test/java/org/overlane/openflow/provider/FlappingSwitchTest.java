/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.openflow.provider;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** A switch that comes and goes is counted each time, and logged a few times a minute. */
class FlappingSwitchTest {
  @Test
  void fillsNoLog() {
    Switches switches = new Switches(Runnable::run, Runnable::run);
    switches.subscribe(ImmutableList.of());
    FakeConnection flapping = new FakeConnection();
    String log =
        logged(
            () -> {
              for (int i = 0; i < 500; i++) {
                switches.connected(flapping);
                switches.disconnected(flapping, "carrier lost");
              }
            });
    assertThat(switches.connects()).isEqualTo(500);
    assertThat(switches.disconnects()).isEqualTo(500);
    assertThat(log.lines().filter(l -> l.contains("device=of:0000000000000001")))
        .hasSizeBetween(2, 20)
        .anyMatch(l -> l.contains("Switch connected: device=of:0000000000000001 address="))
        .anyMatch(l -> l.contains("Switch disconnected: ") && l.contains("reason=carrier lost"));
  }

  /** What slf4j-simple writes to the error stream. */
  private static String logged(Runnable task) {
    PrintStream before = System.err;
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    System.setErr(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    try {
      task.run();
    } finally {
      System.setErr(before);
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
