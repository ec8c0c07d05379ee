/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.openflow.codec;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.hash.PrimitiveSink;
import io.netty.buffer.ByteBuf;
import org.projectfloodlight.openflow.protocol.OFActionType;
import org.projectfloodlight.openflow.protocol.OFVersion;
import org.projectfloodlight.openflow.protocol.action.OFAction;

/**
 * An action kept as its bytes, because nobody here knows it. It goes into openflowj lists and
 * messages and is written exactly as it was read. Immutable and thread-safe.
 */
public final class RawAction implements OFAction {

  private final Bytes bytes;

  private RawAction(Bytes bytes) {
    this.bytes = bytes;
  }

  /**
   * Wraps a whole action: type, length, body, padding.
   *
   * @throws IllegalArgumentException if the length in the header differs from that of the bytes or
   *     is no multiple of 8 (OpenFlow 1.3.5 section 7.2.4)
   */
  public static RawAction of(Bytes bytes) {
    checkArgument(bytes.length() >= 8, "an action has at least 8 bytes, not %s", bytes.length());
    int length = bytes.at(2) << 8 | bytes.at(3);
    checkArgument(
        length == bytes.length(),
        "action header says %s bytes, there are %s",
        length,
        bytes.length());
    checkArgument(length % 8 == 0, "action length %s is no multiple of 8", length);
    return new RawAction(bytes);
  }

  /** The whole action, header included. */
  public Bytes bytes() {
    return bytes;
  }

  /** The action type on the wire, 0..65535; 65535 is the experimenter type. */
  public int wireType() {
    return bytes.at(0) << 8 | bytes.at(1);
  }

  /** Always EXPERIMENTER, the nearest that openflowj can say; see {@link #wireType}. */
  @Override
  public OFActionType getType() {
    return OFActionType.EXPERIMENTER;
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
    throw new UnsupportedOperationException("RawAction has no builder; use RawAction.of");
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RawAction && bytes.equals(((RawAction) other).bytes);
  }

  @Override
  public int hashCode() {
    return bytes.hashCode();
  }

  @Override
  public String toString() {
    return "action(" + bytes + ")";
  }
}
