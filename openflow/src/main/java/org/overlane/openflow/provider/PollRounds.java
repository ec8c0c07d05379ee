/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.openflow.provider;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.IntSupplier;
import org.onosproject.net.DeviceId;
import org.overlane.monitoring.LimitedLog;
import org.overlane.openflow.channel.ModOutcome;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads one kind of state of every switch that this node is master of: at once, and then again and
 * again, an interval after the end of each round. Rounds of one switch never overlap. Thread-safe.
 */
final class PollRounds {

  private static final Logger LOG = LoggerFactory.getLogger(PollRounds.class);
  private static final LimitedLog LIMITED = new LimitedLog(LOG);

  /** Delay of a round that a change asks for, at least: long enough to cover a burst of changes. */
  private static final long SOON_MILLIS = 250;

  private final String name;
  private final ScheduledExecutorService timer;
  private final Executor workers;
  private final IntSupplier intervalSeconds;
  private final Function<ConnectedSwitch, CompletableFuture<?>> read;
  private final Map<DeviceId, Rounds> rounds = new ConcurrentHashMap<>();

  PollRounds(
      String name,
      ScheduledExecutorService timer,
      Executor workers,
      IntSupplier intervalSeconds,
      Function<ConnectedSwitch, CompletableFuture<?>> read) {
    this.name = name;
    this.timer = timer;
    this.workers = workers;
    this.intervalSeconds = intervalSeconds;
    this.read = read;
  }

  /**
   * Starts with a round at once; if rounds of this connection are going on, brings the next one
   * forward.
   */
  void begin(ConnectedSwitch device) {
    Rounds fresh = new Rounds(device);
    Rounds going =
        rounds.compute(
            device.id(),
            (id, old) -> {
              if (old != null && old.device == device) {
                return old;
              }
              if (old != null) {
                old.end();
              }
              return fresh;
            });
    going.next(0);
  }

  void end(ConnectedSwitch device) {
    rounds.computeIfPresent(
        device.id(),
        (id, old) -> {
          if (old.device != device) {
            return old;
          }
          old.end();
          return null;
        });
  }

  /** Brings the next round forward, because something was changed. */
  void soon(ConnectedSwitch device) {
    Rounds going = rounds.get(device.id());
    if (going != null) {
      going.soon();
    }
  }

  /**
   * True if something was changed. What was suppressed or refused changed nothing, and ONOS asks
   * for it again at every report: reading at once would be a loop without end.
   *
   * @param outcomes null if the modifications could not be sent
   */
  static boolean isWorthARead(List<ModOutcome> outcomes) {
    return outcomes != null
        && outcomes.stream().anyMatch(outcome -> outcome.kind() == ModOutcome.Kind.DONE);
  }

  private final class Rounds {
    private final ConnectedSwitch device;
    private ScheduledFuture<?> next;
    private boolean running;
    private boolean again;
    private boolean ended;
    private long started;
    private long lastMillis;

    Rounds(ConnectedSwitch device) {
      this.device = device;
    }

    synchronized void end() {
      ended = true;
      if (next != null) {
        next.cancel(false);
      }
    }

    synchronized void next(long delayMillis) {
      if (ended) {
        return;
      }
      if (running) {
        again = true;
        return;
      }
      if (next != null && next.getDelay(TimeUnit.MILLISECONDS) <= delayMillis && !next.isDone()) {
        return;
      }
      if (next != null) {
        next.cancel(false);
      }
      next = timer.schedule(() -> workers.execute(this::round), delayMillis, TimeUnit.MILLISECONDS);
    }

    /** Large tables are read less eagerly: reading takes a third of the time at most. */
    synchronized void soon() {
      next(Math.max(SOON_MILLIS, 2 * lastMillis));
    }

    private void round() {
      synchronized (this) {
        if (ended || running) {
          return;
        }
        running = true;
        again = false;
        started = System.nanoTime();
      }
      CompletableFuture<?> done;
      try {
        done = read.apply(device);
      } catch (RuntimeException e) {
        done = new CompletableFuture<>();
        done.completeExceptionally(e);
      }
      done.whenComplete((result, failure) -> finished(failure));
    }

    private void finished(Throwable failure) {
      if (failure != null && device.connection().isConnected()) {
        LIMITED.warn(
            device.toString(),
            "Reading failed: device=" + device + " what=" + name + " reason=" + failure);
      }
      boolean hurry;
      synchronized (this) {
        running = false;
        next = null;
        hurry = again;
        lastMillis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - started);
      }
      if (hurry) {
        soon();
      } else {
        next(TimeUnit.SECONDS.toMillis(intervalSeconds.getAsInt()));
      }
    }
  }
}
