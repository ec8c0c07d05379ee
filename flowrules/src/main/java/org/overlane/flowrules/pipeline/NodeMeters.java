/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.flowrules.pipeline;

import java.util.Optional;
import org.overlane.flowrules.openflow.Meter;

/**
 * The meters that a node has as a whole. Their ids lie between those of ordinary ports and that of
 * LOCAL, where {@link PortMeters} has none, and below the 262,144 that Open vSwitch has room for.
 */
public final class NodeMeters {
  private static final long FRAGMENTS = 0xfffdL << 2;

  private NodeMeters() {}

  /**
   * What limits the fragments that a node receives for its VTEP addresses, over all uplinks and
   * both address families.
   *
   * @param rate packets a second, at least 1; as many may come at once after a pause
   */
  public static Meter fragments(int rate) {
    return Meter.of(FRAGMENTS, rate, rate, name(FRAGMENTS).get());
  }

  /** {@code fragments for the VTEP}; empty if the meter is none of a node. */
  public static Optional<String> name(long id) {
    return id == FRAGMENTS ? Optional.of("fragments for the VTEP") : Optional.empty();
  }
}
