/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.flowrules.openflow;

import com.google.auto.value.AutoValue;

/**
 * A meter with one band that drops what exceeds a rate (OpenFlow 1.3.5 section 5.7), counted in
 * packets. Its counters are the only ones on a switch that tell which branch of a check_pkt_larger
 * packets took: those of flow entries count the packets of both.
 */
@AutoValue
public abstract class Meter {
  /** Highest meter id (OFPM_MAX). */
  public static final long MAX_ID = 0xffff0000L;

  Meter() {}

  /** 1 to {@link #MAX_ID}. */
  public abstract long id();

  /** Packets per second that pass, at least 1. */
  public abstract int rate();

  /** Packets that pass at once after a pause, at least 1. */
  public abstract int burst();

  /** What in the model caused the meter, for people. */
  public abstract String source();

  /** Whether a switch could not tell the two apart. */
  public boolean sameOnSwitch(Meter other) {
    return id() == other.id() && rate() == other.rate() && burst() == other.burst();
  }

  /**
   * A meter.
   *
   * @throws IllegalArgumentException if id, rate or burst is out of range
   */
  public static Meter of(long id, int rate, int burst, String source) {
    if (id < 1 || id > MAX_ID) {
      throw new IllegalArgumentException("meter id must be 1 to " + MAX_ID + ", not " + id);
    }
    if (rate < 1 || burst < 1) {
      throw new IllegalArgumentException(
          "rate and burst of meter " + id + " must be 1 or more, not " + rate + " and " + burst);
    }
    return new AutoValue_Meter(id, rate, burst, source);
  }
}
