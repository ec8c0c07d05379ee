/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.openflow.driver;

import org.onosproject.net.flow.instructions.ExtensionTreatment;
import org.onosproject.net.flow.instructions.ExtensionTreatmentType;

/** Writes the bits of value that mask selects into a register; the other bits keep their value. */
public final class LoadRegister extends AbstractTypedExtension implements ExtensionTreatment {

  /** Everything 0 until set. */
  public LoadRegister() {
    super(MatchRegister.properties());
  }

  /**
   * @param register 0..15
   * @param value 32 bits, unsigned
   * @param mask 32 bits, unsigned
   */
  public LoadRegister(int register, long value, long mask) {
    this();
    set(MatchRegister.REGISTER, register);
    set(MatchRegister.VALUE, value);
    set(MatchRegister.MASK, mask);
  }

  public int register() {
    return (int) number(MatchRegister.REGISTER);
  }

  public long registerValue() {
    return number(MatchRegister.VALUE);
  }

  public long mask() {
    return number(MatchRegister.MASK);
  }

  @Override
  public ExtensionTreatmentType type() {
    return OverlaneExtensions.LOAD_REGISTER;
  }
}
