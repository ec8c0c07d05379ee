/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.tunnels.probing;

/** Which of the last probes were lost, and what follows for how often a size must be tried. */
final class Loss {
  /** Probes that are remembered. */
  static final int WINDOW = 32;

  private Loss() {}

  /** How many probes of one size must be lost in a row before the size counts as lost. */
  static int tries(int maxProbes) {
    return maxProbes;
  }
}
