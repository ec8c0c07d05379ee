/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.openflow.provider;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import org.onosproject.net.DeviceId;
import org.onosproject.net.MastershipRole;
import org.onosproject.net.PortNumber;
import org.onosproject.net.device.DeviceProvider;
import org.onosproject.net.device.DeviceProviderRegistry;
import org.onosproject.net.device.DeviceProviderService;
import org.onosproject.net.device.PortDescription;
import org.onosproject.net.device.PortStatistics;
import org.onosproject.net.provider.AbstractProvider;
import org.overlane.monitoring.LimitedLog;
import org.projectfloodlight.openflow.protocol.OFControllerRole;
import org.projectfloodlight.openflow.protocol.OFPortConfig;
import org.projectfloodlight.openflow.protocol.OFPortDesc;
import org.projectfloodlight.openflow.protocol.OFPortReason;
import org.projectfloodlight.openflow.protocol.OFPortStatsReply;
import org.projectfloodlight.openflow.protocol.OFPortStatus;
import org.projectfloodlight.openflow.types.OFPort;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells ONOS of switches, their ports and port statistics, and switches of ONOS's mastership.
 * Thread-safe.
 */
final class SwitchProvider extends AbstractProvider implements DeviceProvider, SwitchEvents {

  private static final Logger LOG = LoggerFactory.getLogger(SwitchProvider.class);
  private static final LimitedLog LIMITED = new LimitedLog(LOG);

  private final Switches switches;
  private final PollRounds rounds;
  private volatile DeviceProviderService service;

  SwitchProvider(
      Switches switches,
      ScheduledExecutorService timer,
      Executor workers,
      SouthboundConfig config) {
    super(OpenFlowSouthbound.PROVIDER_ID);
    this.switches = switches;
    this.rounds =
        new PollRounds(
            "port statistics", timer, workers, config::portStatisticsInterval, this::read);
  }

  void register(DeviceProviderRegistry registry) {
    service = registry.register(this);
  }

  @Override
  public void connected(ConnectedSwitch device) {
    service.deviceConnected(device.id(), SwitchDescriptions.device(device));
    service.updatePorts(device.id(), SwitchDescriptions.ports(device.connection()));
  }

  @Override
  public void disconnected(ConnectedSwitch device) {
    rounds.end(device);
    // The switch may be back already, on a connection that was reported before this one's end.
    if (!switches.get(device.id()).isPresent()) {
      service.deviceDisconnected(device.id());
    }
  }

  @Override
  public void mastered(ConnectedSwitch device) {
    // What the ports did while another node was master reached only that node.
    service.updatePorts(device.id(), SwitchDescriptions.ports(device.connection()));
    rounds.begin(device);
  }

  @Override
  public void unmastered(ConnectedSwitch device) {
    rounds.end(device);
  }

  @Override
  public void portStatus(ConnectedSwitch device, OFPortStatus status) {
    PortDescription port = SwitchDescriptions.port(status.getDesc());
    if (status.getReason() == OFPortReason.DELETE) {
      service.deletePort(device.id(), port);
    } else {
      service.portStatusChanged(device.id(), port);
    }
  }

  private CompletableFuture<?> read(ConnectedSwitch device) {
    return device
        .connection()
        .<OFPortStatsReply>requestStats(
            device.connection().factory().buildPortStatsRequest().setPortNo(OFPort.ANY).build())
        .thenAccept(
            parts -> {
              List<PortStatistics> statistics =
                  parts.stream()
                      .flatMap(part -> part.getEntries().stream())
                      .map(entry -> SwitchDescriptions.statistics(device.id(), entry))
                      .collect(ImmutableList.toImmutableList());
              service.updatePortStatistics(device.id(), statistics);
            });
  }

  @Override
  public void roleChanged(DeviceId id, MastershipRole role) {
    Optional<ConnectedSwitch> found = switches.get(id);
    if (!found.isPresent()) {
      LOG.debug("{} is not connected; role {} is not requested", id, role);
      return;
    }
    ConnectedSwitch device = found.get();
    device
        .connection()
        .requestRole(openFlowRole(role))
        .whenComplete(
            (confirmed, failure) ->
                device.inOrder(() -> roleAnswered(device, role, confirmed, failure)));
  }

  private void roleAnswered(
      ConnectedSwitch device,
      MastershipRole requested,
      OFControllerRole confirmed,
      Throwable failure) {
    if (failure != null) {
      LIMITED.warn(
          device.toString(),
          "The role was not taken: device=" + device + " role=" + requested + " reason=" + failure);
      service.receivedRoleReply(device.id(), requested, null);
      return;
    }
    MastershipRole response = onosRole(confirmed);
    service.receivedRoleReply(device.id(), requested, response);
    if (response == MastershipRole.MASTER) {
      switches.mastered(device);
    } else {
      switches.unmastered(device);
    }
  }

  /**
   * ONOS has no role for a node that may not even read; a slave may (OpenFlow 1.3.5 section 6.3.4).
   */
  static OFControllerRole openFlowRole(MastershipRole role) {
    return role == MastershipRole.MASTER
        ? OFControllerRole.ROLE_MASTER
        : OFControllerRole.ROLE_SLAVE;
  }

  static MastershipRole onosRole(OFControllerRole role) {
    switch (role) {
      case ROLE_MASTER:
        return MastershipRole.MASTER;
      case ROLE_SLAVE:
        return MastershipRole.STANDBY;
      default:
        return MastershipRole.NONE;
    }
  }

  @Override
  public boolean isReachable(DeviceId id) {
    return switches.get(id).filter(device -> device.connection().isConnected()).isPresent();
  }

  /** The channel watches its connections by itself; what ONOS may have missed are port changes. */
  @Override
  public void triggerProbe(DeviceId id) {
    switches
        .get(id)
        .ifPresent(
            device ->
                device.inOrder(
                    () -> service.updatePorts(id, SwitchDescriptions.ports(device.connection()))));
  }

  @Override
  public void triggerDisconnect(DeviceId id) {
    switches.get(id).ifPresent(device -> device.connection().disconnect("ONOS asked for it"));
  }

  @Override
  public void changePortState(DeviceId id, PortNumber number, boolean enable) {
    Optional<ConnectedSwitch> device = switches.get(id);
    Optional<OFPortDesc> port =
        device.flatMap(
            found ->
                found.connection().ports().stream()
                    .filter(desc -> Ports.toOnos(desc.getPortNo()).equals(number))
                    .findFirst());
    if (!port.isPresent()) {
      LOG.warn(
          "No such port, it cannot be {}: device={} port={}",
          enable ? "enabled" : "disabled",
          id,
          number);
      return;
    }
    Set<OFPortConfig> down = ImmutableSet.of(OFPortConfig.PORT_DOWN);
    device
        .get()
        .connection()
        .send(
            device
                .get()
                .connection()
                .factory()
                .buildPortMod()
                .setPortNo(port.get().getPortNo())
                .setHwAddr(port.get().getHwAddr())
                .setConfig(enable ? ImmutableSet.of() : down)
                .setMask(down)
                .build());
  }
}
