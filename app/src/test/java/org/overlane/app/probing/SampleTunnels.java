/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.probing;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import org.overlane.flowrules.model.NetworkModel;

/** Reports for those who show them. */
public final class SampleTunnels {
  private SampleTunnels() {}

  /** Each of some nodes shares a network with all others; nothing is probed. */
  public static TunnelReport among(int nodes) {
    NetworkModel.Builder model = NetworkModel.builder().add(Sites.network("blue", 100));
    for (int i = 1; i <= nodes; i++) {
      model.add(Sites.node(i).build()).add(Sites.endpoint("blue", i, i));
    }
    TunnelBook book = new TunnelBook();
    for (Tunnel tunnel : Tunnels.of(model.build()).values()) {
      book.write(
          tunnel,
          TunnelVerdict.of(TunnelState.UNPROBED, "probing is off"),
          OptionalInt.of(1404),
          Optional.empty(),
          Optional.empty(),
          Instant.parse("2026-01-02T03:04:05Z"));
    }
    return TunnelReport.of(
        ProbingConfig.OFF,
        Optional.empty(),
        WireCounters.of(1, 2, 3, 4, 5),
        book.tunnels(),
        book.events());
  }
}
