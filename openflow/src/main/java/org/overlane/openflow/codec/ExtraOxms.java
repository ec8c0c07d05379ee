/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.openflow.codec;

import static com.google.common.base.Preconditions.checkArgument;

import java.net.Inet6Address;
import java.nio.ByteBuffer;

/**
 * OXM fields that openflowj lacks or knows in part. For a match put them into a {@link RawMatch},
 * for a set_field into {@link NiciraActions#setField}. Parameters are checked; errors name the
 * parameter, its value and its range.
 */
public final class ExtraOxms {

  /** nw_frag: any fragment. */
  public static final int FRAG_ANY = 1;

  /** nw_frag: not the first fragment. */
  public static final int FRAG_LATER = 2;

  private static final int CLASS_EXPERIMENTER = RawOxm.CLASS_EXPERIMENTER;
  private static final int ONF_EXPERIMENTER = 0x4f4e4600;
  private static final int FIELD_TCP_FLAGS = 42;

  private ExtraOxms() {}

  /**
   * NXM_NX_IP_FRAG (nw_frag). Needs eth_type 0x0800 or 0x86dd in the match.
   *
   * @param value 0..3, bits {@link #FRAG_ANY} and {@link #FRAG_LATER}, none outside the mask
   * @param mask 1..3
   */
  public static RawOxm nwFrag(int value, int mask) {
    checkArgument(mask >= 1 && mask <= 3, "nw_frag mask %s: 1..3", mask);
    checkArgument(
        value >= 0 && (value & ~mask) == 0,
        "nw_frag value %s has bits outside mask %s",
        value,
        mask);
    return mask == 3
        ? RawOxm.exact(NiciraFields.CLASS_NXM_1, NiciraFields.FIELD_NW_FRAG, Bytes.of((byte) value))
        : RawOxm.masked(
            NiciraFields.CLASS_NXM_1,
            NiciraFields.FIELD_NW_FRAG,
            Bytes.of((byte) value),
            Bytes.of((byte) mask));
  }

  /**
   * tcp_flags in the encoding that Open vSwitch uses in OpenFlow 1.3 (ONF experimenter field 42).
   * Needs ip_proto 6.
   *
   * @param flags 0..0x0fff, none outside the mask
   * @param mask 1..0x0fff
   */
  public static RawOxm tcpFlags(int flags, int mask) {
    checkArgument(mask >= 1 && mask <= 0x0fff, "tcp_flags mask %s: 1..4095", mask);
    checkArgument(
        flags >= 0 && (flags & ~mask) == 0, "tcp_flags %s has bits outside mask %s", flags, mask);
    ByteBuffer tlv = ByteBuffer.allocate(12);
    tlv.putShort((short) CLASS_EXPERIMENTER);
    tlv.put((byte) (FIELD_TCP_FLAGS << 1 | 1));
    tlv.put((byte) 8);
    tlv.putInt(ONF_EXPERIMENTER);
    tlv.putShort((short) flags);
    tlv.putShort((short) mask);
    return RawOxm.of(Bytes.of(tlv.array()));
  }

  /** NXM_NX_REGn, whole; register 0..15, value 0..2^32-1. */
  public static RawOxm register(int register, long value) {
    NiciraFields.checkRegister(register);
    checkArgument(value >= 0 && value <= 0xffffffffL, "register value %s: 0..4294967295", value);
    return RawOxm.exact(NiciraFields.CLASS_NXM_1, register, word(value));
  }

  /**
   * NXM_NX_REGn under a mask; register 0..15, mask 1..2^32-1, value without bits outside the mask.
   */
  public static RawOxm register(int register, long value, long mask) {
    NiciraFields.checkRegister(register);
    checkArgument(mask > 0 && mask <= 0xffffffffL, "register mask %s: 1..4294967295", mask);
    checkArgument(
        value >= 0 && (value & ~mask) == 0,
        "register value %s has bits outside mask %s",
        value,
        mask);
    return mask == 0xffffffffL
        ? register(register, value)
        : RawOxm.masked(NiciraFields.CLASS_NXM_1, register, word(value), word(mask));
  }

  /** NXM_NX_TUN_IPV6_DST, exact. */
  public static RawOxm tunnelIpv6Dst(Inet6Address address) {
    return RawOxm.exact(
        NiciraFields.CLASS_NXM_1, NiciraFields.FIELD_TUN_IPV6_DST, Bytes.of(address.getAddress()));
  }

  /** NXM_NX_TUN_IPV6_SRC, exact. */
  public static RawOxm tunnelIpv6Src(Inet6Address address) {
    return RawOxm.exact(
        NiciraFields.CLASS_NXM_1, NiciraFields.FIELD_TUN_IPV6_SRC, Bytes.of(address.getAddress()));
  }

  private static Bytes word(long value) {
    return Bytes.of(ByteBuffer.allocate(4).putInt((int) value).array());
  }
}
