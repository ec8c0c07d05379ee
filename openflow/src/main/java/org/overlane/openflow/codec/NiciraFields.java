/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.openflow.codec;

import static com.google.common.base.Preconditions.checkArgument;

import io.netty.buffer.ByteBuf;

/**
 * Numbers of the Nicira extension match and actions (nicira-ext.h of Open vSwitch, ovs-fields(7)).
 */
final class NiciraFields {

  static final int EXPERIMENTER = 0x2320;
  static final int ACTION_TYPE_EXPERIMENTER = 0xffff;

  /** OXM class of the fields that Nicira added. */
  static final int CLASS_NXM_1 = 1;

  static final int REGISTERS = 16;
  static final int FIELD_NW_FRAG = 26;
  static final int FIELD_TUN_IPV6_SRC = 109;
  static final int FIELD_TUN_IPV6_DST = 110;

  private NiciraFields() {}

  static void checkRegister(int register) {
    checkArgument(register >= 0 && register < REGISTERS, "register %s: 0..15", register);
  }

  /** OXM header (class, field, no mask, length 4) of NXM_NX_REGn. */
  static int registerHeader(int register) {
    return CLASS_NXM_1 << 16 | register << 9 | 4;
  }

  /** The register whose unmasked OXM header this is, or -1. */
  static int registerOfHeader(int header) {
    int register = header >> 9 & 0x7f;
    return register < REGISTERS && header == registerHeader(register) ? register : -1;
  }

  static void writeActionHeader(ByteBuf buffer, int length, int subtype) {
    buffer.writeShort(ACTION_TYPE_EXPERIMENTER);
    buffer.writeShort(length);
    buffer.writeInt(EXPERIMENTER);
    buffer.writeShort(subtype);
  }

  static boolean isNicira(Bytes action, int subtype) {
    return action.length() >= 10
        && (action.at(0) << 8 | action.at(1)) == ACTION_TYPE_EXPERIMENTER
        && action.at(4) == 0
        && action.at(5) == 0
        && (action.at(6) << 8 | action.at(7)) == EXPERIMENTER
        && (action.at(8) << 8 | action.at(9)) == subtype;
  }
}
