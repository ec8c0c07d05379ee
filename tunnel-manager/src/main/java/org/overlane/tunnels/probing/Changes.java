/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.tunnels.probing;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;

/** Limits in force, and what was not reported yet: at most one event for each path. */
final class Changes {
  private final TreeMap<ProbePath, Integer> limits = new TreeMap<>();
  private final TreeMap<ProbePath, PathEvent> events = new TreeMap<>();

  /** The settled status that was noted last, if not UNKNOWN. */
  private final Map<ProbePath, PathStatus> noted = new HashMap<>();

  /** Compares a path with what was noted of it last. */
  void note(PathProbing probing, long now) {
    ProbePath path = probing.path();
    PathStatus status = probing.status(now);
    PathStatus statusBefore = noted.getOrDefault(path, PathStatus.UNKNOWN);
    int limitBefore = limits.getOrDefault(path, 0);
    boolean limitChanged = probing.limit() != limitBefore;
    if (!limitChanged && (!status.settled() || status == statusBefore)) {
      return;
    }
    noted.put(path, status);
    if (probing.limit() > 0) {
      limits.put(path, probing.limit());
    } else {
      limits.remove(path);
    }
    PathState state = probing.state(now);
    PathEvent earlier = events.get(path);
    PathEvent event =
        PathEvent.builder()
            .path(path)
            .before(earlier == null ? statusBefore : earlier.before())
            .after(status)
            .limitBefore(earlier == null ? optional(limitBefore) : earlier.limitBefore())
            .limitAfter(state.limit())
            .at(now)
            .why(state.why())
            .build();
    if (event.before() == event.after() && !event.changesLimit()) {
      events.remove(path);
    } else {
      events.put(path, event);
    }
  }

  /** The path is not probed any more: its limit goes, and nobody wants to hear of it. */
  void forget(ProbePath path) {
    limits.remove(path);
    events.remove(path);
    noted.remove(path);
  }

  ImmutableSortedMap<ProbePath, Integer> limits() {
    return ImmutableSortedMap.copyOf(limits);
  }

  ImmutableList<PathEvent> drain() {
    ImmutableList<PathEvent> drained = ImmutableList.copyOf(events.values());
    events.clear();
    return drained;
  }

  private static OptionalInt optional(int limit) {
    return limit > 0 ? OptionalInt.of(limit) : OptionalInt.empty();
  }
}
