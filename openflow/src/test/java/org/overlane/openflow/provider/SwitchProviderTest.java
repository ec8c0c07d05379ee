/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.openflow.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mockito.ArgumentCaptor;
import org.onosproject.net.MastershipRole;
import org.onosproject.net.Port;
import org.onosproject.net.PortNumber;
import org.onosproject.net.device.DeviceDescription;
import org.onosproject.net.device.DeviceProviderRegistry;
import org.onosproject.net.device.DeviceProviderService;
import org.onosproject.net.device.PortDescription;
import org.onosproject.net.device.PortStatistics;
import org.projectfloodlight.openflow.protocol.OFControllerRole;
import org.projectfloodlight.openflow.protocol.OFPortConfig;
import org.projectfloodlight.openflow.protocol.OFPortDesc;
import org.projectfloodlight.openflow.protocol.OFPortFeatures;
import org.projectfloodlight.openflow.protocol.OFPortMod;
import org.projectfloodlight.openflow.protocol.OFPortReason;
import org.projectfloodlight.openflow.protocol.OFPortState;
import org.projectfloodlight.openflow.protocol.OFPortStatsEntry;
import org.projectfloodlight.openflow.types.MacAddress;
import org.projectfloodlight.openflow.types.OFPort;
import org.projectfloodlight.openflow.types.U64;

class SwitchProviderTest {

  private final FakeConnection connection = new FakeConnection();
  private final ManualTimer timer = new ManualTimer();
  private final DeviceProviderService service = mock(DeviceProviderService.class);
  private final Switches switches = new Switches(Runnable::run, Runnable::run);
  private final SwitchEvents others = mock(SwitchEvents.class);
  private SwitchProvider provider;

  @BeforeEach
  void register() {
    provider =
        new SwitchProvider(
            switches, timer.executor(), Runnable::run, SouthboundProperties.of(ImmutableMap.of()));
    DeviceProviderRegistry registry = mock(DeviceProviderRegistry.class);
    when(registry.register(any())).thenReturn(service);
    provider.register(registry);
    switches.subscribe(ImmutableList.of(provider, others));
    connection.ports = ImmutableList.of(port(1, "eth0"), port(OFPort.LOCAL.getPortNumber(), "br0"));
  }

  private static OFPortDesc port(int number, String name) {
    return FakeConnection.FACTORY
        .buildPortDesc()
        .setPortNo(OFPort.of(number))
        .setName(name)
        .setHwAddr(MacAddress.of("02:00:00:00:00:01"))
        .setConfig(ImmutableSet.of())
        .setState(ImmutableSet.of())
        .setCurr(ImmutableSet.of(OFPortFeatures.PF_10GB_FD, OFPortFeatures.PF_FIBER))
        .setCurrSpeed(0)
        .build();
  }

  private List<PortDescription> ports() {
    @SuppressWarnings("unchecked") // no class literal for a generic type
    ArgumentCaptor<List<PortDescription>> ports = ArgumentCaptor.forClass(List.class);
    verify(service).updatePorts(eq(Rules.DEVICE), ports.capture());
    return ports.getValue();
  }

  @Test
  void switchIsDescribed() {
    switches.connected(connection);
    ArgumentCaptor<DeviceDescription> description =
        ArgumentCaptor.forClass(DeviceDescription.class);
    verify(service).deviceConnected(eq(Rules.DEVICE), description.capture());
    DeviceDescription ovs = description.getValue();
    assertThat(ovs.manufacturer()).isEqualTo("Nicira, Inc.");
    assertThat(ovs.hwVersion()).isEqualTo("Open vSwitch");
    assertThat(ovs.swVersion()).isEqualTo("3.1.0");
    assertThat(ovs.chassisId().value()).isEqualTo(1);
    assertThat(ovs.annotations().value("driver")).isEqualTo("overlane-ovs");
    assertThat(ovs.annotations().value("protocol")).isEqualTo("OF_13");
    assertThat(ovs.annotations().value("channelId")).isEqualTo("127.0.0.1:4711");
    assertThat(provider.isReachable(Rules.DEVICE)).isTrue();
  }

  @Test
  void switchOfAnotherMakeGetsItsDriverByDescription() {
    connection.info = connection.info.toBuilder().hardware("Soft Switch").build();
    switches.connected(connection);
    ArgumentCaptor<DeviceDescription> description =
        ArgumentCaptor.forClass(DeviceDescription.class);
    verify(service).deviceConnected(any(), description.capture());
    assertThat(description.getValue().annotations().keys()).doesNotContain("driver");
  }

  @Test
  void portsAreDescribed() {
    switches.connected(connection);
    PortDescription eth0 = ports().get(0);
    assertThat(eth0.portNumber()).isEqualTo(PortNumber.portNumber(1));
    assertThat(eth0.portSpeed()).isEqualTo(10_000);
    assertThat(eth0.type()).isEqualTo(Port.Type.FIBER);
    assertThat(eth0.isEnabled()).isTrue();
    assertThat(eth0.annotations().value("portName")).isEqualTo("eth0");
    assertThat(eth0.annotations().value("portMac")).isEqualTo("02:00:00:00:00:01");
    assertThat(ports().get(1).portNumber()).isEqualTo(PortNumber.LOCAL);
  }

  @Test
  void portThatIsDownOrWithoutLinkIsNotEnabled() {
    OFPortDesc down =
        port(1, "a").createBuilder().setConfig(ImmutableSet.of(OFPortConfig.PORT_DOWN)).build();
    OFPortDesc noLink =
        port(2, "b").createBuilder().setState(ImmutableSet.of(OFPortState.LINK_DOWN)).build();
    connection.ports = ImmutableList.of(down, noLink);
    switches.connected(connection);
    assertThat(ports()).noneMatch(PortDescription::isEnabled);
  }

  @Test
  void portStatusIsAChangeOrARemoval() {
    switches.connected(connection);
    switches.portStatus(
        connection,
        FakeConnection.FACTORY
            .buildPortStatus()
            .setReason(OFPortReason.MODIFY)
            .setDesc(port(1, "eth0"))
            .build());
    verify(service).portStatusChanged(eq(Rules.DEVICE), any());
    switches.portStatus(
        connection,
        FakeConnection.FACTORY
            .buildPortStatus()
            .setReason(OFPortReason.DELETE)
            .setDesc(port(1, "eth0"))
            .build());
    verify(service).deletePort(eq(Rules.DEVICE), any());
  }

  @Test
  void masterStartsTheOthersAndStandbyStopsThem() {
    switches.connected(connection);
    ConnectedSwitch device = switches.get(Rules.DEVICE).get();
    provider.roleChanged(Rules.DEVICE, MastershipRole.MASTER);
    assertThat(connection.roles).containsExactly(OFControllerRole.ROLE_MASTER);
    verify(service).receivedRoleReply(Rules.DEVICE, MastershipRole.MASTER, MastershipRole.MASTER);
    verify(others).mastered(device);
    provider.roleChanged(Rules.DEVICE, MastershipRole.STANDBY);
    assertThat(connection.roles).endsWith(OFControllerRole.ROLE_SLAVE);
    verify(service).receivedRoleReply(Rules.DEVICE, MastershipRole.STANDBY, MastershipRole.STANDBY);
    verify(others).unmastered(device);
  }

  @Test
  void roleThatTheSwitchRefusesIsReported() {
    switches.connected(connection);
    connection.roleAnswer = role -> CompletableFuture.completedFuture(OFControllerRole.ROLE_SLAVE);
    provider.roleChanged(Rules.DEVICE, MastershipRole.MASTER);
    verify(service).receivedRoleReply(Rules.DEVICE, MastershipRole.MASTER, MastershipRole.STANDBY);
    connection.roleAnswer =
        role -> {
          CompletableFuture<OFControllerRole> refused = new CompletableFuture<>();
          refused.completeExceptionally(new IllegalStateException("stale generation"));
          return refused;
        };
    provider.roleChanged(Rules.DEVICE, MastershipRole.MASTER);
    verify(service).receivedRoleReply(Rules.DEVICE, MastershipRole.MASTER, null);
    verify(others, never()).mastered(any());
  }

  @Test
  void newMasterLearnsThePortsAndReadsTheirStatistics() {
    connection.statistics =
        request ->
            FakeConnection.FACTORY
                .buildPortStatsReply()
                .setEntries(ImmutableList.of(portStatistics()))
                .build();
    switches.connected(connection);
    provider.roleChanged(Rules.DEVICE, MastershipRole.MASTER);
    verify(service, times(2)).updatePorts(eq(Rules.DEVICE), any());
    timer.pass(0);
    @SuppressWarnings("unchecked") // no class literal for a generic type
    ArgumentCaptor<Collection<PortStatistics>> statistics =
        ArgumentCaptor.forClass(Collection.class);
    verify(service).updatePortStatistics(eq(Rules.DEVICE), statistics.capture());
    PortStatistics one = statistics.getValue().iterator().next();
    assertThat(one.packetsReceived()).isEqualTo(11);
    assertThat(one.bytesSent()).isEqualTo(14);
    assertThat(one.packetsTxDropped()).isEqualTo(16);
    timer.pass(5_000);
    verify(service, times(2)).updatePortStatistics(any(), any());
  }

  private static OFPortStatsEntry portStatistics() {
    return FakeConnection.FACTORY
        .buildPortStatsEntry()
        .setPortNo(OFPort.of(1))
        .setRxPackets(U64.of(11))
        .setTxPackets(U64.of(12))
        .setRxBytes(U64.of(13))
        .setTxBytes(U64.of(14))
        .setRxDropped(U64.of(15))
        .setTxDropped(U64.of(16))
        .setRxErrors(U64.of(17))
        .setTxErrors(U64.of(18))
        .build();
  }

  @Test
  void disconnectedSwitchIsReportedUnlessItIsBack() {
    switches.connected(connection);
    FakeConnection again = new FakeConnection();
    switches.connected(again);
    switches.disconnected(connection, "replaced");
    verify(service, never()).deviceDisconnected(any());
    switches.disconnected(again, "gone");
    verify(service).deviceDisconnected(Rules.DEVICE);
    assertThat(provider.isReachable(Rules.DEVICE)).isFalse();
  }

  @Test
  void portIsSwitchedOffAndOn() {
    switches.connected(connection);
    provider.changePortState(Rules.DEVICE, PortNumber.portNumber(1), false);
    provider.changePortState(Rules.DEVICE, PortNumber.portNumber(1), true);
    provider.changePortState(Rules.DEVICE, PortNumber.portNumber(99), true);
    assertThat(connection.messages).hasSize(2);
    OFPortMod off = (OFPortMod) connection.messages.get(0);
    OFPortMod on = (OFPortMod) connection.messages.get(1);
    assertThat(off.getConfig()).containsExactly(OFPortConfig.PORT_DOWN);
    assertThat(on.getConfig()).isEmpty();
    assertThat(on.getMask()).containsExactly(OFPortConfig.PORT_DOWN);
    assertThat(on.getHwAddr()).isEqualTo(MacAddress.of("02:00:00:00:00:01"));
  }

  @Test
  void onosCanDisconnectASwitch() {
    switches.connected(connection);
    provider.triggerDisconnect(Rules.DEVICE);
    assertThat(connection.connected).isFalse();
  }
}
