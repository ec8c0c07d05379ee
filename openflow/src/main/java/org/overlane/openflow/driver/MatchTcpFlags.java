/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.openflow.driver;

import org.onosproject.net.flow.criteria.ExtensionSelector;
import org.onosproject.net.flow.criteria.ExtensionSelectorType;

/** Matches TCP flags (ONF extension 42); bit 0 is FIN, bit 1 SYN, bit 4 ACK, up to bit 11. */
public final class MatchTcpFlags extends AbstractTypedExtension implements ExtensionSelector {

  private static final String FLAGS = "flags";
  private static final String MASK = "mask";

  /** Flags and mask 0 until set. */
  public MatchTcpFlags() {
    super(ExtensionProperty.number(FLAGS, 0xfff), ExtensionProperty.number(MASK, 0xfff));
  }

  /** Flags and mask have 12 bits. */
  public MatchTcpFlags(int flags, int mask) {
    this();
    set(FLAGS, flags);
    set(MASK, mask);
  }

  public int flags() {
    return (int) number(FLAGS);
  }

  public int mask() {
    return (int) number(MASK);
  }

  @Override
  public ExtensionSelectorType type() {
    return OverlaneExtensions.TCP_FLAGS;
  }
}
