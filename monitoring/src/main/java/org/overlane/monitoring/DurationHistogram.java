/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.monitoring;

import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;

/** Counts durations by their length, from a millisecond to half a minute. Thread-safe. */
public final class DurationHistogram {
  private static final double[] SECONDS = {
    0.001,
    0.0025,
    0.005,
    0.01,
    0.025,
    0.05,
    0.1,
    0.25,
    0.5,
    1,
    2.5,
    5,
    10,
    30,
    Double.POSITIVE_INFINITY
  };

  private final AtomicLongArray counts = new AtomicLongArray(SECONDS.length);
  private final LongAdder millis = new LongAdder();

  /** Counts one; a negative duration counts as none. */
  public void observe(long durationMillis) {
    long duration = Math.max(0, durationMillis);
    int bucket = 0;
    while (duration > SECONDS[bucket] * 1_000) {
      bucket++;
    }
    counts.incrementAndGet(bucket);
    millis.add(duration);
  }

  /** How many were counted. */
  public long count() {
    long sum = 0;
    for (int i = 0; i < counts.length(); i++) {
      sum += counts.get(i);
    }
    return sum;
  }

  HistogramDataPointSnapshot snapshot() {
    long[] now = new long[counts.length()];
    for (int i = 0; i < now.length; i++) {
      now[i] = counts.get(i);
    }
    return HistogramDataPointSnapshot.builder()
        .classicHistogramBuckets(ClassicHistogramBuckets.of(SECONDS, now))
        .sum(millis.sum() / 1_000.0)
        .build();
  }
}
