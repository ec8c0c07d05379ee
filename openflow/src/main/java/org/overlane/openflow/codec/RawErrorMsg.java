/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.openflow.codec;

import com.google.common.hash.PrimitiveSink;
import io.netty.buffer.ByteBuf;
import org.projectfloodlight.openflow.protocol.OFErrorMsg;
import org.projectfloodlight.openflow.protocol.OFErrorType;
import org.projectfloodlight.openflow.protocol.OFType;
import org.projectfloodlight.openflow.protocol.OFVersion;
import org.projectfloodlight.openflow.types.OFErrorCauseData;

/**
 * An error message whose type or code openflowj does not know, those of Open vSwitch among them.
 * Immutable.
 */
public final class RawErrorMsg implements OFErrorMsg {

  private static final int HEADER_BYTES = 12;
  private static final int TYPE_EXPERIMENTER = 0xffff;

  private final Bytes bytes;

  private RawErrorMsg(Bytes bytes) {
    this.bytes = bytes;
  }

  static RawErrorMsg of(Bytes message) throws MalformedMessageException {
    if (message.length() < HEADER_BYTES) {
      throw new MalformedMessageException("error message of " + message.length() + " bytes");
    }
    return new RawErrorMsg(message);
  }

  /** The error type on the wire, 0..65535; 65535 is the experimenter type. */
  public int wireType() {
    return bytes.at(8) << 8 | bytes.at(9);
  }

  /** The error code on the wire, or the experimenter's own type, 0..65535. */
  public int wireCode() {
    return bytes.at(10) << 8 | bytes.at(11);
  }

  /** Always EXPERIMENTER, the nearest that openflowj can say; see {@link #wireType}. */
  @Override
  public OFErrorType getErrType() {
    return OFErrorType.EXPERIMENTER;
  }

  @Override
  public OFErrorCauseData getData() {
    int skip = HEADER_BYTES + (wireType() == TYPE_EXPERIMENTER ? 4 : 0);
    byte[] all = bytes.toArray();
    byte[] data = new byte[Math.max(0, all.length - skip)];
    System.arraycopy(all, all.length - data.length, data, 0, data.length);
    return OFErrorCauseData.of(data, OFVersion.OF_13);
  }

  @Override
  public OFVersion getVersion() {
    return OFVersion.OF_13;
  }

  @Override
  public OFType getType() {
    return OFType.ERROR;
  }

  @Override
  public long getXid() {
    return CanonicalForm.i32(bytes.array(), 4) & 0xffffffffL;
  }

  @Override
  public boolean equalsIgnoreXid(Object other) {
    return other instanceof RawErrorMsg && body().equals(((RawErrorMsg) other).body());
  }

  @Override
  public int hashCodeIgnoreXid() {
    return body().hashCode();
  }

  private Bytes body() {
    byte[] all = bytes.toArray();
    return Bytes.wrap(java.util.Arrays.copyOfRange(all, 8, all.length));
  }

  @Override
  public void writeTo(ByteBuf buffer) {
    bytes.writeTo(buffer);
  }

  @Override
  public void putTo(PrimitiveSink sink) {
    sink.putBytes(bytes.toArray());
  }

  /** Not supported: it only comes from switches. */
  @Override
  public Builder createBuilder() {
    throw new UnsupportedOperationException("RawErrorMsg has no builder");
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RawErrorMsg && bytes.equals(((RawErrorMsg) other).bytes);
  }

  @Override
  public int hashCode() {
    return bytes.hashCode();
  }

  @Override
  public String toString() {
    String experimenter =
        wireType() == TYPE_EXPERIMENTER && bytes.length() >= HEADER_BYTES + 4
            ? ", experimenter 0x"
                + Integer.toHexString(CanonicalForm.i32(bytes.array(), HEADER_BYTES))
            : "";
    return "error(type " + wireType() + experimenter + ", code " + wireCode() + ")";
  }
}
