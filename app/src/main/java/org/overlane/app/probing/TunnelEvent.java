/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.probing;

import com.google.auto.value.AutoValue;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import org.overlane.tunnels.probing.ProbePath;

/** A tunnel got into another state, or its packets are limited to another size. Immutable. */
@AutoValue
public abstract class TunnelEvent {
  TunnelEvent() {}

  public abstract Instant at();

  public abstract ProbePath path();

  /** Empty if the tunnel is new. */
  public abstract Optional<TunnelState> before();

  /** Empty if the tunnel is gone. */
  public abstract Optional<TunnelState> after();

  /** Bytes with outer IP header; empty where the bound held. */
  public abstract OptionalInt limitBefore();

  /** Bytes with outer IP header; empty where the bound holds. */
  public abstract OptionalInt limitAfter();

  /** In a sentence without a full stop. */
  public abstract String why();

  static TunnelEvent of(
      Instant at, ProbePath path, Optional<TunnelStatus> one, Optional<TunnelStatus> other) {
    return new AutoValue_TunnelEvent(
        at,
        path,
        one.map(TunnelStatus::state),
        other.map(TunnelStatus::state),
        limit(one),
        limit(other),
        other.map(TunnelStatus::why).orElse("both ends share no network any more"));
  }

  private static OptionalInt limit(Optional<TunnelStatus> status) {
    return status.map(TunnelStatus::limit).orElse(OptionalInt.empty());
  }
}
