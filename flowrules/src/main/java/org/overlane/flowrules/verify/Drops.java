/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.flowrules.verify;

/** Finds packets that a table drops without an entry. */
final class Drops {
  private Drops() {}

  static void check(Flight flight, Findings findings) {
    if (flight.isMissed()) {
      String after =
          flight.lastEntry().map(e -> ", after table " + e.table()).orElse(" of table 0");
      findings.add(
          Invariant.DROPS_COUNTED,
          flight,
          "no entry wants these packets" + after + ": they are dropped, and nothing counts them");
    }
  }
}
