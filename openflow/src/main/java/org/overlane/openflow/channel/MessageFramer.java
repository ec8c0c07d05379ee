/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.openflow.channel;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.util.List;
import org.overlane.openflow.codec.Bytes;

/**
 * Cuts the byte stream into messages by the length in their headers. A message has at most 64 KiB,
 * so this is what a connection can make it hold. Headers are judged before their messages are
 * complete; on the first impossible one it tells the pipeline with a {@link Violation} and drops
 * all that follows.
 */
final class MessageFramer extends ByteToMessageDecoder {

  static final int HEADER_BYTES = 8;
  static final int VERSION_13 = 4;
  static final int TYPE_HELLO = 0;
  static final int TYPE_ERROR = 1;

  private static final int ERROR_BAD_REQUEST = 1;
  private static final int CODE_BAD_VERSION = 0;
  private static final int CODE_BAD_LEN = 6;
  private static final int CODE_BAD_TYPE = 1;
  private static final int ERROR_DATA_BYTES = 64;

  private boolean first = true;
  private boolean dead;

  /**
   * A peer that does not speak the protocol, and what to tell it (OpenFlow 1.3.5 section 7.5.4.2).
   */
  static final class Violation {
    final String reason;
    final int xid;
    final int errorCode;
    final Bytes data;

    private Violation(String reason, int xid, int errorCode, Bytes data) {
      this.reason = reason;
      this.xid = xid;
      this.errorCode = errorCode;
      this.data = data;
    }

    int errorType() {
      return ERROR_BAD_REQUEST;
    }
  }

  @Override
  protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
    if (dead) {
      in.skipBytes(in.readableBytes());
      return;
    }
    if (in.readableBytes() < HEADER_BYTES) {
      return;
    }
    int start = in.readerIndex();
    int version = in.getUnsignedByte(start);
    int type = in.getUnsignedByte(start + 1);
    int length = in.getUnsignedShort(start + 2);
    if (length < HEADER_BYTES) {
      refuse(context, in, "message length " + length + " is below 8", CODE_BAD_LEN);
    } else if (first && type != TYPE_HELLO && type != TYPE_ERROR) {
      refuse(context, in, "the first message has type " + type + ", not HELLO", CODE_BAD_TYPE);
    } else if (version == 0 || (!first && version != VERSION_13 && type != TYPE_ERROR)) {
      refuse(context, in, "OpenFlow version " + version + " in a message header", CODE_BAD_VERSION);
    } else if (in.readableBytes() >= length) {
      first = false;
      out.add(in.readRetainedSlice(length));
    }
  }

  private void refuse(ChannelHandlerContext context, ByteBuf in, String reason, int code) {
    dead = true;
    Bytes data = Bytes.copyOf(in, in.readerIndex(), Math.min(ERROR_DATA_BYTES, in.readableBytes()));
    int xid = in.getInt(in.readerIndex() + 4);
    in.skipBytes(in.readableBytes());
    context.fireUserEventTriggered(new Violation(reason, xid, code, data));
  }
}
