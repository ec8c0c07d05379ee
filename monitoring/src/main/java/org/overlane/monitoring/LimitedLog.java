/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.monitoring;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;

/**
 * Logs what a switch, a VM, a database or a defect may cause again and again: of each subject a few
 * messages a minute, and with the first one after that how many were left out. One subject takes
 * nothing from the others, unless there are so many of them that somebody makes them up: of all
 * together there is a limit, too, and the one that was silent longest is forgotten. Thread-safe.
 */
public final class LimitedLog {
  /** Messages about one subject in {@link #PERIOD}. */
  static final int BURST = 10;

  /** Messages about all subjects in {@link #PERIOD}. */
  static final int MOST = 300;

  static final long PERIOD = TimeUnit.MINUTES.toNanos(1);

  /** Subjects that are remembered. */
  static final int SUBJECTS = 1_000;

  private final Logger log;
  private final LongSupplier nanos;
  private final Map<Object, Budget> budgets =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Object, Budget> eldest) {
          return size() > SUBJECTS;
        }
      };

  private final Budget all = new Budget();

  private static final class Budget {
    private long since;
    private int used;
    private long leftOut;

    boolean has(int most, long now) {
      if (used == 0 || now - since >= PERIOD) {
        since = now;
        used = 0;
      }
      return used < most;
    }
  }

  public LimitedLog(Logger log) {
    this(log, System::nanoTime);
  }

  LimitedLog(Logger log, LongSupplier nanos) {
    this.log = log;
    this.nanos = nanos;
  }

  /**
   * Something that an operator wants to know, once.
   *
   * @param subject what the limit holds for: a device, an address; with {@code equals}
   */
  public void info(Object subject, String message) {
    take(subject).ifPresent(note -> log.info("{}{}", message, note));
  }

  /** Something that should not be; see {@link #info}. */
  public void warn(Object subject, String message) {
    take(subject).ifPresent(note -> log.warn("{}{}", message, note));
  }

  /** Something that should not be, and where it came from; see {@link #info}. */
  public void warn(Object subject, String message, Throwable cause) {
    take(subject).ifPresent(note -> log.warn("{}{}", message, note, cause));
  }

  /** A defect, or something that an operator must mend; see {@link #info}. */
  public void error(Object subject, String message) {
    take(subject).ifPresent(note -> log.error("{}{}", message, note));
  }

  /** A defect, and where it came from; see {@link #info}. */
  public void error(Object subject, String message, Throwable cause) {
    take(subject).ifPresent(note -> log.error("{}{}", message, note, cause));
  }

  /** What to append to a message; empty if it is to be left out. */
  private synchronized Optional<String> take(Object subject) {
    long now = nanos.getAsLong();
    Budget budget = budgets.computeIfAbsent(subject, absent -> new Budget());
    if (!budget.has(BURST, now) || !all.has(MOST, now)) {
      budget.leftOut++;
      return Optional.empty();
    }
    all.used++;
    budget.used++;
    long before = budget.leftOut;
    budget.leftOut = 0;
    return Optional.of(before == 0 ? "" : " (" + before + " more were left out before)");
  }
}
