/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.openflow.codec;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.hash.PrimitiveSink;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Optional;
import org.projectfloodlight.openflow.protocol.OFActionType;
import org.projectfloodlight.openflow.protocol.OFVersion;
import org.projectfloodlight.openflow.protocol.action.OFAction;

/**
 * The Nicira action check_pkt_larger (experimenter 0x2320, subtype 49; ovs-actions(7)): sets one
 * bit of a register to whether the packet is larger than a length. openflowj cannot parse it.
 * Immutable and thread-safe.
 */
public final class CheckPktLarger implements OFAction {

  static final int SUBTYPE = 49;
  private static final int BYTES = 24;

  /** type 2, length 2, experimenter 4, subtype 2: where the packet length stands. */
  private static final int LENGTH_OFFSET = 10;

  private static final int BIT_OFFSET = 12;
  private static final int DESTINATION_OFFSET = 14;

  private final int length;
  private final int register;
  private final int bit;

  private CheckPktLarger(int length, int register, int bit) {
    this.length = length;
    this.register = register;
    this.bit = bit;
  }

  /** As {@link NiciraActions#checkPktLarger}. */
  static CheckPktLarger of(int length, int register, int bit) {
    checkArgument(length >= 0 && length <= 65535, "length %s: 0..65535 bytes", length);
    NiciraFields.checkRegister(register);
    checkArgument(bit >= 0 && bit <= 31, "bit %s: 0..31", bit);
    return new CheckPktLarger(length, register, bit);
  }

  /**
   * The action in these bytes, if it is one with a register as its destination and nothing
   * unexpected in it.
   */
  static Optional<CheckPktLarger> parse(Bytes action) {
    if (action.length() != BYTES || !NiciraFields.isNicira(action, SUBTYPE)) {
      return Optional.empty();
    }
    ByteBuf buffer = Unpooled.wrappedBuffer(action.toArray());
    int register = NiciraFields.registerOfHeader(buffer.getInt(DESTINATION_OFFSET));
    int bit = buffer.getUnsignedShort(BIT_OFFSET);
    if (register < 0 || bit > 31) {
      return Optional.empty();
    }
    CheckPktLarger parsed =
        new CheckPktLarger(buffer.getUnsignedShort(LENGTH_OFFSET), register, bit);
    return parsed.bytes().equals(action) ? Optional.of(parsed) : Optional.empty();
  }

  /**
   * The packet length that is not yet "larger", in bytes with the Ethernet header but without a
   * VLAN tag.
   */
  public int length() {
    return length;
  }

  /** Register that takes the result, 0..15. */
  public int register() {
    return register;
  }

  /** Bit of the register, 0..31. */
  public int bit() {
    return bit;
  }

  private Bytes bytes() {
    ByteBuf buffer = Unpooled.buffer(BYTES, BYTES);
    writeTo(buffer);
    return Bytes.copyOf(buffer, 0, BYTES);
  }

  @Override
  public void writeTo(ByteBuf buffer) {
    NiciraFields.writeActionHeader(buffer, BYTES, SUBTYPE);
    buffer.writeShort(length);
    buffer.writeShort(bit);
    buffer.writeInt(NiciraFields.registerHeader(register));
    buffer.writeZero(BYTES - DESTINATION_OFFSET - 4);
  }

  @Override
  public void putTo(PrimitiveSink sink) {
    sink.putBytes(bytes().toArray());
  }

  @Override
  public OFActionType getType() {
    return OFActionType.EXPERIMENTER;
  }

  @Override
  public OFVersion getVersion() {
    return OFVersion.OF_13;
  }

  /** Not supported: use {@link NiciraActions#checkPktLarger}. */
  @Override
  public Builder createBuilder() {
    throw new UnsupportedOperationException(
        "CheckPktLarger has no builder; use NiciraActions.checkPktLarger");
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof CheckPktLarger
        && length == ((CheckPktLarger) other).length
        && register == ((CheckPktLarger) other).register
        && bit == ((CheckPktLarger) other).bit;
  }

  @Override
  public int hashCode() {
    return (length * 31 + register) * 31 + bit;
  }

  @Override
  public String toString() {
    return "check_pkt_larger(" + length + ")->reg" + register + "[" + bit + "]";
  }
}
