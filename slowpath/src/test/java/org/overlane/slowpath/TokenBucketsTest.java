/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.slowpath;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TokenBucketsTest {
  private static final long SECOND = 1_000_000_000;

  /** The time also goes backwards, and starts anywhere. */
  @Property(tries = 500)
  void noMoreThanTheRateAndABurstInAnyTime(
      @ForAll @DoubleRange(min = 0.01, max = 1e6) double rate,
      @ForAll @IntRange(min = 1, max = 20) int burst,
      @ForAll long start,
      @ForAll @Size(max = 100)
          List<@LongRange(min = -1_000_000_000, max = 3_000_000_000L) Long> steps,
      @ForAll @IntRange(min = 1, max = 5) int keys) {
    TokenBuckets<Integer> buckets = new TokenBuckets<>(rate, burst, keys);
    Map<Integer, List<Long>> taken = new HashMap<>();
    long now = start;
    long latest = Long.MIN_VALUE;
    for (int i = 0; i < steps.size(); i++) {
      now += steps.get(i);
      latest = Math.max(latest, now - start);
      if (buckets.tryTake(i % keys, now)) {
        taken.computeIfAbsent(i % keys, key -> new ArrayList<>()).add(latest);
      }
    }
    taken.values().forEach(times -> assertBounded(times, rate, burst));
  }

  private static void assertBounded(List<Long> times, double rate, int burst) {
    for (int i = 0; i < times.size(); i++) {
      for (int j = i; j < times.size(); j++) {
        double elapsed = (times.get(j) - times.get(i)) / 1e9;
        assertThat((double) (j - i + 1)).isLessThanOrEqualTo(rate * elapsed + burst + 1e-6);
      }
    }
  }

  /** The bound is reached: a bucket is worth what it promises. */
  @Property(tries = 500)
  void aFullBucketGivesABurstAndThenTheRate(
      @ForAll @IntRange(min = 1, max = 1000) int rate,
      @ForAll @IntRange(min = 1, max = 50) int burst,
      @ForAll long start) {
    TokenBuckets<String> buckets = new TokenBuckets<>(rate, burst, 1);
    long interval = (SECOND + rate - 1) / rate;
    for (int i = 0; i < burst; i++) {
      assertThat(buckets.tryTake("k", start)).isTrue();
    }
    for (int i = 0; i < 10; i++) {
      assertThat(buckets.tryTake("k", start + i * interval + interval - 1)).isFalse();
      assertThat(buckets.tryTake("k", start + (i + 1) * interval)).isTrue();
    }
    assertThat(buckets.tryTake("k", start + (burst + 20) * interval)).isTrue();
  }

  @Test
  void goingBackWinsAndLosesNothing() {
    TokenBuckets<String> buckets = new TokenBuckets<>(1, 2, 10);
    assertThat(buckets.tryTake("k", 10 * SECOND)).isTrue();
    assertThat(buckets.tryTake("k", 0)).isTrue();
    assertThat(buckets.tryTake("k", 5 * SECOND)).isFalse();
    assertThat(buckets.tryTake("new", 0)).isTrue();
    assertThat(buckets.tryTake("k", 11 * SECOND)).isTrue();
  }

  @Test
  void theClockMayOverflow() {
    TokenBuckets<String> buckets = new TokenBuckets<>(1, 1, 10);
    assertThat(buckets.tryTake("k", Long.MAX_VALUE)).isTrue();
    assertThat(buckets.tryTake("k", Long.MAX_VALUE + SECOND - 1)).isFalse();
    assertThat(buckets.tryTake("k", Long.MAX_VALUE + SECOND)).isTrue();
  }

  @Test
  void aMillionKeysTakeNoMoreRoom() {
    TokenBuckets<Integer> buckets = new TokenBuckets<>(1, 1, 1000);
    for (int key = 0; key < 1_000_000; key++) {
      assertThat(buckets.tryTake(key, 0)).isTrue();
      if (buckets.size() > 1000) {
        throw new AssertionError(buckets.size() + " keys");
      }
    }
    assertThat(buckets.size()).isEqualTo(1000);
    assertThat(buckets.tryTake(999_000, 0)).isFalse();
    assertThat(buckets.tryTake(998_999, 0)).isTrue();
  }

  @Test
  void forgetsTheKeyThatAskedLeastRecently() {
    TokenBuckets<String> buckets = new TokenBuckets<>(1, 1, 2);
    buckets.tryTake("a", 0);
    buckets.tryTake("b", 0);
    assertThat(buckets.tryTake("a", 0)).as("asked again, in vain").isFalse();
    buckets.tryTake("c", 0);
    assertThat(buckets.tryTake("a", 0)).as("still known").isFalse();
    assertThat(buckets.tryTake("b", 0)).as("forgotten").isTrue();
  }

  @Test
  void threadsShareABucket() throws InterruptedException {
    TokenBuckets<String> buckets = new TokenBuckets<>(1, 1000, 10);
    AtomicInteger taken = new AtomicInteger();
    ExecutorService threads = Executors.newFixedThreadPool(4);
    for (int i = 0; i < 4; i++) {
      threads.execute(
          () -> {
            for (int j = 0; j < 1000; j++) {
              taken.addAndGet(buckets.tryTake("k", 0) ? 1 : 0);
            }
          });
    }
    threads.shutdown();
    assertThat(threads.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
    assertThat(taken).hasValue(1000);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 1, 1",
    "-1, 1, 1",
    "NaN, 1, 1",
    "Infinity, 1, 1",
    "1e10, 1, 1",
    "1, 0, 1",
    "1, 1, 0",
    "1e-9, 1000, 1",
    "1e-300, 1, 1"
  })
  void refusesWhatMakesNoSense(double rate, int burst, int maxKeys) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new TokenBuckets<String>(rate, burst, maxKeys));
  }
}
