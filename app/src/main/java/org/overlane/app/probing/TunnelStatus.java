/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.probing;

import com.google.auto.value.AutoValue;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import org.overlane.tunnels.probing.PathState;

/** A tunnel and what is known of it, at one moment. Immutable. */
@AutoValue
public abstract class TunnelStatus {
  TunnelStatus() {}

  public abstract Tunnel tunnel();

  public abstract TunnelState state();

  /** Since when it is in this state, as far as this controller knows since it was started. */
  public abstract Instant since();

  /** Why, in a sentence without a full stop. */
  public abstract String why();

  /**
   * Bytes with outer IP header that packets are limited to, less than the bound of the tunnel;
   * empty where the bound holds.
   */
  public abstract OptionalInt limit();

  /** What probes have found; empty if none are sent. */
  public abstract Optional<PathState> probed();

  /** When a probe arrived last. */
  public abstract Optional<Instant> lastArrival();

  static TunnelStatus of(
      Tunnel tunnel,
      TunnelVerdict verdict,
      Instant since,
      OptionalInt limit,
      Optional<PathState> probed,
      Optional<Instant> lastArrival) {
    return new AutoValue_TunnelStatus(
        tunnel, verdict.state(), since, verdict.why(), limit, probed, lastArrival);
  }
}
