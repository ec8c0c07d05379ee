/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.slowpath;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Token buckets by key, in bounded memory: each key gets at most {@code rate * t + burst} tokens in
 * any time t.
 *
 * <p>If there are too many keys, the one that asked least recently is forgotten, and starts with a
 * full bucket when it comes again: whoever can make up keys at will needs a second limit that does
 * not depend on them. Thread-safe.
 *
 * @param <K> the keys; equal keys share a bucket
 */
public final class TokenBuckets<K> {
  private static final double NANOS_PER_SECOND = 1e9;

  /** Nanoseconds that a token takes to come. */
  private final long interval;

  /** Nanoseconds that a bucket may be from full and still give a token. */
  private final long tolerance;

  private final Buckets<K> buckets;
  private boolean started;
  private long latest;

  /**
   * Buckets that start full.
   *
   * @param ratePerSecond tokens that each key gets per second, more than 0, at most 1e9
   * @param burst tokens that a full bucket has, at least 1
   * @param maxKeys keys that are remembered, at least 1
   * @throws IllegalArgumentException if one is out of range, or filling a bucket takes a century
   */
  public TokenBuckets(double ratePerSecond, int burst, int maxKeys) {
    if (!(ratePerSecond > 0 && ratePerSecond <= NANOS_PER_SECOND)) {
      throw new IllegalArgumentException(
          "the rate must be more than 0 and at most 1e9 per second, not " + ratePerSecond);
    }
    if (burst < 1) {
      throw new IllegalArgumentException("the burst must be at least 1, not " + burst);
    }
    if (maxKeys < 1) {
      throw new IllegalArgumentException("the number of keys must be at least 1, not " + maxKeys);
    }
    double nanos = Math.ceil(NANOS_PER_SECOND / ratePerSecond);
    if (nanos * burst > Long.MAX_VALUE / 4.0) {
      throw new IllegalArgumentException(
          "filling a bucket must not take a century: burst " + burst + ", rate " + ratePerSecond);
    }
    this.interval = (long) nanos;
    this.tolerance = interval * (burst - 1);
    this.buckets = new Buckets<>(maxKeys);
  }

  /**
   * Takes a token of the key's bucket if there is one.
   *
   * @param nowNanos a time that only differences have a meaning of, in nanoseconds; one that is
   *     earlier than another seen before counts as that one, so that no order of calls wins tokens
   */
  public synchronized boolean tryTake(K key, long nowNanos) {
    if (!started || nowNanos - latest > 0) {
      started = true;
      latest = nowNanos;
    }
    Bucket bucket = buckets.get(key);
    if (bucket == null) {
      bucket = new Bucket(latest);
      buckets.put(key, bucket);
    }
    long missing = Math.max(0, bucket.fullAt - latest);
    if (missing > tolerance) {
      return false;
    }
    bucket.fullAt = latest + missing + interval;
    return true;
  }

  /** The number of keys that are remembered now. */
  public synchronized int size() {
    return buckets.size();
  }

  /** The time at which the bucket is full again: all there is to know about it. */
  private static final class Bucket {
    private long fullAt;

    Bucket(long fullAt) {
      this.fullAt = fullAt;
    }
  }

  /** In the order of their last use. */
  private static final class Buckets<K> extends LinkedHashMap<K, Bucket> {
    private static final long serialVersionUID = 1;

    private final int maxKeys;

    Buckets(int maxKeys) {
      super(16, 0.75f, true);
      this.maxKeys = maxKeys;
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<K, Bucket> eldest) {
      return size() > maxKeys;
    }
  }
}
