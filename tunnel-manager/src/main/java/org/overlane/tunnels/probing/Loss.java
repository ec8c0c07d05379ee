/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.tunnels.probing;

/** Which of the last probes were lost, and what follows for how often a size must be tried. */
final class Loss {
  /** Probes that are remembered. */
  static final int WINDOW = 32;

  /** Fewer judged probes say nothing about how many are lost at random. */
  private static final int ENOUGH = 8;

  /** How likely tries of a size that fits may all be lost at random. */
  private static final double MISTAKE = 1e-6;

  /** The most tries, as a multiple of what is configured. */
  private static final int MOST = 4;

  private int bits;
  private int judged;

  /** Some probes were lost, and then one arrived. */
  void arrivedAfter(int lost) {
    for (int i = 0; i < Math.min(lost, WINDOW - 1); i++) {
      push(1);
    }
    push(0);
  }

  private void push(int bit) {
    bits = bits << 1 | bit;
    judged = Math.min(judged + 1, WINDOW);
  }

  int lost() {
    return Integer.bitCount(bits);
  }

  int judged() {
    return judged;
  }

  /**
   * How many probes of one size must be lost in a row before the size counts as lost: as many as
   * configured (MAX_PROBES), or as many more as it takes for chance to explain it once in a million
   * cases, given what the path loses at random; at most four times as many.
   *
   * @param all probes of all sizes that arrived or should have
   * @param small those of the smallest size: if there are enough, they tell what is lost at random,
   *     since what happens to large ones only is not chance
   */
  static int tries(int maxProbes, Loss all, Loss small) {
    double rate = 0;
    if (all.lost() > 0 && small.judged >= 2 * ENOUGH) {
      rate = (small.lost() + 1.0) / (small.judged + 1);
    } else if (all.judged >= ENOUGH) {
      rate = (double) all.lost() / all.judged;
    }
    int most = MOST * maxProbes;
    double needed = rate >= 1 ? most : Math.ceil(Math.log(MISTAKE) / Math.log(rate));
    return (int) Math.max(maxProbes, Math.min(needed, most));
  }
}
