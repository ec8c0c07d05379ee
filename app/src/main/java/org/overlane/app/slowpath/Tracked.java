/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.slowpath;

import com.google.auto.value.AutoValue;

/** How much the slow path remembers; each is bounded. Immutable. */
@AutoValue
public abstract class Tracked {
  Tracked() {}

  /** Ports that the limits remember: by the one that knows most. */
  public abstract int ports();

  /** Pairs of addresses that the limits remember. */
  public abstract int pairs();

  /** Exceptions on switches. */
  public abstract int exceptions();

  public static Tracked of(int ports, int pairs, int exceptions) {
    return new AutoValue_Tracked(ports, pairs, exceptions);
  }
}
