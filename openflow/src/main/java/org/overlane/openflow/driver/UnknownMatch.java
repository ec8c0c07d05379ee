/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.openflow.driver;

import org.onosproject.net.flow.criteria.ExtensionSelector;
import org.onosproject.net.flow.criteria.ExtensionSelectorType;

/**
 * The match fields of an entry that ONOS has no criterion for: their OXM TLVs, one after another.
 */
public final class UnknownMatch extends AbstractRawExtension implements ExtensionSelector {

  /** No bytes until deserialized. */
  public UnknownMatch() {
    this(new byte[0]);
  }

  /** OXM TLVs (OpenFlow 1.3.5 section 7.2.3.2), one after another. */
  public UnknownMatch(byte[] octets) {
    super(octets);
  }

  @Override
  public ExtensionSelectorType type() {
    return OverlaneExtensions.UNKNOWN_MATCH;
  }
}
