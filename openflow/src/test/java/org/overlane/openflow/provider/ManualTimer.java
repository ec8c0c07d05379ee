/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.openflow.provider;

import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyLong;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** Time that passes when the test says so, on the thread of the test. */
final class ManualTimer {

  private final List<Task> tasks = new ArrayList<>();
  private long nowMillis;

  private static final class Task {
    private final long dueMillis;
    private final Runnable action;
    private boolean cancelled;

    Task(long dueMillis, Runnable action) {
      this.dueMillis = dueMillis;
      this.action = action;
    }
  }

  @SuppressWarnings({"unchecked", "rawtypes"}) // Mockito and wildcards
  ScheduledExecutorService executor() {
    ScheduledExecutorService executor = mock(ScheduledExecutorService.class);
    when(executor.schedule(any(Runnable.class), anyLong(), any()))
        .thenAnswer(
            call -> {
              TimeUnit unit = call.getArgument(2);
              Task task =
                  new Task(nowMillis + unit.toMillis(call.getArgument(1)), call.getArgument(0));
              tasks.add(task);
              ScheduledFuture future = mock(ScheduledFuture.class);
              when(future.getDelay(any())).thenAnswer(delay -> task.dueMillis - nowMillis);
              when(future.isDone()).thenAnswer(done -> !tasks.contains(task));
              when(future.cancel(false))
                  .thenAnswer(
                      cancel -> {
                        task.cancelled = true;
                        return tasks.remove(task);
                      });
              return future;
            });
    return executor;
  }

  void pass(long millis) {
    long end = nowMillis + millis;
    while (true) {
      Task next =
          tasks.stream()
              .filter(task -> task.dueMillis <= end && !task.cancelled)
              .min(Comparator.comparingLong(task -> task.dueMillis))
              .orElse(null);
      if (next == null) {
        nowMillis = end;
        return;
      }
      tasks.remove(next);
      nowMillis = Math.max(nowMillis, next.dueMillis);
      next.action.run();
    }
  }
}
