/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.openflow.driver;

import org.onosproject.net.flow.instructions.ExtensionTreatment;
import org.onosproject.net.flow.instructions.ExtensionTreatmentType;

/**
 * Sets one bit of a register to 1 if the packet is longer than a length, else to 0 (OVS
 * check_pkt_larger). The length counts the Ethernet header, but no VLAN tag.
 */
public final class CheckPktLarger extends AbstractTypedExtension implements ExtensionTreatment {

  private static final String LENGTH = "length";
  private static final String REGISTER = "register";
  private static final String BIT = "bit";

  /** Length, register and bit 0 until set. */
  public CheckPktLarger() {
    super(
        ExtensionProperty.number(LENGTH, 0xffff),
        ExtensionProperty.number(REGISTER, 15),
        ExtensionProperty.number(BIT, 31));
  }

  /**
   * @param length in bytes including the Ethernet header, 0..65535
   * @param register 0..15
   * @param bit 0 (least significant)..31
   */
  public CheckPktLarger(int length, int register, int bit) {
    this();
    set(LENGTH, length);
    set(REGISTER, register);
    set(BIT, bit);
  }

  public int length() {
    return (int) number(LENGTH);
  }

  public int register() {
    return (int) number(REGISTER);
  }

  public int bit() {
    return (int) number(BIT);
  }

  @Override
  public ExtensionTreatmentType type() {
    return OverlaneExtensions.CHECK_PKT_LARGER;
  }
}
