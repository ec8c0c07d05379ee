/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.openflow.channel;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.overlane.openflow.codec.Bytes;
import org.projectfloodlight.openflow.protocol.OFMessage;

/**
 * The way out to one switch: numbers, encodes, counts and queues messages. What a switch does not
 * read is bounded; beyond the bound the connection is given up. Thread-safe.
 */
final class Outbound {

  private static final int MAX_MESSAGE_BYTES = 65535;

  private final Channel channel;
  private final long maxQueuedBytes;
  private final MessageCounters counters;
  private final Consumer<String> giveUp;
  private final AtomicInteger lastXid = new AtomicInteger();
  private final AtomicLong queuedBytes = new AtomicLong();

  Outbound(
      Channel channel, long maxQueuedBytes, MessageCounters counters, Consumer<String> giveUp) {
    this.channel = channel;
    this.maxQueuedBytes = maxQueuedBytes;
    this.counters = counters;
    this.giveUp = giveUp;
  }

  /** A transaction id that no pending request has: 1..2^32-1, and again after that many. */
  int nextXid() {
    int xid = lastXid.incrementAndGet();
    return xid == 0 ? lastXid.incrementAndGet() : xid;
  }

  /**
   * The bytes of a message under a transaction id of ours.
   *
   * @throws IllegalArgumentException if they are more than a message can have
   */
  static Bytes encode(OFMessage message, int xid) {
    ByteBuf buffer = Unpooled.buffer(256);
    message.writeTo(buffer);
    int length = buffer.readableBytes();
    if (length > MAX_MESSAGE_BYTES) {
      throw new IllegalArgumentException(
          message.getType() + " of " + length + " bytes: OpenFlow allows 65535");
    }
    buffer.setInt(4, xid);
    return Bytes.copyOf(buffer, 0, length);
  }

  /** Encodes and sends a message under a transaction id of ours. */
  void send(OFMessage message, int xid) {
    Bytes bytes = encode(message, xid);
    counters.sent(bytes.at(1));
    write(bytes.asBuffer(0));
  }

  /** A buffer to fill for {@link #write}. */
  ByteBuf allocate() {
    return channel.alloc().ioBuffer(16 * 1024);
  }

  /** Counts one message that is part of a buffer given to {@link #write}. */
  void count(Bytes message) {
    counters.sent(message.at(1));
  }

  /** Sends bytes that are whole messages; takes the buffer over. */
  void write(ByteBuf messages) {
    int length = messages.readableBytes();
    long queued = queuedBytes.addAndGet(length);
    if (queued > maxQueuedBytes) {
      queuedBytes.addAndGet(-length);
      messages.release();
      giveUp.accept(
          "the switch does not read: "
              + queued
              + " bytes wait for it, the limit is "
              + maxQueuedBytes);
      return;
    }
    channel
        .writeAndFlush(messages)
        .addListener((ChannelFutureListener) done -> queuedBytes.addAndGet(-length));
  }

  /** Runs something on the thread of the channel after what already waits there. */
  void later(Runnable task) {
    channel.eventLoop().execute(task);
  }

  /** False while more waits for the switch than the socket takes. */
  boolean isWritable() {
    return channel.isWritable();
  }
}
