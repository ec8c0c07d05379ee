/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.gui;

import com.google.common.base.Supplier;
import com.google.common.base.Suppliers;
import com.google.common.util.concurrent.ThreadFactoryBuilder;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread that tells browsers what has changed. All of them are told the same, so that a further
 * one costs next to nothing. Thread-safe.
 */
final class GuiRefresh {
  private static final Logger LOG = LoggerFactory.getLogger(GuiRefresh.class);

  private final Supplier<Overview> overview;
  private final long periodMillis;
  private final ScheduledExecutorService executor =
      Executors.newSingleThreadScheduledExecutor(
          new ThreadFactoryBuilder().setNameFormat("overlane-gui").setDaemon(true).build());

  /**
   * Starts the thread.
   *
   * @param periodMillis from one message to a browser to the next, at least 2
   */
  GuiRefresh(Supplier<Overview> overview, long periodMillis) {
    this.overview =
        Suppliers.memoizeWithExpiration(overview, periodMillis / 2, TimeUnit.MILLISECONDS);
    this.periodMillis = periodMillis;
  }

  /** As of half a period ago, at most. */
  Overview overview() {
    return overview.get();
  }

  /** Runs something at once, and then again and again, until the returned task is run. */
  Runnable start(Runnable task) {
    try {
      Future<?> started =
          executor.scheduleWithFixedDelay(
              () -> guarded(task), 0, periodMillis, TimeUnit.MILLISECONDS);
      return () -> started.cancel(false);
    } catch (RejectedExecutionException e) {
      // A browser that connects while the application stops.
      return () -> {};
    }
  }

  /** An executor would never run a task again that has thrown. */
  private static void guarded(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException e) {
      LOG.warn("A browser was not told what has changed", e);
    }
  }

  void stop() {
    executor.shutdownNow();
  }
}
