/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.openflow.driver;

import org.onosproject.net.flow.criteria.ExtensionSelector;
import org.onosproject.net.flow.criteria.ExtensionSelectorType;

/**
 * Matches the fragment kind (OVS nw_frag): bit 0 set for any fragment, bit 1 for all but the first
 * one.
 */
public final class MatchNwFrag extends AbstractTypedExtension implements ExtensionSelector {

  private static final String VALUE = "value";
  private static final String MASK = "mask";

  /** Value and mask 0 until set. */
  public MatchNwFrag() {
    super(ExtensionProperty.number(VALUE, 3), ExtensionProperty.number(MASK, 3));
  }

  /** Value and mask are 0..3. */
  public MatchNwFrag(int value, int mask) {
    this();
    set(VALUE, value);
    set(MASK, mask);
  }

  public int fragValue() {
    return (int) number(VALUE);
  }

  public int mask() {
    return (int) number(MASK);
  }

  @Override
  public ExtensionSelectorType type() {
    return OverlaneExtensions.NW_FRAG;
  }
}
