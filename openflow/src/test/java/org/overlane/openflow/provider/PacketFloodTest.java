/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.openflow.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;
import static org.overlane.openflow.channel.RecordingListener.await;
import static org.overlane.openflow.channel.RecordingListener.next;

import com.google.common.collect.ImmutableList;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.onosproject.net.packet.PacketContext;
import org.onosproject.net.packet.PacketProviderRegistry;
import org.onosproject.net.packet.PacketProviderService;
import org.overlane.openflow.channel.FakeSwitch;
import org.overlane.openflow.channel.OpenFlowServer;
import org.overlane.openflow.channel.ServerSettings;
import org.overlane.openflow.codec.Bytes;
import org.projectfloodlight.openflow.protocol.OFType;

/** A switch that sends packet-ins of every bad kind to an ONOS that takes none. */
class PacketFloodTest {

  private static final int SMALL = 60;
  private static final int HUGE = 65_000;
  private static final long NO_COOKIE = -1;

  private final Queue<Runnable> stuck = new ConcurrentLinkedQueue<>();
  private final BlockingQueue<PacketContext> delivered = new LinkedBlockingQueue<>();
  private final Switches switches = new Switches(Runnable::run, stuck::add);
  private OpenFlowServer server;
  private FakeSwitch peer;
  private int sent;

  @BeforeEach
  void connect() throws Exception {
    PacketProviderService service = mock(PacketProviderService.class);
    doAnswer(call -> delivered.add(call.getArgument(0))).when(service).processPacket(any());
    PacketProviderRegistry registry = mock(PacketProviderRegistry.class);
    when(registry.register(any())).thenReturn(service);
    PacketInProvider provider = new PacketInProvider(switches);
    provider.register(registry);
    switches.subscribe(ImmutableList.of(provider));
    server =
        OpenFlowServer.create(
            ServerSettings.builder().ports(ImmutableList.of(0)).build(), switches);
    server.start();
    peer = new FakeSwitch(server, 1, (me, message) -> false);
    await("the switch", () -> device().isPresent());
  }

  @AfterEach
  void stop() throws Exception {
    peer.close();
    server.stop();
  }

  private Optional<ConnectedSwitch> device() {
    return switches.get(Rules.DEVICE);
  }

  /** An OFPT_PACKET_IN (OpenFlow 1.3.5 section 7.4.1) from port 3. */
  private static byte[] packetIn(int size, long cookie) {
    ByteBuffer message = ByteBuffer.allocate(42 + size);
    message.put((byte) 4).put((byte) 10).putShort((short) message.capacity()).putInt(0);
    message.putInt(-1).putShort((short) size).put((byte) 1).put((byte) 0).putLong(cookie);
    message.putShort((short) 1).putShort((short) 12).putInt(0x80000004).putInt(3).putInt(0);
    return message.array();
  }

  private void send(int count, byte[] message) throws Exception {
    for (int i = 0; i < count; i++) {
      peer.send(Bytes.of(message));
    }
    sent += count;
    await(
        "the packet-ins",
        () -> device().get().connection().counters().received(OFType.PACKET_IN) == sent);
  }

  private void takeAll() {
    Runnable next;
    while ((next = stuck.poll()) != null) {
      next.run();
    }
  }

  @Test
  void manyPacketsWaitUpToTheBoundAndTheConnectionGoesOn() throws Exception {
    send(3 * PacketQueue.MAX_PACKETS, packetIn(SMALL, NO_COOKIE));
    await("the drops", () -> device().get().packets().dropped() == 2 * PacketQueue.MAX_PACKETS);
    assertThat(device().get().packets().waiting()).isEqualTo(PacketQueue.MAX_PACKETS);

    takeAll();
    assertThat(delivered).hasSize(PacketQueue.MAX_PACKETS);
    assertThat(next(delivered).inPacket().cookie()).contains(NO_COOKIE);
    delivered.clear();
    send(1, packetIn(SMALL, 7));
    await("the queue", () -> device().get().packets().waiting() == 1);
    takeAll();
    assertThat(next(delivered).inPacket().cookie()).contains(7L);
    assertThat(SwitchSnapshot.of(device().get()).packetInsDropped())
        .isEqualTo(2 * PacketQueue.MAX_PACKETS);
  }

  @Test
  void hugePacketsAreBoundedByTheirSize() throws Exception {
    send(300, packetIn(HUGE, 1));
    int fit = PacketQueue.MAX_BYTES / HUGE;
    await("the drops", () -> device().get().packets().dropped() == 300 - fit);
    takeAll();
    assertThat(delivered).hasSize(fit);
    assertThat(next(delivered).inPacket().unparsed().remaining()).isEqualTo(HUGE);
  }

  @Test
  void truncatedPacketInsAreCountedAndLeaveNothingBehind() throws Exception {
    byte[] whole = packetIn(SMALL, 1);
    int cut = 0;
    for (int length = 8; length < 42; length++) {
      byte[] message = java.util.Arrays.copyOf(whole, length);
      ByteBuffer.wrap(message).putShort(2, (short) length);
      send(1, message);
      cut++;
    }
    int expected = cut;
    await("the count", () -> device().get().connection().counters().undecodable() == expected);
    assertThat(device().get().packets().waiting()).isZero();
    send(1, whole);
    await("the queue", () -> device().get().packets().waiting() == 1);
    assertThat(device().get().connection().isConnected()).isTrue();
  }
}
