/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.tunnels.probing;

/**
 * Whole tokens at a steady rate, counted exactly: over any time t, no more than {@code rate * t +
 * burst} are taken. Unlike a bucket that only says yes or no, it says when.
 */
final class TokenBucket {
  /** A token has a thousand parts, so that a rate per second is one of parts per millisecond. */
  private static final long PARTS = 1_000;

  private final long rate;
  private final long full;
  private long parts;
  private long at;

  /** A full bucket. Rate per second and burst are at least 1. */
  TokenBucket(int rate, int burst, long now) {
    this.rate = rate;
    this.full = burst * PARTS;
    this.parts = full;
    this.at = now;
  }

  /** Whole tokens that are there. Times must not go back. */
  int tokens(long now) {
    long missing = full - parts;
    long elapsed = now - at;
    parts = elapsed > missing / rate ? full : parts + elapsed * rate;
    at = now;
    return (int) (parts / PARTS);
  }

  /** Takes one of the tokens that are there. */
  void take(long now) {
    if (tokens(now) < 1) {
      throw new IllegalStateException("no token is left");
    }
    parts -= PARTS;
  }

  boolean isFull(long now) {
    return tokens(now) * PARTS == full;
  }

  /** When there will be one token more than now; meaningless if the bucket is full. */
  long nextToken(long now) {
    long missing = (tokens(now) + 1) * PARTS - parts;
    return now + (missing + rate - 1) / rate;
  }
}
