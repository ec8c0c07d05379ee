/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.openflow.channel;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;

/** Logs a kind of warning at most once in a period and says how many were left out. Thread-safe. */
final class LimitedLog {

  private static final long PERIOD_NANOS = Duration.ofSeconds(10).toNanos();

  private final Logger log;
  private final AtomicLong lastAt = new AtomicLong(System.nanoTime() - PERIOD_NANOS - 1);
  private final AtomicLong leftOut = new AtomicLong();

  LimitedLog(Logger log) {
    this.log = log;
  }

  void warn(String message) {
    long now = System.nanoTime();
    long last = lastAt.get();
    if (now - last > PERIOD_NANOS && lastAt.compareAndSet(last, now)) {
      long before = leftOut.getAndSet(0);
      log.warn("{}{}", message, before == 0 ? "" : " (and " + before + " more before)");
    } else {
      leftOut.incrementAndGet();
    }
  }
}
