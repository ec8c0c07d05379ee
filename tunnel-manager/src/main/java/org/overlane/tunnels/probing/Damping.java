/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.tunnels.probing;

import java.util.OptionalLong;

/**
 * Keeps a path that comes and goes from being believed each time. A fall counts at once; after it,
 * nothing better is believed for a while that doubles with each fall. Falls are forgotten one by
 * one, each after as long as the longest hold-down without another.
 */
final class Damping {
  /** Enough for the shortest hold-down to reach the longest. */
  private static final int MOST = 30;

  private final long first;
  private final long last;
  private int falls;
  private long heldUntil;
  private long forgetAt;

  Damping(ProbingSettings settings) {
    this.first = settings.firstHoldDown();
    this.last = settings.lastHoldDown();
  }

  void fell(long now) {
    long hold = first;
    for (int i = 0; i < falls(now); i++) {
      hold *= 2;
    }
    if (hold < last && falls < MOST) {
      falls++;
    }
    heldUntil = now + Math.min(hold, last);
    forgetAt = now + last;
  }

  int falls(long now) {
    while (falls > 0 && now >= forgetAt) {
      falls--;
      forgetAt += last;
    }
    return falls;
  }

  boolean held(long now) {
    return falls(now) > 0 && now < heldUntil;
  }

  OptionalLong heldUntil(long now) {
    return held(now) ? OptionalLong.of(heldUntil) : OptionalLong.empty();
  }
}
