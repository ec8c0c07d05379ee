/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.tunnels.probing;

import com.google.common.primitives.Ints;
import java.util.TreeSet;

/**
 * Looks for the largest size that arrives (RFC 8899 sections 5.3.1 and 5.3.2), between one that did
 * and one that did not.
 *
 * <p>First the base, then the bound, since most paths carry what they are configured for: two
 * probes. Below the bound, first a guess, if there is one, and what is right above it; then sizes
 * that are common, and what is right above the largest of them that arrives; all others by
 * division. A size that arrives costs one probe and no time, one that is lost costs at least
 * MAX_PROBES and as many timers: so the next size is a third up the way and not a half, which is
 * close to where both outcomes are worth the same.
 */
final class SizeSearch {
  /** Contradictions of one search after which the smaller size is believed. */
  private static final int TOLERATED = 2;

  private static final int[] COMMON = common();

  private final int bound;
  private final int base;
  private final int resolution;
  private int guess;
  private int arrived;
  private int lost;
  private int contradictions;

  /** A search that knows nothing yet; the guess may be 0 for none. */
  SizeSearch(PathPlan plan, int resolution, int guess) {
    this.bound = plan.bound();
    this.base = plan.base();
    this.resolution = resolution;
    this.guess = guess;
    this.lost = bound + 1;
  }

  /** The largest size that arrived, 0 for none. */
  int arrived() {
    return arrived;
  }

  /** The smallest size that was lost, larger than the bound if there is none. */
  int lost() {
    return lost;
  }

  boolean foundLost() {
    return lost <= bound;
  }

  /** Whether a size both arrived and was lost. */
  boolean contradicted() {
    return contradictions > 0;
  }

  /** Whether sizes both arrived and were lost too often for a search to make sense of it. */
  boolean contradictory() {
    return contradictions > TOLERATED;
  }

  /** The size to be tried next, 0 if the search has ended. */
  int next() {
    if (arrived < base) {
      return base;
    }
    if (!foundLost()) {
      return arrived < bound ? bound : 0;
    }
    if (lost - arrived <= resolution) {
      return 0;
    }
    if (guess > arrived && guess < lost) {
      return guess;
    }
    if (arrived == guess) {
      return arrived + resolution;
    }
    int from = above(arrived);
    int count = above(lost - 1) - from;
    if (count > 0) {
      return COMMON[from + (count - 1) / 3];
    }
    return arrived + (isCommon(arrived) ? resolution : Math.max(resolution, (lost - arrived) / 3));
  }

  /** A size arrived. If it was lost before, what was lost is open again. */
  void arrived(int size) {
    if (size >= lost) {
      contradictions++;
      if (contradictory()) {
        return;
      }
      lost = bound + 1;
    }
    arrived = Math.max(arrived, size);
  }

  /** A size was lost as often as it takes. If it had arrived before, only the floor is known. */
  void lost(int size, int floor) {
    lost = Math.min(lost, size);
    if (size <= arrived) {
      contradictions++;
      arrived = Math.min(floor, size - 1);
    }
  }

  /** Looks for more once again, and first at what was lost. */
  void reopen() {
    guess = foundLost() ? lost : 0;
    lost = bound + 1;
    contradictions = 0;
  }

  /** Index of the first common size above this one. */
  private static int above(int size) {
    int low = 0;
    int high = COMMON.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (COMMON[middle] <= size) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private static boolean isCommon(int size) {
    int next = above(size);
    return next > 0 && COMMON[next - 1] == size;
  }

  /**
   * MTUs of usual links, and those of Ethernet with usual headers in between: a VLAN tag (4), PPPoE
   * (8, RFC 2516), IP in IP (20, RFC 2003), GRE (24, RFC 2784), VXLAN over IPv4 and IPv6 (50, 70),
   * WireGuard over IPv6 (80), IPsec as it is often configured (100).
   */
  private static int[] common() {
    TreeSet<Integer> sizes = new TreeSet<>();
    for (int link : new int[] {1280, 1600, 2000, 4352, 4470, 8000, 9100, 9180, 9216}) {
      sizes.add(link);
    }
    for (int ethernet : new int[] {1500, 9000}) {
      for (int overhead : new int[] {0, 4, 8, 20, 24, 50, 70, 80, 100}) {
        sizes.add(ethernet - overhead);
      }
    }
    return Ints.toArray(sizes);
  }
}
