/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.tunnels.discovery;

import com.google.common.base.Joiner;
import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.overlane.config.DeviceConfig;
import org.overlane.config.ManagementConfig;
import org.overlane.config.PortRef;
import org.overlane.config.TunnelConfig;
import org.overlane.config.UplinkConfig;
import org.overlane.flowrules.model.IpAddress;

/** What is wrong with a bridge for the purpose that a device's declaration gives it. */
final class BridgeChecks {
  private final DeviceConfig device;
  private final BridgeFacts bridge;
  private final List<Warning> warnings = new ArrayList<>();

  private BridgeChecks(DeviceConfig device, BridgeFacts bridge) {
    this.device = device;
    this.bridge = bridge;
  }

  static ImmutableList<Warning> of(DeviceConfig device, BridgeFacts bridge) {
    BridgeChecks checks = new BridgeChecks(device, bridge);
    checks.checkBridge();
    checks.checkErrors();
    device.uplinks().forEach(checks::checkUplink);
    device.tunnel().ifPresent(checks::checkTunnel);
    return ImmutableList.copyOf(checks.warnings);
  }

  private void checkBridge() {
    if (!bridge.failMode().equals(Optional.of("secure"))) {
      warn(
          bridgeSubject(),
          "fail_mode is "
              + bridge.failMode().orElse("standalone")
              + ": without a controller the bridge forwards as a learning switch, into the overlay"
              + " and out of it",
          "ovs-vsctl set bridge " + bridge.name() + " fail_mode=secure");
    }
    if (!bridge.protocols().isEmpty() && !bridge.protocols().contains("OpenFlow13")) {
      warn(
          bridgeSubject(),
          "OpenFlow 1.3 is not enabled: " + String.join(",", bridge.protocols()),
          "ovs-vsctl set bridge " + bridge.name() + " protocols=OpenFlow13");
    }
    if (bridge.controllers().isEmpty()) {
      warn(
          bridgeSubject(),
          "it has no OpenFlow controller",
          "ovs-vsctl set-controller " + bridge.name() + " tcp:CONTROLLER:6653");
    }
    if (device.tunnel().isPresent() && bridge.comparesLengths().equals(Optional.of(false))) {
      warn(
          bridgeSubject(),
          "its datapath does not compare lengths (check_pkt_len): every packet for another host"
              + " takes the slow path of Open vSwitch",
          "Use a newer kernel (5.2 or later)");
    }
  }

  private void checkErrors() {
    for (PortFacts port : bridge.ports()) {
      port.error()
          .ifPresent(
              error ->
                  warn(
                      portSubject(port),
                      "Open vSwitch cannot use it: " + error,
                      "Correct or remove the port"));
    }
  }

  private void checkUplink(UplinkConfig uplink) {
    Optional<PortFacts> external = bridge.port(uplink.port());
    Optional<PortFacts> own = uplink.management().map(ManagementConfig::port).flatMap(bridge::port);
    external.ifPresent(this::checkVlan);
    own.ifPresent(this::checkVlan);
    if (!external.isPresent() || !own.isPresent()) {
      return;
    }
    int most = external.get().mtu().orElse(0);
    int least = own.get().mtu().orElse(most);
    if (least < most) {
      warn(
          portSubject(own.get()),
          "its MTU of "
              + least
              + " is smaller than that of its uplink "
              + external.get().name()
              + ", "
              + most
              + ": larger packets from outside do not get in",
          "Raise its MTU, or lower underlayMtu of every device to it");
    }
  }

  /** An operator who sets a tag expects frames to bear it. */
  private void checkVlan(PortFacts port) {
    if (!port.vlanSettings().isEmpty()) {
      warn(
          portSubject(port),
          String.join(" ", port.vlanSettings())
              + " has no effect: Open vSwitch tags for the action NORMAL only, and frames pass this"
              + " bridge as they are",
          "Clear it, and give the host a VLAN interface; or, where the switch encapsulates, connect"
              + " the bridge to an access port of another one (docs/model.md, Underlay VLAN)");
    }
  }

  private void checkTunnel(TunnelConfig tunnel) {
    if (tunnel instanceof TunnelConfig.Native) {
      bridge
          .port(((TunnelConfig.Native) tunnel).port())
          .ifPresent(
              port ->
                  checkTunnelPort(
                      port,
                      port.isFlowBased(),
                      "flow-based VXLAN port",
                      "options:remote_ip=flow options:key=flow"));
    } else if (tunnel instanceof TunnelConfig.PortPerRemote) {
      for (PortRef ref : ((TunnelConfig.PortPerRemote) tunnel).ports().values()) {
        bridge
            .port(ref)
            .ifPresent(
                port ->
                    checkTunnelPort(
                        port,
                        port.isKeyedByFlow(),
                        "VXLAN port with key=flow",
                        "options:key=flow"));
      }
    }
  }

  private void checkTunnelPort(PortFacts port, boolean fits, String wanted, String options) {
    if (!port.isVxlan() || !fits) {
      warn(
          portSubject(port),
          "it is no " + wanted + " (type " + port.type() + ", options " + port.options() + ")",
          "ovs-vsctl set interface " + port.name() + " type=vxlan " + options);
    }
    checkLocalAddress(port);
    checkDf(port);
    checkUserspace(port);
  }

  /**
   * Addresses of a host are not in its database; only what a tunnel port is told can be held
   * against it.
   */
  private void checkLocalAddress(PortFacts port) {
    Optional<IpAddress> local = port.localAddress();
    if (local.isPresent() && !device.vteps().contains(local.get())) {
      warn(
          portSubject(port),
          "it sends from "
              + local.get()
              + ", which is none of the device's VTEP addresses ("
              + (device.vteps().isEmpty() ? "it has none" : Joiner.on(", ").join(device.vteps()))
              + "): other devices do not expect it there",
          "Add the address to vteps, or correct options:local_ip of the port");
    }
  }

  private void checkDf(PortFacts port) {
    if (port.setsDf()) {
      warn(
          portSubject(port),
          "its outer packets bear DF (df_default=true): nobody on the way may fragment them",
          "ovs-vsctl set interface " + port.name() + " options:df_default=false");
    }
  }

  private void checkUserspace(PortFacts port) {
    if (bridge.datapath() == BridgeFacts.Datapath.USERSPACE) {
      warn(
          portSubject(port),
          "the userspace datapath neither sends outer packets in fragments nor takes those that"
              + " arrive in fragments",
          "Let no underlay in between be narrower than underlayMtu, or use tunnel mode"
              + " management-os");
    }
  }

  private void warn(String subject, String message, String remedy) {
    warnings.add(Warning.of(subject, message, remedy));
  }

  private String bridgeSubject() {
    return "bridge " + bridge.name();
  }

  private static String portSubject(PortFacts port) {
    return "port " + port.name();
  }
}
