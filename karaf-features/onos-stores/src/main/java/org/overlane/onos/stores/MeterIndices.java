/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.onos.stores;

import com.google.common.collect.ImmutableSet;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.onosproject.net.meter.MeterTableKey;
import org.onosproject.store.service.ConsistentMap;

/**
 * The meter indices that are taken, for each meter table (device and scope), shared by all nodes of
 * the cluster. Safe for use by several threads and nodes.
 */
final class MeterIndices {
  private final ConsistentMap<MeterTableKey, Set<Long>> taken;

  MeterIndices(ConsistentMap<MeterTableKey, Set<Long>> taken) {
    this.taken = taken;
  }

  /**
   * Takes the lowest free index of a table.
   *
   * @param first lowest index that the device supports
   * @param last highest index that the device supports, inclusive
   * @return the index, or empty if all are taken
   */
  OptionalLong take(MeterTableKey table, long first, long last) {
    // The map may call the function again after a conflict, so the answer is overwritten each time.
    AtomicReference<OptionalLong> answer = new AtomicReference<>(OptionalLong.empty());
    taken.compute(
        table,
        (key, stored) -> {
          Set<Long> indices = stored == null ? ImmutableSet.of() : stored;
          OptionalLong free = lowestFree(indices, first, last);
          answer.set(free);
          return free.isPresent() ? with(indices, free.getAsLong()) : indices;
        });
    return answer.get();
  }

  /** Marks an index as taken, whoever chose it. */
  void mark(MeterTableKey table, long index) {
    taken.compute(table, (key, stored) -> with(stored == null ? ImmutableSet.of() : stored, index));
  }

  /** Gives an index back; does nothing if it is free. */
  void release(MeterTableKey table, long index) {
    taken.computeIfPresent(table, (key, stored) -> without(stored, index));
  }

  private static OptionalLong lowestFree(Set<Long> indices, long first, long last) {
    for (long index = first; index <= last; index++) {
      if (!indices.contains(index)) {
        return OptionalLong.of(index);
      }
    }
    return OptionalLong.empty();
  }

  private static Set<Long> with(Set<Long> indices, long index) {
    return ImmutableSet.<Long>builder().addAll(indices).add(index).build();
  }

  private static Set<Long> without(Set<Long> indices, long index) {
    return indices.stream().filter(taken -> taken != index).collect(ImmutableSet.toImmutableSet());
  }
}
