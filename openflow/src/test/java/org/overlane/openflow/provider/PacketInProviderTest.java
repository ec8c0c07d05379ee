/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.openflow.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import com.google.common.collect.ImmutableList;
import com.google.common.io.BaseEncoding;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.Test;
import org.mockito.ArgumentCaptor;
import org.onlab.packet.Ethernet;
import org.onlab.packet.MacAddress;
import org.onosproject.net.PortNumber;
import org.onosproject.net.flow.DefaultTrafficTreatment;
import org.onosproject.net.flow.instructions.Instructions;
import org.onosproject.net.packet.DefaultOutboundPacket;
import org.onosproject.net.packet.PacketContext;
import org.onosproject.net.packet.PacketProviderRegistry;
import org.onosproject.net.packet.PacketProviderService;
import org.projectfloodlight.openflow.protocol.OFPacketIn;
import org.projectfloodlight.openflow.protocol.OFPacketInReason;
import org.projectfloodlight.openflow.protocol.OFPacketOut;
import org.projectfloodlight.openflow.protocol.match.Match;
import org.projectfloodlight.openflow.protocol.match.MatchField;
import org.projectfloodlight.openflow.types.OFBufferId;
import org.projectfloodlight.openflow.types.OFPort;
import org.projectfloodlight.openflow.types.TableId;
import org.projectfloodlight.openflow.types.U64;

class PacketInProviderTest {

  private final FakeConnection connection = new FakeConnection();
  private final PacketProviderService service = mock(PacketProviderService.class);

  private PacketInProvider provider(Switches switches) {
    PacketInProvider provider = new PacketInProvider(switches);
    PacketProviderRegistry registry = mock(PacketProviderRegistry.class);
    when(registry.register(any())).thenReturn(service);
    provider.register(registry);
    switches.subscribe(ImmutableList.of(provider));
    switches.connected(connection);
    return provider;
  }

  private static byte[] frame() {
    Ethernet frame = new Ethernet();
    frame.setDestinationMACAddress(MacAddress.BROADCAST);
    frame.setSourceMACAddress(MacAddress.valueOf("02:00:00:00:00:01"));
    frame.setEtherType((short) 0x88b5);
    frame.setPad(true);
    return frame.serialize();
  }

  private static OFPacketIn packetIn(byte[] data) {
    return packetIn(
        data,
        FakeConnection.FACTORY.buildMatch().setExact(MatchField.IN_PORT, OFPort.of(3)).build());
  }

  private static OFPacketIn packetIn(byte[] data, Match match) {
    return FakeConnection.FACTORY
        .buildPacketIn()
        .setBufferId(OFBufferId.NO_BUFFER)
        .setReason(OFPacketInReason.ACTION)
        .setTableId(TableId.of(2))
        .setCookie(U64.of(0x42))
        .setMatch(match)
        .setTotalLen(data.length)
        .setData(data)
        .build();
  }

  private PacketContext delivered() {
    ArgumentCaptor<PacketContext> context = ArgumentCaptor.forClass(PacketContext.class);
    verify(service).processPacket(context.capture());
    return context.getValue();
  }

  @Test
  void packetIsDeliveredWithPortDataAndCookie() {
    Switches switches = new Switches(Runnable::run, Runnable::run);
    provider(switches);
    switches.packetIn(connection, packetIn(frame()));
    PacketContext context = delivered();
    assertThat(context.inPacket().receivedFrom().deviceId()).isEqualTo(Rules.DEVICE);
    assertThat(context.inPacket().receivedFrom().port()).isEqualTo(PortNumber.portNumber(3));
    assertThat(context.inPacket().parsed().getSourceMAC())
        .isEqualTo(MacAddress.valueOf("02:00:00:00:00:01"));
    assertThat(context.inPacket().cookie()).contains(0x42L);
    byte[] copy = new byte[context.inPacket().unparsed().remaining()];
    context.inPacket().unparsed().get(copy);
    assertThat(copy).isEqualTo(frame());
  }

  @Test
  void unparsablePacketIsDeliveredUnparsed() {
    Switches switches = new Switches(Runnable::run, Runnable::run);
    provider(switches);
    // An IPv4 header that says 60 bytes where there are none.
    byte[] broken = BaseEncoding.base16().decode("FFFFFFFFFFFF02000000000108004F");
    switches.packetIn(connection, packetIn(broken));
    assertThat(delivered().inPacket().parsed()).isNull();
    assertThat(delivered().inPacket().unparsed().remaining()).isEqualTo(broken.length);
  }

  @Test
  void packetWithoutPortIsDropped() {
    Switches switches = new Switches(Runnable::run, Runnable::run);
    provider(switches);
    switches.packetIn(connection, packetIn(frame(), FakeConnection.FACTORY.buildMatch().build()));
    verify(service, never()).processPacket(any());
  }

  @Test
  void packetsBeyondTheQueueAreDroppedAndCounted() {
    List<Runnable> waiting = new ArrayList<>();
    Executor stuck = waiting::add;
    Switches switches = new Switches(Runnable::run, stuck);
    provider(switches);
    for (int i = 0; i < 1_200; i++) {
      switches.packetIn(connection, packetIn(frame()));
    }
    assertThat(switches.get(Rules.DEVICE).get().packets().dropped()).isEqualTo(200);
  }

  @Test
  void contextSendsThePacketOnOnce() {
    Switches switches = new Switches(Runnable::run, Runnable::run);
    provider(switches);
    switches.packetIn(connection, packetIn(frame()));
    PacketContext context = delivered();
    context.treatmentBuilder().setOutput(PortNumber.TABLE);
    context.send();
    context.send();
    assertThat(connection.messages).hasSize(1);
    OFPacketOut out = (OFPacketOut) connection.messages.get(0);
    assertThat(out.getInPort()).isEqualTo(OFPort.of(3));
    assertThat(out.getData()).isEqualTo(frame());
    assertThat(out.getActions())
        .containsExactly(FakeConnection.FACTORY.actions().output(OFPort.TABLE, 0));
    assertThat(context.isHandled()).isTrue();
  }

  @Test
  void packetOutOfAnAppComesFromTheController() {
    PacketInProvider provider = provider(new Switches(Runnable::run, Runnable::run));
    provider.emit(
        new DefaultOutboundPacket(
            Rules.DEVICE,
            DefaultTrafficTreatment.builder().setOutput(PortNumber.portNumber(4)).build(),
            ByteBuffer.wrap(frame())));
    OFPacketOut out = (OFPacketOut) connection.messages.get(0);
    assertThat(out.getInPort()).isEqualTo(OFPort.CONTROLLER);
    assertThat(out.getBufferId()).isEqualTo(OFBufferId.NO_BUFFER);
  }

  @Test
  void packetOutThatCannotBeSaidIsDropped() {
    PacketInProvider provider = provider(new Switches(Runnable::run, Runnable::run));
    provider.emit(
        new DefaultOutboundPacket(
            Rules.DEVICE,
            DefaultTrafficTreatment.builder().add(Instructions.truncate(9)).build(),
            ByteBuffer.wrap(frame())));
    assertThat(connection.messages).isEmpty();
  }
}
