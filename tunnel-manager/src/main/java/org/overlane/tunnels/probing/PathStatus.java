/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.tunnels.probing;

/**
 * What is known about a path. The states of RFC 8899 section 5.2 are named; a search that only
 * looks whether a limit may rise leaves the status as it is.
 */
public enum PathStatus {
  /** Nothing: not probed yet, not probeable, or the last verdict is too old (DISABLED). */
  UNKNOWN("unknown"),
  /** The smallest size is being tried for the first time (BASE). */
  BASE("base"),
  /** The base arrives; the largest size is being looked for (SEARCHING). */
  SEARCHING("searching"),
  /** All sizes up to the bound arrive (SEARCH_COMPLETE). */
  CONFIRMED("confirmed"),
  /**
   * The base arrives, but larger sizes vanish that should fit: the path is narrower than its bound
   * (SEARCH_COMPLETE below MAX_PLPMTU).
   */
  BLACK_HOLE("black-hole"),
  /** Not even the base arrives (ERROR). */
  DOWN("down");

  private final String text;

  PathStatus(String text) {
    this.text = text;
  }

  /** The name used in documents. */
  public String text() {
    return text;
  }

  /** Whether it is a result, or the lack of one, and not a stage on the way to one. */
  public boolean settled() {
    return this != BASE && this != SEARCHING;
  }
}
