/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.slowpath;

import com.google.common.collect.ImmutableMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Predicate;

/**
 * How many packets ended for which reason, by key. Thread-safe; counting does not block counting.
 *
 * @param <K> what packets are counted by, such as a port; the caller bounds their number with
 *     {@link #retain}
 */
public final class SlowPathCounters<K> {
  private final Map<K, Map<Reason, LongAdder>> counters = new ConcurrentHashMap<>();

  /** Counts one packet. */
  public void count(K key, Reason reason) {
    counters
        .computeIfAbsent(key, absent -> new ConcurrentHashMap<>())
        .computeIfAbsent(reason, absent -> new LongAdder())
        .increment();
  }

  /**
   * What was counted so far, without zeros, each key's reasons in the order of their declaration.
   * Packets that are counted at the same time may be in it or not.
   */
  public ImmutableMap<K, ImmutableMap<Reason, Long>> snapshot() {
    ImmutableMap.Builder<K, ImmutableMap<Reason, Long>> all = ImmutableMap.builder();
    counters.forEach(
        (key, byReason) -> {
          ImmutableMap<Reason, Long> counts = counts(byReason);
          if (!counts.isEmpty()) {
            all.put(key, counts);
          }
        });
    return all.build();
  }

  /**
   * Forgets the keys that the predicate does not hold for, and their counts. A packet of such a key
   * that is counted at the same time may be lost, or begin the key anew.
   */
  public void retain(Predicate<? super K> predicate) {
    counters.keySet().removeIf(key -> !predicate.test(key));
  }

  private static ImmutableMap<Reason, Long> counts(Map<Reason, LongAdder> byReason) {
    ImmutableMap.Builder<Reason, Long> counts = ImmutableMap.builder();
    for (Reason reason : Reason.values()) {
      LongAdder adder = byReason.get(reason);
      if (adder != null && adder.sum() != 0) {
        counts.put(reason, adder.sum());
      }
    }
    return counts.build();
  }
}
