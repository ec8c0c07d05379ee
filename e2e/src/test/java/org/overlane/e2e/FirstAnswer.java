/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.e2e;

import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.overlane.e2e.lab.Switch;
import org.overlane.e2e.lab.Vm;

/**
 * A native tunnel drops until it has learned the peer's MAC address by ARP or ND, and it learns
 * only from an answer that makes an upcall: a megaflow must not be there before.
 */
final class FirstAnswer {
  private FirstAnswer() {}

  static void await(Vm to, List<Switch> bridges, BooleanSupplier answered) {
    Await.until(
        "first answer of " + to,
        Duration.ofSeconds(60),
        () -> {
          bridges.forEach(Switch::purgeMegaflows);
          return answered.getAsBoolean();
        });
  }
}
