/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.tunnels;

import com.google.auto.value.AutoValue;

/** Times of provisioning, in milliseconds. */
@AutoValue
abstract class ProvisionTiming {
  static final ProvisionTiming DEFAULT = of(10_000, 500, 1_000, 60_000);

  /** How long after a host is first followed nothing is removed from it. */
  abstract long holdRemovals();

  /** How long a change that was accepted may take to be seen in the copy of the database. */
  abstract long settle();

  /** The pause after the first failure; it doubles with every further one. */
  abstract long firstPause();

  abstract long lastPause();

  long pauseAfter(int failures) {
    return Math.min(lastPause(), firstPause() << Math.min(failures - 1, 20));
  }

  static ProvisionTiming of(long holdRemovals, long settle, long firstPause, long lastPause) {
    return new AutoValue_ProvisionTiming(holdRemovals, settle, firstPause, lastPause);
  }
}
