/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.tunnels.probing;

import java.util.OptionalLong;

/**
 * Keeps a path that comes and goes from being believed each time. A fall counts at once; after it,
 * nothing better is believed for a while that doubles with each fall. Falls are forgotten one by
 * one, each after as long as the longest hold-down without another once the hold-down is over.
 */
final class Damping {
  /** Enough for the shortest hold-down to reach the longest. */
  private static final int MOST = 30;

  private final ProbingSettings settings;
  private int proven;
  private int falls;
  private long heldUntil;
  private long forgetAt;

  Damping(ProbingSettings settings) {
    this.settings = settings;
  }

  void fell(long now) {
    long hold = settings.firstHoldDown();
    long last = settings.lastHoldDown();
    for (int i = 0; i < falls(now); i++) {
      hold *= 2;
    }
    if (hold < last && falls < MOST) {
      falls++;
    }
    heldUntil = now + Math.min(hold, last);
    forgetAt = heldUntil + last;
  }

  int falls(long now) {
    while (falls > 0 && now >= forgetAt) {
      falls--;
      forgetAt += settings.lastHoldDown();
    }
    return falls;
  }

  /** What would be a rise arrived once more. */
  void proven() {
    proven++;
  }

  /** What would be a rise did not arrive, or something else would be one now. */
  void unproven() {
    proven = 0;
  }

  boolean isProven() {
    return proven > 0;
  }

  /** Whether a rise is believed now. */
  boolean allowsRise(long now) {
    return proven >= settings.riseConfirmations() && !held(now);
  }

  /**
   * When the next arrival counts: soon, or when the hold-down is over, or now and then until it is.
   */
  long nextProof(long now) {
    long soon = now + settings.probeTimer();
    if (proven < settings.riseConfirmations()) {
      return soon;
    }
    long held = heldUntil(now).orElse(now);
    return Math.max(soon, Math.min(held, now + settings.confirmationTimer()));
  }

  boolean held(long now) {
    return falls(now) > 0 && now < heldUntil;
  }

  OptionalLong heldUntil(long now) {
    return held(now) ? OptionalLong.of(heldUntil) : OptionalLong.empty();
  }
}
