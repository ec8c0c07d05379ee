/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.openflow.channel;

import com.google.common.collect.ImmutableSet;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.overlane.openflow.codec.Bytes;
import org.projectfloodlight.openflow.protocol.OFFactories;
import org.projectfloodlight.openflow.protocol.OFFactory;
import org.projectfloodlight.openflow.protocol.OFMessage;
import org.projectfloodlight.openflow.protocol.OFVersion;
import org.projectfloodlight.openflow.types.DatapathId;
import org.projectfloodlight.openflow.types.OFAuxId;

/**
 * A switch on a plain socket that answers what the handshake asks, and everything else as a test
 * scripts it. A script sees each message first; what it does not take gets the usual answer.
 */
public final class FakeSwitch implements Closeable {

  static final int MULTIPART_REQUEST = 18;
  static final int BARRIER_REQUEST = 20;
  private static final OFFactory OF = OFFactories.getFactory(OFVersion.OF_13);

  /** Looks at one message; returns true if it has dealt with it. */
  public interface Script {
    boolean take(FakeSwitch me, Bytes message) throws IOException;
  }

  final BlockingQueue<Bytes> received = new LinkedBlockingQueue<>();
  private final Socket socket;
  private final long datapathId;
  private final Script script;
  private final Thread reader;

  public FakeSwitch(OpenFlowServer server, long datapathId, Script script) throws IOException {
    this.datapathId = datapathId;
    this.script = script;
    this.socket =
        new Socket(InetAddress.getLoopbackAddress(), server.boundAddresses().get(0).getPort());
    this.socket.setReceiveBufferSize(16 * 1024);
    this.reader = new Thread(this::readAll, "fake-switch-" + datapathId);
    this.reader.setDaemon(true);
    this.reader.start();
  }

  static int type(Bytes message) {
    return message.at(1);
  }

  static int xid(Bytes message) {
    return (int) message.u32(4);
  }

  private void readAll() {
    try {
      DataInputStream in = new DataInputStream(socket.getInputStream());
      while (true) {
        byte[] header = new byte[8];
        in.readFully(header);
        byte[] message = new byte[ByteBuffer.wrap(header).getShort(2) & 0xffff];
        System.arraycopy(header, 0, message, 0, 8);
        in.readFully(message, 8, message.length - 8);
        Bytes bytes = Bytes.of(message);
        received.add(bytes);
        if (!script.take(this, bytes)) {
          Optional<Bytes> answer = usualAnswer(bytes, datapathId);
          if (answer.isPresent()) {
            send(answer.get());
          }
        }
      }
    } catch (IOException e) {
      received.add(Bytes.EMPTY); // the end
    }
  }

  /** What an ordinary switch without ports, groups and entries answers; empty if nothing. */
  static Optional<Bytes> usualAnswer(Bytes request, long datapathId) {
    int xid = xid(request);
    switch (type(request)) {
      case 0:
        return Optional.of(Bytes.ofHex("04000010000000010001000800000010"));
      case 2:
        byte[] echo = request.toArray();
        echo[1] = 3;
        return Optional.of(Bytes.of(echo));
      case 5:
        return Optional.of(
            bytes(
                OF.buildFeaturesReply()
                    .setXid(xid)
                    .setDatapathId(DatapathId.of(datapathId))
                    .setNTables((short) 10)
                    .setNBuffers(0)
                    .setAuxiliaryId(OFAuxId.MAIN)
                    .setCapabilities(ImmutableSet.of())
                    .build()));
      case 7:
        return Optional.of(
            bytes(
                OF.buildGetConfigReply()
                    .setXid(xid)
                    .setFlags(ImmutableSet.of())
                    .setMissSendLen(128)
                    .build()));
      case MULTIPART_REQUEST:
        int kind = request.u16(8);
        return Optional.of(part(request, false, new byte[kind == 0 ? 1056 : kind == 11 ? 16 : 0]));
      case BARRIER_REQUEST:
        return Optional.of(bytes(OF.buildBarrierReply().setXid(xid).build()));
      default:
        return Optional.empty();
    }
  }

  private static Bytes bytes(OFMessage message) {
    ByteBuf written = Unpooled.buffer();
    message.writeTo(written);
    return Bytes.copyOf(written, 0, written.readableBytes());
  }

  /** A part of a multipart reply with this body. */
  static Bytes part(Bytes request, boolean more, byte[] body) {
    ByteBuffer reply = ByteBuffer.allocate(16 + body.length);
    reply.put((byte) 4).put((byte) 19).putShort((short) (16 + body.length)).putInt(xid(request));
    reply.putShort((short) request.u16(8)).putShort((short) (more ? 1 : 0)).putInt(0).put(body);
    return Bytes.of(reply.array());
  }

  /** An error message of this type and code for a request. */
  static Bytes error(Bytes request, int type, int code) {
    ByteBuffer error = ByteBuffer.allocate(20);
    error.put((byte) 4).put((byte) 1).putShort((short) 20).putInt(xid(request));
    error.putShort((short) type).putShort((short) code).put(request.toArray(), 0, 8);
    return Bytes.of(error.array());
  }

  public synchronized void send(Bytes bytes) throws IOException {
    socket.getOutputStream().write(bytes.toArray());
  }

  /** The next message of this type, skipping others; empty if the connection ended first. */
  Optional<Bytes> next(int type) throws InterruptedException {
    while (true) {
      Bytes message = RecordingListener.next(received);
      if (message.length() == 0) {
        received.add(message);
        return Optional.empty();
      }
      if (type(message) == type) {
        return Optional.of(message);
      }
    }
  }

  /** Waits until the controller has closed the connection. */
  void awaitEnd() throws InterruptedException {
    reader.join(RecordingListener.PATIENCE.toMillis());
    if (reader.isAlive()) {
      throw new AssertionError("the connection is still open");
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
