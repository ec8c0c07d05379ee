/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.tunnels.probing;

import com.google.auto.value.AutoValue;

/** How a prober is doing, at one moment. Counters count since the prober was made. */
@AutoValue
public abstract class ProbingReport {
  ProbingReport() {}

  /** Paths of the last plan. */
  public abstract int planned();

  /** Of these, paths that are probed. */
  public abstract int probed();

  /** Of these, paths that are not probed because there are too many. */
  public int notProbed() {
    return planned() - probed();
  }

  /** Paths whose next probe is due and waits for the budget. */
  public abstract int waiting();

  /**
   * Milliseconds that the most urgent of them is behind the time at which it should have been
   * probed at the latest; 0 if none is. More than a moment means that the budget is too small for
   * the plan.
   */
  public abstract long behind();

  /** Probes that {@link Prober#due} handed out. */
  public abstract long sent();

  /** Of these, probes that could not be sent after all. */
  public abstract long notSent();

  /** Probes that arrived in time. */
  public abstract long arrived();

  /** Probes that arrived after their timer, and counted. */
  public abstract long late();

  /** Probes whose timer ran out, late ones included. */
  public abstract long lost();

  /** Arrivals that nobody waited for: duplicates, much too late, forged. */
  public abstract long unknown();

  static Builder builder() {
    return new AutoValue_ProbingReport.Builder();
  }

  /** Collects the report. */
  @AutoValue.Builder
  abstract static class Builder {
    abstract Builder planned(int paths);

    abstract Builder probed(int paths);

    abstract Builder waiting(int paths);

    abstract Builder behind(long millis);

    abstract Builder sent(long probes);

    abstract Builder notSent(long probes);

    abstract Builder arrived(long probes);

    abstract Builder late(long probes);

    abstract Builder lost(long probes);

    abstract Builder unknown(long probes);

    abstract ProbingReport build();
  }
}
