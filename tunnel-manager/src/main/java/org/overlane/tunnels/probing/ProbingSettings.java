/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.tunnels.probing;

import com.google.auto.value.AutoValue;

/**
 * Timers, counts and rates of a prober. A value out of its range is refused with an {@link
 * IllegalArgumentException} that names the setting, the value and the range.
 */
@AutoValue
public abstract class ProbingSettings {
  public static final ProbingSettings DEFAULT = builder().build();

  ProbingSettings() {}

  /**
   * Probes of one size that must be lost in a row before the size counts as lost (MAX_PROBES, RFC
   * 8899 section 5.1.2: more than 1, 3 by default). A path that loses probes at random gets more,
   * up to four times as many. Range 2 to 10; 3 by default.
   */
  public abstract int maxProbes();

  /**
   * Milliseconds after which a probe that did not arrive is lost (PROBE_TIMER, RFC 8899 section
   * 5.1.1: not less than 1 s, which suits paths inside a data centre; less is for laboratories).
   * Range 100 to 60,000; 1,000 by default.
   */
  public abstract long probeTimer();

  /**
   * Milliseconds from the end of a search below the bound to the next one (PMTU_RAISE_TIMER, RFC
   * 8899 section 5.1.1: 600 s). Range 1,000 to 86,400,000; 600,000 by default.
   */
  public abstract long raiseTimer();

  /**
   * Milliseconds from one probe of the confirmed size to the next (CONFIRMATION_TIMER, RFC 8899
   * section 5.1.1); a fifth more or less at random. Must be less than the raise timer. Range 1,000
   * to 3,600,000; 30,000 by default.
   */
  public abstract long confirmationTimer();

  /**
   * Bytes that the result of a search may be too small by. Smaller values cost more probes: RFC
   * 8899 section 5.3.2 leaves the step to the implementation. Range 1 to 512; 1 by default.
   */
  public abstract int resolution();

  /** Probes per second, of all paths together. Range 1 to 100,000; 200 by default. */
  public abstract int probesPerSecond();

  /**
   * Probes that may be sent at once after a pause, of all paths together. Range 1 to 10,000; 20 by
   * default.
   */
  public abstract int burst();

  /** Probes per second that one node sends and receives. Range 1 to 10,000; 20 by default. */
  public abstract int nodeProbesPerSecond();

  /**
   * Probes that one node may send and receive at once after a pause. Range 2 to 1,000; 5 by
   * default.
   */
  public abstract int nodeBurst();

  /**
   * Paths that are probed at most; of more, those with most use. About a kilobyte each. Range 1 to
   * 1,000,000; 20,000 by default.
   */
  public abstract int maxPaths();

  /**
   * Probes of a larger size that must arrive before a limit rises or a path that was down is up.
   * Range 1 to 20; 3 by default.
   */
  public abstract int riseConfirmations();

  /**
   * Milliseconds after a first fall in which nothing better is believed; doubles with each fall.
   * Range 0 to 3,600,000; 10,000 by default.
   */
  public abstract long firstHoldDown();

  /**
   * The longest hold-down. A path that does not fall for so long after its hold-down has one fall
   * forgotten. Range 1,000 to 86,400,000; 3,600,000 by default.
   */
  public abstract long lastHoldDown();

  /**
   * Milliseconds after which a verdict that could not be renewed counts as unknown. Range 10,000 to
   * 604,800,000; 1,800,000 by default.
   */
  public abstract long resultLifetime();

  public abstract Builder toBuilder();

  /** The defaults. */
  public static Builder builder() {
    return new AutoValue_ProbingSettings.Builder()
        .maxProbes(3)
        .probeTimer(1_000)
        .raiseTimer(600_000)
        .confirmationTimer(30_000)
        .resolution(1)
        .probesPerSecond(200)
        .burst(20)
        .nodeProbesPerSecond(20)
        .nodeBurst(5)
        .maxPaths(20_000)
        .riseConfirmations(3)
        .firstHoldDown(10_000)
        .lastHoldDown(3_600_000)
        .resultLifetime(1_800_000);
  }

  /** Collects the settings. Not thread-safe. */
  @AutoValue.Builder
  public abstract static class Builder {
    public abstract Builder maxProbes(int probes);

    public abstract Builder probeTimer(long millis);

    public abstract Builder raiseTimer(long millis);

    public abstract Builder confirmationTimer(long millis);

    public abstract Builder resolution(int bytes);

    public abstract Builder probesPerSecond(int rate);

    public abstract Builder burst(int probes);

    public abstract Builder nodeProbesPerSecond(int rate);

    public abstract Builder nodeBurst(int probes);

    public abstract Builder maxPaths(int paths);

    public abstract Builder riseConfirmations(int probes);

    public abstract Builder firstHoldDown(long millis);

    public abstract Builder lastHoldDown(long millis);

    public abstract Builder resultLifetime(long millis);

    abstract ProbingSettings autoBuild();

    /**
     * The settings.
     *
     * @throws IllegalArgumentException if a value is out of its range
     */
    public ProbingSettings build() {
      ProbingSettings settings = autoBuild();
      require("maxProbes", settings.maxProbes(), 2, 10);
      require("probeTimer", settings.probeTimer(), 100, 60_000);
      require("raiseTimer", settings.raiseTimer(), 1_000, 86_400_000);
      require("confirmationTimer", settings.confirmationTimer(), 1_000, 3_600_000);
      require("resolution", settings.resolution(), 1, 512);
      require("probesPerSecond", settings.probesPerSecond(), 1, 100_000);
      require("burst", settings.burst(), 1, 10_000);
      require("nodeProbesPerSecond", settings.nodeProbesPerSecond(), 1, 10_000);
      require("nodeBurst", settings.nodeBurst(), 2, 1_000);
      require("maxPaths", settings.maxPaths(), 1, 1_000_000);
      require("riseConfirmations", settings.riseConfirmations(), 1, 20);
      require("firstHoldDown", settings.firstHoldDown(), 0, 3_600_000);
      require("lastHoldDown", settings.lastHoldDown(), 1_000, 86_400_000);
      require("resultLifetime", settings.resultLifetime(), 10_000, 604_800_000);
      if (settings.confirmationTimer() >= settings.raiseTimer()) {
        throw new IllegalArgumentException(
            "confirmationTimer must be less than raiseTimer, "
                + settings.raiseTimer()
                + ", not "
                + settings.confirmationTimer());
      }
      if (settings.firstHoldDown() > settings.lastHoldDown()) {
        throw new IllegalArgumentException(
            "firstHoldDown must not exceed lastHoldDown, "
                + settings.lastHoldDown()
                + ", but is "
                + settings.firstHoldDown());
      }
      return settings;
    }

    private static void require(String name, long value, long least, long most) {
      if (value < least || value > most) {
        throw new IllegalArgumentException(
            name + " must be " + least + " to " + most + ", not " + value);
      }
    }
  }
}
