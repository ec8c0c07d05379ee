/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.openflow.channel;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.ByteBuffer;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.overlane.openflow.codec.Bytes;

/**
 * No bytes that a switch sends make an exception leave the pipeline, or stop it from answering
 * while it is open.
 */
class HostileBytesTest {

  private static final Bytes ECHO = Bytes.ofHex("0402000c0abbccddcafebabe");

  private final RecordingListener listener = new RecordingListener();
  private final SwitchRegistry registry = new SwitchRegistry(listener);

  private EmbeddedChannel accept() {
    EmbeddedChannel channel = new EmbeddedChannel();
    NettyOpenFlowServer.attach(channel, ServerSettings.builder().build(), registry);
    // EmbeddedChannel was active before the parts were there.
    channel.pipeline().fireChannelActive();
    return channel;
  }

  private static void feed(EmbeddedChannel channel, byte[] bytes) {
    if (!channel.isOpen()) {
      return;
    }
    channel.writeInbound(Unpooled.wrappedBuffer(bytes));
    channel.runPendingTasks();
    channel.checkException();
  }

  /** Answers what is asked until nothing more is. */
  private static void answerAll(EmbeddedChannel channel, long datapathId) {
    Object out;
    while ((out = channel.readOutbound()) != null) {
      ByteBuf messages = (ByteBuf) out;
      while (messages.isReadable()) {
        int length = messages.getUnsignedShort(messages.readerIndex() + 2);
        Bytes message = Bytes.copyOf(messages, messages.readerIndex(), length);
        messages.skipBytes(length);
        FakeSwitch.usualAnswer(message, datapathId)
            .ifPresent(answer -> feed(channel, answer.toArray()));
      }
      messages.release();
    }
  }

  private SwitchConnection handshake(EmbeddedChannel channel) throws InterruptedException {
    answerAll(channel, 1);
    return RecordingListener.next(listener.connected);
  }

  @Property(tries = 1500)
  void randomBytesFromTheStart(@ForAll List<byte[]> chunks) {
    EmbeddedChannel channel = accept();
    chunks.forEach(chunk -> feed(channel, chunk));
    channel.finishAndReleaseAll();
    assertThat(registry.all()).isEmpty();
  }

  @Provide
  Arbitrary<byte[]> frame() {
    Arbitrary<byte[]> body =
        Arbitraries.oneOf(
            Arbitraries.bytes().array(byte[].class).ofMaxSize(200),
            Arbitraries.of(
                new byte[0],
                new byte[4],
                new byte[8],
                new byte[56],
                new byte[60_000],
                Bytes.ofHex("0001000000000000003800000000").toArray()));
    return Combinators.combine(
            Arbitraries.integers().between(0, 40), Arbitraries.integers().between(0, 12), body)
        .as(HostileBytesTest::frame);
  }

  /** A well-framed message of any type and content, under a transaction id that may be pending. */
  private static byte[] frame(int type, int xid, byte[] body) {
    ByteBuffer frame = ByteBuffer.allocate(8 + body.length);
    frame.put((byte) 4).put((byte) type).putShort((short) frame.capacity()).putInt(xid);
    return frame.put(body).array();
  }

  @Property(tries = 1500)
  void wellFramedNonsenseAfterTheHandshake(@ForAll("frames") List<byte[]> frames)
      throws InterruptedException {
    EmbeddedChannel channel = accept();
    SwitchConnection connection = handshake(channel);
    connection.readFlows();
    connection.readGroups();
    connection.readMeters();
    connection.sendFlowMods(
        ImmutableList.of(SampleEntries.entry(0, SampleEntries.OF.buildMatch().build()).build()));
    channel.runPendingTasks();
    channel.releaseOutbound();
    frames.forEach(frame -> feed(channel, frame));
    channel.releaseOutbound();

    assertThat(connection.isConnected()).isTrue();
    feed(channel, ECHO.toArray());
    ByteBuf reply = channel.readOutbound();
    assertThat(reply.getUnsignedByte(1)).as("echo reply").isEqualTo((short) 3);
    assertThat(reply.getInt(8)).isEqualTo(0xcafebabe);
    reply.release();
    channel.finishAndReleaseAll();
    channel.runPendingTasks();
    assertThat(RecordingListener.next(listener.disconnected)).isNotEmpty();
    assertThat(registry.all()).isEmpty();
  }

  @Provide
  Arbitrary<List<byte[]>> frames() {
    return frame().list().ofMaxSize(8);
  }

  @Property(tries = 300)
  void anyCutOfTheStreamGivesTheSameMessages(@ForAll("cuts") List<Integer> cuts)
      throws InterruptedException {
    EmbeddedChannel channel = accept();
    handshake(channel);
    ByteBuffer stream = ByteBuffer.allocate(5 * ECHO.length());
    for (int i = 0; i < 5; i++) {
      stream.put(ECHO.toArray());
    }
    int at = 0;
    for (int cut : cuts) {
      int end = Math.min(stream.capacity(), at + cut);
      feed(channel, java.util.Arrays.copyOfRange(stream.array(), at, end));
      at = end;
    }
    feed(channel, java.util.Arrays.copyOfRange(stream.array(), at, stream.capacity()));
    int replies = 0;
    Object out;
    while ((out = channel.readOutbound()) != null) {
      ((ByteBuf) out).release();
      replies++;
    }
    assertThat(replies).isEqualTo(5);
    channel.finishAndReleaseAll();
  }

  @Provide
  Arbitrary<List<Integer>> cuts() {
    return Arbitraries.integers().between(1, 30).list().ofMaxSize(8);
  }
}
