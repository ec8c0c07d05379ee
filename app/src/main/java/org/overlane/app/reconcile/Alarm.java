/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.reconcile;

import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Wakes a loop, on its own thread, at the earliest of the moments that were asked for since it last
 * woke. Thread-safe.
 */
public final class Alarm {
  private static final Logger LOG = LoggerFactory.getLogger(Alarm.class);

  private final ScheduledExecutorService executor;
  private final ReconcileLoop.Clock clock;
  private final Runnable loop;
  private ScheduledFuture<?> scheduled;
  private long scheduledFor = Long.MAX_VALUE;

  /**
   * An alarm that does not go off by itself.
   *
   * @param executor of one thread; once it is shut down, nothing wakes any more
   */
  public Alarm(ScheduledExecutorService executor, ReconcileLoop.Clock clock, Runnable loop) {
    this.executor = executor;
    this.clock = clock;
    this.loop = loop;
  }

  /** Wakes the loop after so many milliseconds, unless it wakes before. */
  public synchronized void within(long delay) {
    long at = clock.millis() + delay;
    if (at >= scheduledFor) {
      return;
    }
    if (scheduled != null) {
      scheduled.cancel(false);
    }
    try {
      scheduledFor = at;
      scheduled = executor.schedule(this::ring, delay, TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      LOG.debug("Stopped; no further round");
    }
  }

  private void ring() {
    synchronized (this) {
      scheduledFor = Long.MAX_VALUE;
    }
    loop.run();
  }
}
