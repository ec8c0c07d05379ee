/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.openflow.provider;

import com.google.common.collect.ImmutableList;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.util.function.Consumer;
import org.overlane.openflow.codec.Bytes;
import org.overlane.openflow.codec.RawOxm;

/** Bytes of OXM TLVs (OpenFlow 1.3.5 section 7.2.3). */
final class Oxm {

  /** OXM class of the fields of the OpenFlow specification. */
  static final int BASIC = 0x8000;

  /** OXM class of the fields that Nicira added. */
  static final int NXM_1 = 1;

  /** Type and length of a match (section 7.2.3.1). */
  private static final int MATCH_HEADER_BYTES = 4;

  private static final int OXM_HEADER_BYTES = 4;

  private Oxm() {}

  /** The lowest {@code length} bytes of a number, big-endian. */
  static Bytes number(long value, int length) {
    byte[] all = ByteBuffer.allocate(Long.BYTES).putLong(value).array();
    byte[] low = new byte[length];
    System.arraycopy(all, Long.BYTES - length, low, 0, length);
    return Bytes.of(low);
  }

  /** What the writer writes. */
  static Bytes written(Consumer<ByteBuf> writer) {
    ByteBuf buffer = Unpooled.buffer();
    try {
      writer.accept(buffer);
      return Bytes.copyOf(buffer, 0, buffer.writerIndex());
    } finally {
      buffer.release();
    }
  }

  /** The fields of a match: type, length, TLVs, perhaps padding. */
  static ImmutableList<RawOxm> fieldsOfMatch(Bytes match) {
    if (match.length() < MATCH_HEADER_BYTES) {
      throw new IllegalArgumentException("a match has at least 4 bytes, not " + match);
    }
    int end = match.at(2) << 8 | match.at(3);
    byte[] octets = match.toArray();
    byte[] tlvs = new byte[Math.max(0, Math.min(end, octets.length) - MATCH_HEADER_BYTES)];
    System.arraycopy(octets, MATCH_HEADER_BYTES, tlvs, 0, tlvs.length);
    return split(tlvs);
  }

  /**
   * Splits TLVs that follow one another.
   *
   * @throws IllegalArgumentException if the last one is cut off
   */
  static ImmutableList<RawOxm> split(byte[] tlvs) {
    ImmutableList.Builder<RawOxm> fields = ImmutableList.builder();
    int offset = 0;
    while (offset < tlvs.length) {
      if (offset + OXM_HEADER_BYTES > tlvs.length) {
        throw new IllegalArgumentException("OXM header cut off: " + Bytes.of(tlvs));
      }
      int length = OXM_HEADER_BYTES + (tlvs[offset + 3] & 0xff);
      if (offset + length > tlvs.length) {
        throw new IllegalArgumentException("OXM cut off: " + Bytes.of(tlvs));
      }
      byte[] tlv = new byte[length];
      System.arraycopy(tlvs, offset, tlv, 0, length);
      fields.add(RawOxm.of(Bytes.of(tlv)));
      offset += length;
    }
    return fields.build();
  }
}
