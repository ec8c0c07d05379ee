/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.health;

import com.google.common.collect.ImmutableList;
import org.overlane.app.reconcile.LoopActivity;

/**
 * Whether this controller is alive: whether its reconcile loop goes round. If it does not, nothing
 * but a restart helps; all else that may be wrong is a matter of {@link Readiness}. A pure function
 * of its input.
 */
public final class Health {
  /**
   * Milliseconds that a round may take, or the next one be late. A round of a thousand switches
   * takes seconds, one that waits for a store of ONOS as long as that patience of ONOS lasts.
   */
  static final long PATIENCE = 120_000;

  private Health() {}

  /** Why it is not; empty if it is. Sentences without a full stop. */
  public static ImmutableList<String> problems(LoopActivity loop) {
    long stuck = loop.stuckFor();
    if (stuck <= PATIENCE) {
      return ImmutableList.of();
    }
    String since = stuck / 1_000 + " s";
    return ImmutableList.of(
        loop.isInRound()
            ? "the reconcile loop has been in one round for " + since
            : "the reconcile loop should have gone round " + since + " ago");
  }
}
