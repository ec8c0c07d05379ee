/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.openflow.driver;

import org.onosproject.net.flow.criteria.ExtensionSelector;
import org.onosproject.net.flow.criteria.ExtensionSelectorType;

/**
 * Matches the bits of a register that mask selects. An entry can match one register only: ONOS
 * keeps one a type.
 */
public final class MatchRegister extends AbstractTypedExtension implements ExtensionSelector {

  static final String REGISTER = "register";
  static final String VALUE = "value";
  static final String MASK = "mask";

  /** Everything 0 until set. */
  public MatchRegister() {
    super(properties());
  }

  /**
   * @param register 0..15
   * @param value 32 bits, unsigned
   * @param mask 32 bits, unsigned
   */
  public MatchRegister(int register, long value, long mask) {
    this();
    set(REGISTER, register);
    set(VALUE, value);
    set(MASK, mask);
  }

  static ExtensionProperty[] properties() {
    return new ExtensionProperty[] {
      ExtensionProperty.number(REGISTER, 15),
      ExtensionProperty.number(VALUE, 0xffffffffL),
      ExtensionProperty.number(MASK, 0xffffffffL)
    };
  }

  public int register() {
    return (int) number(REGISTER);
  }

  public long registerValue() {
    return number(VALUE);
  }

  public long mask() {
    return number(MASK);
  }

  @Override
  public ExtensionSelectorType type() {
    return OverlaneExtensions.REGISTER;
  }
}
