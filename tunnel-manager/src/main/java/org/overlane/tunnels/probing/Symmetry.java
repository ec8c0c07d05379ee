/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.tunnels.probing;

/** How the two directions between two VTEPs compare. */
public enum Symmetry {
  /** One direction has no result yet. */
  UNKNOWN,
  /** Both carry the same size, or both are down. */
  SYMMETRIC,
  /** Both live, and carry different sizes. */
  ASYMMETRIC,
  /** One is down and the other lives: answers never come back. */
  ONE_WAY;

  /** Compares one direction with the other; the order does not matter. */
  public static Symmetry between(PathState there, PathState back) {
    if (!known(there) || !known(back)) {
      return UNKNOWN;
    }
    boolean down = there.status() == PathStatus.DOWN;
    if (down != (back.status() == PathStatus.DOWN)) {
      return ONE_WAY;
    }
    return down || there.confirmed().equals(back.confirmed()) ? SYMMETRIC : ASYMMETRIC;
  }

  private static boolean known(PathState state) {
    return state.status().settled() && state.status() != PathStatus.UNKNOWN;
  }
}
