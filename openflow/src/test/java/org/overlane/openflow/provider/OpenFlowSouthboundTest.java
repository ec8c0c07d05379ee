/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.openflow.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.argThat;
import static org.mockito.Mockito.atLeastOnce;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.timeout;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.onosproject.cfg.ComponentConfigService;
import org.onosproject.core.CoreService;
import org.onosproject.net.DeviceId;
import org.onosproject.net.device.DeviceProviderRegistry;
import org.onosproject.net.device.DeviceProviderService;
import org.onosproject.net.flow.FlowRuleProviderRegistry;
import org.onosproject.net.group.GroupProviderRegistry;
import org.onosproject.net.group.GroupService;
import org.onosproject.net.meter.MeterProviderRegistry;
import org.onosproject.net.meter.MeterService;
import org.onosproject.net.packet.PacketProviderRegistry;
import org.onosproject.net.provider.Provider;

/** The life of the component, with a real server. */
class OpenFlowSouthboundTest {

  private static final int PATIENCE_MILLIS = 20_000;

  private final OpenFlowSouthbound southbound = new OpenFlowSouthbound();
  private final Map<String, Object> properties = new HashMap<>();
  private final DeviceProviderRegistry devices = mock(DeviceProviderRegistry.class);
  private final FlowRuleProviderRegistry flows = mock(FlowRuleProviderRegistry.class);
  private final PacketProviderRegistry packets = mock(PacketProviderRegistry.class);
  private final GroupProviderRegistry groups = mock(GroupProviderRegistry.class);
  private final MeterProviderRegistry meters = mock(MeterProviderRegistry.class);
  private boolean active;

  @BeforeEach
  void refer() {
    southbound.configService = mock(ComponentConfigService.class);
    southbound.core = mock(CoreService.class);
    southbound.groups = mock(GroupService.class);
    southbound.meters = mock(MeterService.class);
    southbound.deviceProviders = devices;
    southbound.flowProviders = flows;
    southbound.packetProviders = packets;
    southbound.groupProviders = groups;
    southbound.meterProviders = meters;
    when(devices.register(any())).thenReturn(mock(DeviceProviderService.class));
  }

  private void activate() {
    southbound.activate(properties);
    active = true;
  }

  @AfterEach
  void deactivate() {
    if (active) {
      southbound.deactivate();
    }
  }

  private static ServerSocket taken() throws IOException {
    ServerSocket socket = new ServerSocket();
    socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    return socket;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = taken()) {
      return socket.getLocalPort();
    }
  }

  private static boolean answers(int port) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  @Test
  void registersAllProvidersUnderOneIdentityAndListens() throws IOException {
    int port = freePort();
    properties.put("listenPorts", String.valueOf(port));
    activate();
    assertThat(answers(port)).isTrue();
    verify(devices).register(argThat(OpenFlowSouthboundTest::isOurs));
    verify(flows).register(argThat(OpenFlowSouthboundTest::isOurs));
    verify(packets).register(argThat(OpenFlowSouthboundTest::isOurs));
    verify(groups).register(argThat(OpenFlowSouthboundTest::isOurs));
    verify(meters).register(argThat(OpenFlowSouthboundTest::isOurs));
    assertThat(southbound.switches()).isEmpty();
    assertThat(southbound.get(DeviceId.deviceId("of:0000000000000001"))).isEmpty();
    deactivate();
    active = false;
    assertThat(answers(port)).isFalse();
    verify(devices).unregister(any());
    verify(meters).unregister(any());
  }

  private static boolean isOurs(Provider provider) {
    return provider.id().equals(OpenFlowSouthbound.PROVIDER_ID);
  }

  @Test
  void takenPortIsTriedAgainUntilItIsFree() throws IOException {
    try (ServerSocket other = taken()) {
      properties.put("listenPorts", String.valueOf(other.getLocalPort()));
      activate();
      // No half of it stays: ONOS sees no provider without a port.
      verify(devices).unregister(any());
      verify(packets).unregister(any());
    }
    verify(devices, timeout(PATIENCE_MILLIS).times(2)).register(any());
    int port = Integer.parseInt(properties.get("listenPorts").toString());
    awaitAnswer(port);
  }

  private static void awaitAnswer(int port) {
    long deadline = System.nanoTime() + PATIENCE_MILLIS * 1_000_000L;
    while (!answers(port)) {
      assertThat(System.nanoTime()).as("port %s does not answer", port).isLessThan(deadline);
    }
  }

  @Test
  void stockProviderKeepsItsPlaceUntilItIsGone() throws IOException {
    int port = freePort();
    properties.put("listenPorts", String.valueOf(port));
    when(flows.register(any()))
        .thenThrow(new IllegalStateException("A primary provider is already registered"))
        .thenReturn(null);
    activate();
    verify(devices).unregister(any());
    verify(groups, never()).unregister(any());
    verify(groups, timeout(PATIENCE_MILLIS)).register(any());
    awaitAnswer(port);
  }

  @Test
  void changedPortIsTakenOverAndAWrongOneIsNot() throws IOException {
    int first = freePort();
    properties.put("listenPorts", String.valueOf(first));
    activate();
    properties.put("listenPorts", "no number");
    southbound.modified(properties);
    assertThat(answers(first)).isTrue();
    int second = freePort();
    properties.put("listenPorts", String.valueOf(second));
    southbound.modified(properties);
    awaitAnswer(second);
    assertThat(answers(first)).isFalse();
    properties.put("flowStatisticsInterval", "9");
    southbound.modified(properties);
    assertThat(southbound.flowStatisticsInterval()).isEqualTo(9);
    verify(devices, atLeastOnce()).unregister(any());
  }
}
