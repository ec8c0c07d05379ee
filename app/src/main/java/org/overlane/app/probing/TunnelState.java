/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.probing;

import java.util.Arrays;
import java.util.Optional;

/** How a tunnel is doing, in one word. */
public enum TunnelState {
  /** Both ends share a network, but something is missing at one of them. */
  CONFIGURED("configured"),
  /** Both ends have all that it takes; whether anything gets through is being found out. */
  PROVISIONED("provisioned"),
  /** As PROVISIONED, but no probes are sent. */
  UNPROBED("unprobed"),
  /** Probes of all sizes that should fit arrive. */
  UP("up"),
  /** Probes arrive, but not all, or not those of all sizes that should fit, or not both ways. */
  DEGRADED("degraded"),
  /** No probe arrives. */
  DOWN("down");

  private final String text;

  TunnelState(String text) {
    this.text = text;
  }

  /** The name used in documents. */
  public String text() {
    return text;
  }

  /** The state of this name. */
  public static Optional<TunnelState> named(String text) {
    return Arrays.stream(values()).filter(s -> s.text.equals(text)).findFirst();
  }
}
