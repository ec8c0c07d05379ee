/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.tunnels.ovsdb;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.util.List;

/**
 * Cuts the stream into JSON objects, as byte arrays. Every byte is looked at once; whether an
 * object is JSON at all is for the parser to say. What a parser could choke on is refused here: too
 * many bytes, levels or values, and numbers of absurd length.
 */
final class MessageFramer extends ByteToMessageDecoder {
  private static final int LONGEST_SCALAR = 64;

  private final ClientSettings settings;

  /** Bytes after the reader index that have been looked at. */
  private int scanned;

  private int depth;
  private int values;
  private int scalar;
  private boolean inString;
  private boolean escaped;

  MessageFramer(ClientSettings settings) {
    this.settings = settings;
  }

  @Override
  protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out)
      throws OvsdbException {
    while (scanned < in.readableBytes()) {
      byte b = in.getByte(in.readerIndex() + scanned);
      if (depth == 0 && scanned == 0 && isSpace(b)) {
        in.skipBytes(1);
        continue;
      }
      scanned++;
      look(b);
      if (depth == 0) {
        byte[] message = new byte[scanned];
        in.readBytes(message);
        startOver();
        out.add(message);
        return;
      }
      if (scanned > settings.maxMessageBytes()) {
        throw new OvsdbException(
            "it sent a message of more than " + settings.maxMessageBytes() + " bytes");
      }
    }
  }

  private void look(byte b) throws OvsdbException {
    if (depth == 0 && b != '{') {
      throw new OvsdbException(
          String.format("it does not speak OVSDB: a message begins with byte 0x%02x", b & 0xff));
    }
    if (inString) {
      lookInString(b);
    } else if (b == '"') {
      inString = true;
      scalar = 0;
    } else if (b == '{' || b == '[') {
      depth++;
      separator();
      if (depth > settings.maxDepth()) {
        throw new OvsdbException(
            "it sent a message with more than " + settings.maxDepth() + " levels");
      }
    } else if (b == '}' || b == ']') {
      depth--;
      scalar = 0;
    } else if (b == ',' || b == ':') {
      separator();
    } else if (isSpace(b)) {
      scalar = 0;
    } else if (++scalar > LONGEST_SCALAR) {
      throw new OvsdbException("it sent a number of more than " + LONGEST_SCALAR + " digits");
    }
  }

  private void lookInString(byte b) {
    if (escaped) {
      escaped = false;
    } else if (b == '\\') {
      escaped = true;
    } else if (b == '"') {
      inString = false;
    }
  }

  private void separator() throws OvsdbException {
    scalar = 0;
    if (++values > settings.maxValues()) {
      throw new OvsdbException(
          "it sent a message of more than " + settings.maxValues() + " values");
    }
  }

  private void startOver() {
    scanned = 0;
    values = 0;
    scalar = 0;
  }

  private static boolean isSpace(byte b) {
    return b == ' ' || b == '\n' || b == '\r' || b == '\t';
  }
}
