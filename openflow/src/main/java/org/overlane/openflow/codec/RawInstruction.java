/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.openflow.codec;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.hash.PrimitiveSink;
import io.netty.buffer.ByteBuf;
import org.projectfloodlight.openflow.protocol.OFInstructionType;
import org.projectfloodlight.openflow.protocol.OFVersion;
import org.projectfloodlight.openflow.protocol.instruction.OFInstruction;

/** An instruction kept as its bytes, because nobody here knows it. Immutable and thread-safe. */
public final class RawInstruction implements OFInstruction {

  private final Bytes bytes;

  private RawInstruction(Bytes bytes) {
    this.bytes = bytes;
  }

  /**
   * Wraps a whole instruction: type, length, body.
   *
   * @throws IllegalArgumentException if the length in the header differs from that of the bytes
   */
  public static RawInstruction of(Bytes bytes) {
    checkArgument(
        bytes.length() >= 4, "an instruction has at least 4 bytes, not %s", bytes.length());
    int length = bytes.at(2) << 8 | bytes.at(3);
    checkArgument(
        length == bytes.length(),
        "instruction header says %s bytes, there are %s",
        length,
        bytes.length());
    return new RawInstruction(bytes);
  }

  /** The whole instruction, header included. */
  public Bytes bytes() {
    return bytes;
  }

  /** The instruction type on the wire, 0..65535. */
  public int wireType() {
    return bytes.at(0) << 8 | bytes.at(1);
  }

  /** Always EXPERIMENTER, the nearest that openflowj can say; see {@link #wireType}. */
  @Override
  public OFInstructionType getType() {
    return OFInstructionType.EXPERIMENTER;
  }

  @Override
  public OFVersion getVersion() {
    return OFVersion.OF_13;
  }

  @Override
  public void writeTo(ByteBuf buffer) {
    bytes.writeTo(buffer);
  }

  @Override
  public void putTo(PrimitiveSink sink) {
    sink.putBytes(bytes.toArray());
  }

  /** Not supported: bytes cannot be edited field by field. */
  @Override
  public Builder createBuilder() {
    throw new UnsupportedOperationException("RawInstruction has no builder; use RawInstruction.of");
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RawInstruction && bytes.equals(((RawInstruction) other).bytes);
  }

  @Override
  public int hashCode() {
    return bytes.hashCode();
  }

  @Override
  public String toString() {
    return "instruction(" + bytes + ")";
  }
}
