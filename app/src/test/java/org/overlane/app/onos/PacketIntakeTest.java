/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.onos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoInteractions;
import static org.mockito.Mockito.when;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.onosproject.core.ApplicationId;
import org.onosproject.core.DefaultApplicationId;
import org.onosproject.net.ConnectPoint;
import org.onosproject.net.DeviceId;
import org.onosproject.net.PortNumber;
import org.onosproject.net.packet.DefaultInboundPacket;
import org.onosproject.net.packet.PacketContext;
import org.overlane.app.probing.ProbingLoop;
import org.overlane.app.slowpath.LargePackets;
import org.overlane.app.slowpath.PacketInCounters;
import org.overlane.flowrules.feature.PacketClass;
import org.overlane.flowrules.model.NodeId;
import org.overlane.flowrules.model.OfPort;

/** Only what an entry of ours has sent here is ours. */
class PacketIntakeTest {
  private static final ApplicationId APP = new DefaultApplicationId(0x7005, "org.overlane");
  private static final byte[] FRAME = {1, 2, 3};

  private final PacketInCounters counters = new PacketInCounters();
  private final LargePackets large = mock(LargePackets.class);
  private final ProbingLoop probing = mock(ProbingLoop.class);
  private final PacketIntake intake = new PacketIntake(APP, large, probing, counters);
  private final PacketContext context = mock(PacketContext.class);

  private void packet(String from, Optional<Long> cookie) {
    packet(ConnectPoint.deviceConnectPoint(from), cookie);
  }

  private void packet(ConnectPoint from, Optional<Long> cookie) {
    ByteBuffer data = ByteBuffer.wrap(FRAME).asReadOnlyBuffer();
    when(context.inPacket()).thenReturn(new DefaultInboundPacket(from, null, data, cookie));
  }

  private static Optional<Long> cookie(long app, PacketClass packetClass) {
    return Optional.of(app << 48 | (long) packetClass.id() << 40 | 0x123456789aL);
  }

  @ParameterizedTest
  @EnumSource(PacketClass.class)
  void takesPacketsOfTheClassesThatGoToTheController(PacketClass packetClass) {
    packet("of:0000000000000001/7", cookie(0x7005, packetClass));
    intake.process(context);
    boolean goesToTheController =
        packetClass == PacketClass.OVERSIZE
            || packetClass == PacketClass.MSS_CLAMP
            || packetClass == PacketClass.ADVERTISE_DHCP
            || packetClass == PacketClass.ADVERTISE_RA;
    if (goesToTheController) {
      verify(context).block();
      verify(large).receive(NodeId.of("of:0000000000000001"), OfPort.of(7), packetClass, FRAME);
      assertThat(counters.of(packetClass)).isEqualTo(1);
    } else if (packetClass == PacketClass.PROBE) {
      verify(context).block();
      verify(probing).receive(NodeId.of("of:0000000000000001"), FRAME);
    } else {
      verify(context, never()).block();
      verifyNoInteractions(large, probing);
    }
  }

  @Test
  void leavesPacketsOfOthersAlone() {
    packet("of:0000000000000001/7", cookie(6, PacketClass.OVERSIZE));
    intake.process(context);
    packet("of:0000000000000001/7", Optional.empty());
    intake.process(context);
    packet("netconf:1/7", cookie(0x7005, PacketClass.OVERSIZE));
    intake.process(context);
    when(context.isHandled()).thenReturn(true);
    packet("of:0000000000000001/7", cookie(0x7005, PacketClass.OVERSIZE));
    intake.process(context);
    verify(context, never()).block();
    verify(large, never()).receive(any(), any(), any(), any());
  }

  /** ONOS removes a packet processor that throws. */
  @Test
  void neverThrows() {
    doThrow(new IllegalStateException("a defect")).when(large).receive(any(), any(), any(), any());
    DeviceId device = DeviceId.deviceId("of:0000000000000001");
    for (long port : new long[] {7, 0, -1, 0xfffffffbL, PortNumber.LOCAL.toLong()}) {
      packet(
          new ConnectPoint(device, PortNumber.portNumber(port)),
          cookie(0x7005, PacketClass.OVERSIZE));
      intake.process(context);
    }
    verify(context, times(5)).block();
  }
}
