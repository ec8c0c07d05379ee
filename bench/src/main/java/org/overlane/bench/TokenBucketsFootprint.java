/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.bench;

import org.openjdk.jol.info.GraphLayout;
import org.overlane.slowpath.TokenBuckets;

/**
 * Prints how much heap token buckets take for each pair of hosts that they remember: {@code java
 * -cp bench/target/benchmarks.jar org.overlane.bench.TokenBucketsFootprint}.
 */
public final class TokenBucketsFootprint {
  private TokenBucketsFootprint() {}

  public static void main(String[] arguments) {
    for (int count : new int[] {10_000, 100_000}) {
      Pair[] pairs = new Pair[count];
      TokenBuckets<Pair> buckets = new TokenBuckets<>(1, 1, count);
      for (int i = 0; i < count; i++) {
        pairs[i] = Pair.of(i);
        buckets.tryTake(pairs[i], 0);
      }
      // The array's own references are no part of the pairs.
      double keys = GraphLayout.parseInstance((Object) pairs).totalSize() / (double) count - 4;
      double all = GraphLayout.parseInstance(buckets).totalSize() / (double) count;
      System.out.printf(
          "%d pairs: %.1f bytes each, %.1f of them for the pair itself%n", count, all, keys);
    }
  }
}
