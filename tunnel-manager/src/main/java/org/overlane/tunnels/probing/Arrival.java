/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.tunnels.probing;

/** What a prober made of a probe that arrived. */
public enum Arrival {
  /** In time: the path carried this size. */
  COUNTED,
  /**
   * After its timer had run out, while the same size was still being tried: counts as an arrival,
   * too, since the path did carry it.
   */
  LATE,
  /** Not waited for: a duplicate, one whose size was judged long ago, or a forgery. Ignored. */
  UNKNOWN
}
