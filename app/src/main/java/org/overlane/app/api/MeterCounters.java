/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.api;

import com.google.auto.value.AutoValue;

/**
 * What the meters of one purpose on one switch have counted, of all ports together, as the switch
 * reported it last. Immutable.
 */
@AutoValue
public abstract class MeterCounters {
  MeterCounters() {}

  /**
   * {@code oversize}, {@code syn}, {@code drop}, {@code advertise}, {@code probe}, or {@code
   * fragment}.
   */
  public abstract String purpose();

  /** Packets that came to the meters. */
  public abstract long seen();

  /** Packets among them that the switch dropped there. */
  public abstract long dropped();

  public static MeterCounters of(String purpose, long seen, long dropped) {
    return new AutoValue_MeterCounters(purpose, seen, dropped);
  }
}
