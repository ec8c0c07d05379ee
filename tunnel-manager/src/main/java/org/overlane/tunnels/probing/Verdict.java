/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.tunnels.probing;

/** The status of a path, since when it has it, and whether it can still be believed. */
final class Verdict {
  private final long lifetime;
  private PathStatus status = PathStatus.UNKNOWN;
  private long since;
  private long renewedAt;

  /** Nothing is known; a status that is not renewed for so many milliseconds will be none. */
  Verdict(long lifetime, long now) {
    this.lifetime = lifetime;
    this.since = now;
    this.renewedAt = now;
  }

  void become(PathStatus next, long now) {
    if (status != next) {
      status = next;
      since = now;
    }
  }

  /** A probe arrived, or was lost often enough to tell. */
  void renew(long now) {
    renewedAt = now;
  }

  /** Whether this was the last verdict, however old. */
  boolean is(PathStatus which) {
    return status == which;
  }

  boolean isSettled() {
    return status.settled();
  }

  /** Whether a search ended, and its result was not lost since. */
  boolean isResult() {
    return status == PathStatus.CONFIRMED || status == PathStatus.BLACK_HOLE;
  }

  /** What holds now: a verdict that is too old is none. */
  PathStatus at(long now) {
    return isStale(now) ? PathStatus.UNKNOWN : status;
  }

  /** Since when that holds. */
  long since(long now) {
    return isStale(now) ? renewedAt + lifetime : since;
  }

  private boolean isStale(long now) {
    return status.settled() && status != PathStatus.UNKNOWN && now - renewedAt >= lifetime;
  }
}
