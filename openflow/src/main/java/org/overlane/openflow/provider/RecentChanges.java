/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.openflow.provider;

import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Tells which things were changed on a switch while its state was being read, so that a stale
 * observation of them is not taken for the truth. Thread-safe.
 *
 * @param <K> names a thing that can change; equal keys replace each other on the switch
 */
final class RecentChanges<K> {

  /** A change that has no answer yet was made after every read. */
  private static final long UNDER_WAY = Long.MAX_VALUE;

  private final AtomicLong clock = new AtomicLong();
  private final Map<K, Change> changes = new ConcurrentHashMap<>();

  /** One batch of changes that was sent together. */
  static final class Change {
    private volatile long settledAt = UNDER_WAY;
  }

  /** Call before the changes are sent, and {@link #settled} when they are answered. */
  Change begin(Collection<? extends K> keys) {
    Change change = new Change();
    keys.forEach(key -> changes.put(key, change));
    return change;
  }

  void settled(Change change) {
    change.settledAt = clock.incrementAndGet();
  }

  /** The time to give to the other methods, for a read that starts now. */
  long startRead() {
    return clock.incrementAndGet();
  }

  /** True if the thing was changed, or is being changed, after the read started. */
  boolean isChangedSince(long readStart, K key) {
    Change change = changes.get(key);
    return change != null && change.settledAt > readStart;
  }

  boolean isAnyChangedSince(long readStart) {
    return changes.values().stream().anyMatch(change -> change.settledAt > readStart);
  }

  /** Forgets the changes that no later read can have missed. */
  void endRead(long readStart) {
    changes.values().removeIf(change -> change.settledAt <= readStart);
  }
}
