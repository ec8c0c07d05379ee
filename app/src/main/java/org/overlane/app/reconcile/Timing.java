/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.reconcile;

import com.google.auto.value.AutoValue;

/** The patience of a {@link SwitchReconciler}. All in milliseconds. */
@AutoValue
public abstract class Timing {
  /** 10 s to confirm, 30 s to answer, back-off from 1 s to 60 s. */
  public static final Timing DEFAULT = of(10_000, 30_000, 1_000, 60_000);

  Timing() {}

  /** How long an item may be on its way before it is written again. */
  public abstract long confirm();

  /** How long a plan may stay without an outcome before it counts as failed. */
  public abstract long answer();

  /** The pause after the first failure of an item; it doubles with each further one. */
  public abstract long backOff();

  /** The longest pause. */
  public abstract long maxBackOff();

  public static Timing of(long confirm, long answer, long backOff, long maxBackOff) {
    if (confirm <= 0 || answer <= 0 || backOff <= 0 || maxBackOff < backOff) {
      throw new IllegalArgumentException(
          "times must be positive and the longest back-off no shorter than the first");
    }
    return new AutoValue_Timing(confirm, answer, backOff, maxBackOff);
  }

  /** The pause after this many failures in a row, at least 1. */
  long backOffAfter(int failures) {
    int doublings = Math.min(failures - 1, 30);
    return Math.min(backOff() << doublings, maxBackOff());
  }
}
