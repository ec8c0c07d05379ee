/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.openflow.codec;

import static com.google.common.base.Preconditions.checkArgument;

import org.projectfloodlight.openflow.protocol.OFFactories;
import org.projectfloodlight.openflow.protocol.OFVersion;
import org.projectfloodlight.openflow.protocol.action.OFAction;
import org.projectfloodlight.openflow.protocol.oxm.OFOxm;
import org.projectfloodlight.openflow.types.U64;

/**
 * Actions of Open vSwitch for OpenFlow 1.3 action lists that openflowj cannot build by itself.
 * Every parameter is checked; errors name the parameter, its value and its range. The results are
 * immutable.
 */
public final class NiciraActions {

  private NiciraActions() {}

  /**
   * check_pkt_larger(length)-&gt;NXM_NX_REGn[bit].
   *
   * @param length 0..65535 bytes with the Ethernet header, without a VLAN tag: inner IP MTU + 14
   * @param register 0..15
   * @param bit 0..31
   */
  public static OFAction checkPktLarger(int length, int register, int bit) {
    return CheckPktLarger.of(length, register, bit);
  }

  /**
   * load:value-&gt;NXM_NX_REGn[] restricted to the bits of the mask. With all bits this is a
   * set_field; a contiguous part is a Nicira reg_load (subtype 7), since set_field takes no mask in
   * OpenFlow 1.3.
   *
   * @param register 0..15
   * @param value 0..2^32-1, without bits outside the mask
   * @param mask 1..2^32-1, its bits contiguous
   */
  public static OFAction loadRegister(int register, long value, long mask) {
    NiciraFields.checkRegister(register);
    checkArgument(mask > 0 && mask <= 0xffffffffL, "mask %s: 1..4294967295", mask);
    checkArgument(
        value >= 0 && (value & ~mask) == 0, "value %s has bits outside mask %s", value, mask);
    int offset = Long.numberOfTrailingZeros(mask);
    int bits = Long.bitCount(mask);
    checkArgument(mask >> offset == (1L << bits) - 1, "mask 0x%s has gaps", Long.toHexString(mask));
    if (bits == 32) {
      return setField(ExtraOxms.register(register, value));
    }
    return OFFactories.getFactory(OFVersion.OF_13)
        .actions()
        .buildNiciraLoad()
        .setOfsNbits(offset << 6 | (bits - 1))
        .setDst(NiciraFields.registerHeader(register))
        .setValue(U64.of(value >>> offset))
        .build();
  }

  /** set_field of any OXM, {@link RawOxm} included. */
  public static OFAction setField(OFOxm<?> oxm) {
    return OFFactories.getFactory(OFVersion.OF_13).actions().setField(oxm);
  }
}
