/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.tunnels.probing;

import java.util.OptionalLong;

/** What became of a path's probes: which were lost, how long they took, when one arrived last. */
final class History {
  private static final long NONE = -1;

  /** The weight of a new time is one in so many: alpha of RFC 6298 section 2. */
  private static final int SMOOTHING = 8;

  private final Loss all = new Loss();
  private final Loss small = new Loss();
  private long fastest = NONE;
  private long smoothed = NONE;
  private boolean arrived;
  private long lastArrival;

  /**
   * A probe arrived after others of the same size were lost.
   *
   * @param micros how long it took; negative if nobody knows
   */
  void arrived(boolean isSmall, int lostBefore, long micros, long now) {
    all.arrivedAfter(lostBefore);
    if (isSmall) {
      small.arrivedAfter(lostBefore);
    }
    arrived = true;
    lastArrival = now;
    if (micros >= 0) {
      fastest = fastest == NONE ? micros : Math.min(fastest, micros);
      smoothed = smoothed == NONE ? micros : smoothed + (micros - smoothed) / SMOOTHING;
    }
  }

  boolean losesSome() {
    return all.lost() > 0;
  }

  int tries(int maxProbes) {
    return Loss.tries(maxProbes, all, small);
  }

  /** Adds what it knows. */
  PathState.Builder addTo(PathState.Builder state) {
    return state
        .lastArrival(arrived ? OptionalLong.of(lastArrival) : OptionalLong.empty())
        .lost(all.lost())
        .judged(all.judged())
        .fastestMicros(optional(fastest))
        .smoothedMicros(optional(smoothed));
  }

  private static OptionalLong optional(long micros) {
    return micros == NONE ? OptionalLong.empty() : OptionalLong.of(micros);
  }
}
