/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.openflow.channel;

import io.netty.buffer.ByteBuf;
import java.util.Optional;

/**
 * Version negotiation of a controller that speaks exactly OpenFlow 1.3 (OpenFlow 1.3.5 section
 * 6.3.1): with version bitmaps on both sides the bit decides, else the lower of the two header
 * versions.
 */
final class HelloNegotiation {

  private static final int HEADER_BYTES = 8;
  private static final int ELEMENT_VERSION_BITMAP = 1;
  private static final int OUR_VERSION = MessageFramer.VERSION_13;

  private HelloNegotiation() {}

  /** Why the peer that sent this HELLO and we have no version in common; empty if we have. */
  static Optional<String> refusal(ByteBuf hello) {
    int version = hello.getUnsignedByte(hello.readerIndex());
    Optional<Integer> bitmap = bitmap(hello);
    if (bitmap.isPresent()) {
      return (bitmap.get() >> OUR_VERSION & 1) != 0
          ? Optional.empty()
          : Optional.of(
              String.format(
                  "its version bitmap is 0x%x, without OpenFlow 1.3 (bit 4)", bitmap.get()));
    }
    return version >= OUR_VERSION
        ? Optional.empty()
        : Optional.of(
            "its highest version is " + version + " on the wire, OpenFlow 1.3 (4) is needed");
  }

  /**
   * The first word of the version bitmap, if a well-formed element holds one; other elements are
   * ignored.
   */
  private static Optional<Integer> bitmap(ByteBuf hello) {
    int at = hello.readerIndex() + HEADER_BYTES;
    while (hello.writerIndex() - at >= 4) {
      int type = hello.getUnsignedShort(at);
      int length = hello.getUnsignedShort(at + 2);
      if (length < 4 || length > hello.writerIndex() - at) {
        return Optional.empty();
      }
      if (type == ELEMENT_VERSION_BITMAP && length >= 8) {
        return Optional.of(hello.getInt(at + 4));
      }
      at += (length + 7) / 8 * 8;
    }
    return Optional.empty();
  }

  /** Our HELLO, with a bitmap that has only bit 4. */
  static void writeHello(ByteBuf buffer, int xid) {
    buffer.writeByte(OUR_VERSION).writeByte(MessageFramer.TYPE_HELLO).writeShort(16).writeInt(xid);
    buffer.writeShort(ELEMENT_VERSION_BITMAP).writeShort(8).writeInt(1 << OUR_VERSION);
  }
}
