/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.tunnels.probing;

import com.google.auto.value.AutoValue;

/** One packet to be sent now, in one piece: outer DF set, never fragmented on its way. */
@AutoValue
public abstract class Probe {
  Probe() {}

  /**
   * Names this probe when it arrives. Never 0, and as hard to guess as the prober's source of
   * randomness; unique among all probes that are still waited for.
   */
  public abstract long id();

  public abstract ProbePath path();

  /** Bytes of the outer packet, with outer IP header, without Ethernet header. */
  public abstract int size();

  static Probe of(long id, ProbePath path, int size) {
    return new AutoValue_Probe(id, path, size);
  }
}
