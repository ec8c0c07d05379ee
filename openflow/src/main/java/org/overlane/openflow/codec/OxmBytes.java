/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.openflow.codec;

import com.google.common.hash.PrimitiveSink;
import org.projectfloodlight.openflow.types.OFValueType;

/** The value or mask of an OXM that openflowj does not know: bytes without a type. */
public final class OxmBytes implements OFValueType<OxmBytes> {

  private final Bytes bytes;

  private OxmBytes(Bytes bytes) {
    this.bytes = bytes;
  }

  public static OxmBytes of(Bytes bytes) {
    return new OxmBytes(bytes);
  }

  public Bytes bytes() {
    return bytes;
  }

  @Override
  public int getLength() {
    return bytes.length();
  }

  @Override
  public OxmBytes applyMask(OxmBytes mask) {
    if (mask.getLength() != getLength()) {
      throw new IllegalArgumentException(
          "mask has " + mask.getLength() + " bytes, the value " + getLength());
    }
    byte[] masked = bytes.toArray();
    for (int i = 0; i < masked.length; i++) {
      masked[i] &= (byte) mask.bytes.at(i);
    }
    return new OxmBytes(Bytes.of(masked));
  }

  @Override
  public int compareTo(OxmBytes other) {
    return bytes.compareTo(other.bytes);
  }

  @Override
  public void putTo(PrimitiveSink sink) {
    sink.putBytes(bytes.toArray());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof OxmBytes && bytes.equals(((OxmBytes) other).bytes);
  }

  @Override
  public int hashCode() {
    return bytes.hashCode();
  }

  @Override
  public String toString() {
    return "0x" + bytes;
  }
}
