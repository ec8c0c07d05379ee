/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.monitoring;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Makes counters of sums that may fall, as the packets of all entries of a switch do when one of
 * them goes. A monitoring system takes a counter that falls for one that began anew, and reports
 * all it has as if it had just happened; so here a fall adds nothing, and what is counted from then
 * on does. Thread-safe.
 *
 * @param <K> what sums are kept by
 */
public final class RisingSums<K> {
  private final Map<K, Sum> sums = new HashMap<>();

  private static final class Sum {
    private long last;
    private long total;
  }

  /** Returns the total for a sum that is {@code now}; at first it is just that. */
  public synchronized long rise(K key, long now) {
    Sum sum = sums.computeIfAbsent(key, absent -> new Sum());
    sum.total += Math.max(0, now - sum.last);
    sum.last = now;
    return sum.total;
  }

  /** Forgets all others. */
  public synchronized void retain(Set<? extends K> keys) {
    sums.keySet().retainAll(keys);
  }
}
