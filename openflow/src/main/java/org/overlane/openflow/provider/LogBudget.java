/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.openflow.provider;

import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;

/**
 * Lets a burst of warnings through and counts the rest, so that a switch cannot fill the disk.
 * Thread-safe.
 */
final class LogBudget {

  private static final int BURST = 20;
  private static final long REFILL_NANOS = TimeUnit.MINUTES.toNanos(1);

  private long periodStart = System.nanoTime();
  private int used;
  private long suppressed;

  void warn(Logger log, String message) {
    if (take()) {
      log.warn("{}{}", message, suppressedNote());
    }
  }

  void warn(Logger log, String message, Throwable cause) {
    if (take()) {
      log.warn("{}{}", message, suppressedNote(), cause);
    }
  }

  private synchronized boolean take() {
    long now = System.nanoTime();
    if (now - periodStart > REFILL_NANOS) {
      periodStart = now;
      used = 0;
    }
    if (used < BURST) {
      used++;
      return true;
    }
    suppressed++;
    return false;
  }

  private synchronized String suppressedNote() {
    if (suppressed == 0) {
      return "";
    }
    String note = " (" + suppressed + " similar warnings were left out)";
    suppressed = 0;
    return note;
  }
}
