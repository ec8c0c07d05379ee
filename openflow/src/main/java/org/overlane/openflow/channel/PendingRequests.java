/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.openflow.channel;

import io.netty.buffer.ByteBuf;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.overlane.openflow.codec.MalformedMessageException;
import org.overlane.openflow.codec.MessageDecoder;
import org.projectfloodlight.openflow.protocol.OFErrorMsg;
import org.projectfloodlight.openflow.protocol.OFMessage;

/**
 * The requests that one switch has not answered yet, by transaction id. A request ends with its
 * reply, with the error for it, when a reply makes no sense, when nothing of it arrived for a time,
 * or with the connection. Confined to the thread of the channel.
 */
final class PendingRequests {

  private static final int TYPE_MULTIPART_REPLY = 19;
  private static final int MULTIPART_HEADER_BYTES = 16;

  /**
   * A part of a multipart counts as at least so much, or endless empty parts would never reach the
   * limit.
   */
  private static final int MIN_PART_BYTES = 1024;

  private final long timeoutNanos;
  private final long maxMultipartBytes;
  private final Consumer<String> giveUp;
  private final Map<Integer, Pending> pending = new HashMap<>();

  PendingRequests(Duration timeout, long maxMultipartBytes, Consumer<String> giveUp) {
    this.timeoutNanos = timeout.toNanos();
    this.maxMultipartBytes = maxMultipartBytes;
    this.giveUp = giveUp;
  }

  /** Takes one message of a reply apart. */
  interface PartReader<T> {
    /**
     * Adds what the message holds; the buffer begins at the OpenFlow header and must not be kept.
     */
    void read(ByteBuf message, List<T> into) throws MalformedMessageException;
  }

  private abstract static class Pending {
    private final String what;
    private long lastProgress = System.nanoTime();

    Pending(String what) {
      this.what = what;
    }

    /** Returns true when the reply is complete. */
    abstract boolean accept(ByteBuf message) throws MalformedMessageException;

    abstract void fail(Exception reason);
  }

  private static final class Single extends Pending {
    private final CompletableFuture<OFMessage> future;

    Single(String what, CompletableFuture<OFMessage> future) {
      super(what);
      this.future = future;
    }

    @Override
    boolean accept(ByteBuf message) throws MalformedMessageException {
      future.complete(MessageDecoder.decode(message));
      return true;
    }

    @Override
    void fail(Exception reason) {
      future.completeExceptionally(reason);
    }
  }

  private final class Multipart<T> extends Pending {
    private final PartReader<T> reader;
    private final CompletableFuture<List<T>> future;
    private final List<T> items = new ArrayList<>();
    private long bytes;

    Multipart(String what, PartReader<T> reader, CompletableFuture<List<T>> future) {
      super(what);
      this.reader = reader;
      this.future = future;
    }

    @Override
    boolean accept(ByteBuf message) throws MalformedMessageException {
      int start = message.readerIndex();
      if (message.getUnsignedByte(start + 1) != TYPE_MULTIPART_REPLY
          || message.readableBytes() < MULTIPART_HEADER_BYTES) {
        throw new MalformedMessageException("a multipart reply was expected");
      }
      bytes += Math.max(MIN_PART_BYTES, message.readableBytes());
      if (bytes > maxMultipartBytes) {
        String reason = "multipart reply of more than " + maxMultipartBytes + " bytes cut off";
        giveUp.accept(reason);
        throw new MalformedMessageException(reason);
      }
      boolean more = (message.getUnsignedShort(start + 10) & 1) != 0;
      reader.read(message, items);
      if (!more) {
        future.complete(items);
      }
      return !more;
    }

    @Override
    void fail(Exception reason) {
      future.completeExceptionally(reason);
    }
  }

  /** Expects one message as the reply to this transaction id. */
  CompletableFuture<OFMessage> expect(int xid, String what) {
    CompletableFuture<OFMessage> future = new CompletableFuture<>();
    pending.put(xid, new Single(what, future));
    return future;
  }

  /** Expects a multipart reply to this transaction id. */
  <T> CompletableFuture<List<T>> expectParts(int xid, String what, PartReader<T> reader) {
    CompletableFuture<List<T>> future = new CompletableFuture<>();
    pending.put(xid, new Multipart<>(what, reader, future));
    return future;
  }

  /**
   * Gives a message to the request that it answers.
   *
   * @return false if no request has this transaction id
   * @throws MalformedMessageException if the reply makes no sense; the request has failed with that
   */
  boolean reply(int xid, ByteBuf message) throws MalformedMessageException {
    Pending request = pending.get(xid);
    if (request == null) {
      return false;
    }
    request.lastProgress = System.nanoTime();
    try {
      if (request.accept(message)) {
        pending.remove(xid);
      }
      return true;
    } catch (MalformedMessageException e) {
      pending.remove(xid);
      request.fail(
          new RequestFailedException(
              request.what + ": the reply cannot be decoded: " + e.getMessage(), e));
      throw e;
    }
  }

  /** Fails the request with this transaction id; returns false if there is none. */
  boolean error(int xid, OFErrorMsg error) {
    Pending request = pending.remove(xid);
    if (request == null) {
      return false;
    }
    request.fail(new OpenFlowErrorException(error));
    return true;
  }

  /** Fails the requests of which nothing arrived for too long. */
  void expire() {
    long now = System.nanoTime();
    List<Pending> expired = new ArrayList<>();
    for (Iterator<Pending> all = pending.values().iterator(); all.hasNext(); ) {
      Pending request = all.next();
      if (now - request.lastProgress > timeoutNanos) {
        all.remove();
        expired.add(request);
      }
    }
    for (Pending request : expired) {
      request.fail(
          new RequestFailedException(
              request.what
                  + ": no answer for "
                  + Duration.ofNanos(timeoutNanos).toMillis()
                  + " ms"));
    }
  }

  /** Fails everything: the connection is gone. */
  void closed(String reason) {
    List<Pending> all = new ArrayList<>(pending.values());
    pending.clear();
    all.forEach(
        request ->
            request.fail(new RequestFailedException(request.what + ": disconnected: " + reason)));
  }
}
