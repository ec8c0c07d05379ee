/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.flowrules.verify;

/** Proves that frames from a port without purpose, or from the controller, go nowhere. */
final class ClosedWalk implements Explorer.Visitor {
  private final Findings findings;

  ClosedWalk(Findings findings) {
    this.findings = findings;
  }

  @Override
  public void end(Flight flight) {
    Drops.check(flight, findings);
    flight.copies().stream()
        .filter(c -> !c.isSuppressed())
        .findFirst()
        .ifPresent(
            copy ->
                findings.add(
                    Invariant.PORT_WITHOUT_PURPOSE,
                    flight,
                    "frames from a port that the model gives no purpose go to "
                        + (copy.isToController() ? "the controller" : "port " + copy.port())));
  }
}
