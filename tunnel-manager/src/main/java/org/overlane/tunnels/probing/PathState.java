/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.tunnels.probing;

import com.google.auto.value.AutoValue;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * What was found out about one path, at one moment. Sizes are bytes with outer IP header; times are
 * milliseconds of the caller's clock.
 */
@AutoValue
public abstract class PathState {
  PathState() {}

  public abstract ProbePath path();

  public abstract PathStatus status();

  /** What the path should carry, as planned. */
  public abstract int bound();

  /** What it must carry, as planned. */
  public abstract int base();

  /**
   * The largest size that is known to arrive: PLPMTU, RFC 8899 section 5.1.3. Of a path that is
   * down or whose verdict is too old, what was known last.
   */
  public abstract OptionalInt confirmed();

  /** The smallest size that was tried often enough and never arrived. Absent if none was. */
  public abstract OptionalInt smallestLost();

  /**
   * What tunnels on this path have to keep to; below the bound. Absent where the bound holds. See
   * {@link Prober#limits()}.
   */
  public abstract OptionalInt limit();

  /** Since when it has this status. */
  public abstract long since();

  /** When a probe of the confirmed size arrived last: how old the result is. */
  public abstract OptionalLong lastConfirmed();

  /** When a probe arrived last, of whatever size. */
  public abstract OptionalLong lastArrival();

  /** Probes lost among the last {@link #judged}, those of sizes that do not fit not counted. */
  public abstract int lost();

  /** Probes that {@link #lost} is out of: 0 to 32. */
  public abstract int judged();

  /** The least time that a probe took, in microseconds, as the caller measured it. */
  public abstract OptionalLong fastestMicros();

  /** The time that probes take, in microseconds, smoothed as in RFC 6298 section 2. */
  public abstract OptionalLong smoothedMicros();

  /** Falls (MTU or liveness) that are not forgotten yet: each doubles the hold-down. */
  public abstract int falls();

  /** Until when nothing better is believed, because the path fell before. Absent if it may rise. */
  public abstract OptionalLong heldUntil();

  /** Why the status is what it is: a sentence for people, without a full stop. */
  public abstract String why();

  static Builder builder() {
    return new AutoValue_PathState.Builder();
  }

  /** Collects the state. */
  @AutoValue.Builder
  abstract static class Builder {
    abstract Builder path(ProbePath path);

    abstract Builder status(PathStatus status);

    abstract Builder bound(int bytes);

    abstract Builder base(int bytes);

    abstract Builder confirmed(OptionalInt bytes);

    abstract Builder smallestLost(OptionalInt bytes);

    abstract Builder limit(OptionalInt bytes);

    abstract Builder since(long millis);

    abstract Builder lastConfirmed(OptionalLong millis);

    abstract Builder lastArrival(OptionalLong millis);

    abstract Builder lost(int probes);

    abstract Builder judged(int probes);

    abstract Builder fastestMicros(OptionalLong micros);

    abstract Builder smoothedMicros(OptionalLong micros);

    abstract Builder falls(int falls);

    abstract Builder heldUntil(OptionalLong millis);

    abstract Builder why(String sentence);

    abstract PathState build();
  }
}
