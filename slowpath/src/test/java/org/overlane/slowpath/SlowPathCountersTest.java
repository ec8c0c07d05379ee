/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.slowpath;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SlowPathCountersTest {
  @Test
  void countsByKeyAndReason() {
    SlowPathCounters<String> counters = new SlowPathCounters<>();
    assertThat(counters.snapshot()).isEmpty();
    counters.count("a", Reason.FITS);
    counters.count("a", Reason.ANSWERED_IPV4);
    counters.count("a", Reason.FITS);
    counters.count("b", Reason.CLAMPED);
    assertThat(counters.snapshot())
        .isEqualTo(
            ImmutableMap.of(
                "a", ImmutableMap.of(Reason.ANSWERED_IPV4, 1L, Reason.FITS, 2L),
                "b", ImmutableMap.of(Reason.CLAMPED, 1L)));
    assertThat(counters.snapshot().get("a").keySet())
        .containsExactly(Reason.ANSWERED_IPV4, Reason.FITS);
  }

  @Test
  void aSnapshotDoesNotChange() {
    SlowPathCounters<String> counters = new SlowPathCounters<>();
    counters.count("a", Reason.FITS);
    ImmutableMap<String, ImmutableMap<Reason, Long>> before = counters.snapshot();
    counters.count("a", Reason.FITS);
    assertThat(before.get("a")).containsEntry(Reason.FITS, 1L);
  }

  @Test
  void forgetsWhatIsNotRetained() {
    SlowPathCounters<Integer> counters = new SlowPathCounters<>();
    for (int key = 0; key < 10; key++) {
      counters.count(key, Reason.FITS);
    }
    counters.retain(key -> key % 5 == 0);
    assertThat(counters.snapshot()).containsOnlyKeys(0, 5);
  }

  @Test
  void losesNothingBetweenThreads() throws InterruptedException {
    SlowPathCounters<Integer> counters = new SlowPathCounters<>();
    ExecutorService threads = Executors.newFixedThreadPool(4);
    for (int i = 0; i < 4; i++) {
      threads.execute(
          () -> {
            for (int j = 0; j < 10_000; j++) {
              counters.count(j % 3, Reason.values()[j % 7]);
            }
          });
    }
    threads.shutdown();
    assertThat(threads.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
    long sum =
        counters.snapshot().values().stream()
            .flatMap(counts -> counts.values().stream())
            .mapToLong(Long::longValue)
            .sum();
    assertThat(sum).isEqualTo(40_000);
  }
}
