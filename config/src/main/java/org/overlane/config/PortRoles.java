/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.config;

import com.google.common.collect.ImmutableList;
import java.util.Map;
import java.util.Optional;

/** What a device's ports are declared to be for, in the order in which they may claim a port. */
final class PortRoles {
  private PortRoles() {}

  /** One declared use of a port. */
  static final class Role {
    private final String path;
    private final PortRef port;
    private final String purpose;

    private Role(String path, PortRef port, String purpose) {
      this.path = path;
      this.port = port;
      this.purpose = purpose;
    }

    /** The field that names the port. */
    String path() {
      return path;
    }

    PortRef port() {
      return port;
    }

    /** For people: {@code the uplink}. */
    String purpose() {
      return purpose;
    }
  }

  /** Uplinks with their management ports as declared, then tunnel ports. */
  static ImmutableList<Role> of(DeviceConfig device) {
    String path = Paths.of(device.id());
    ImmutableList.Builder<Role> roles = ImmutableList.builder();
    for (int i = 0; i < device.uplinks().size(); i++) {
      UplinkConfig uplink = device.uplinks().get(i);
      roles.add(uplinkRole(path, i, uplink));
      Optional<Role> management = managementRole(path, i, uplink);
      management.ifPresent(roles::add);
    }
    device.tunnel().ifPresent(tunnel -> roles.addAll(ofTunnel(path, tunnel)));
    return roles.build();
  }

  static Role uplinkRole(String devicePath, int index, UplinkConfig uplink) {
    return new Role(devicePath + ".uplinks[" + index + "].port", uplink.port(), "an uplink");
  }

  static Optional<Role> managementRole(String devicePath, int index, UplinkConfig uplink) {
    return uplink
        .management()
        .map(
            m ->
                new Role(
                    devicePath + ".uplinks[" + index + "].management.port",
                    m.port(),
                    "a management port"));
  }

  private static ImmutableList<Role> ofTunnel(String devicePath, TunnelConfig tunnel) {
    if (tunnel instanceof TunnelConfig.Native) {
      return ImmutableList.of(nativeRole(devicePath, (TunnelConfig.Native) tunnel));
    }
    Map<?, PortRef> ports =
        tunnel instanceof TunnelConfig.ManagementOs
            ? ((TunnelConfig.ManagementOs) tunnel).ports()
            : ((TunnelConfig.PortPerRemote) tunnel).ports();
    return ports.entrySet().stream()
        .map(e -> tunnelRole(devicePath, e.getKey(), e.getValue()))
        .collect(ImmutableList.toImmutableList());
  }

  static Role nativeRole(String devicePath, TunnelConfig.Native tunnel) {
    return new Role(devicePath + ".tunnel.port", tunnel.port(), "a tunnel port");
  }

  /** The role of the port for one network or one remote. */
  static Role tunnelRole(String devicePath, Object key, PortRef port) {
    return new Role(
        devicePath + ".tunnel.ports[" + Problems.quote(key.toString()) + "]",
        port,
        "a tunnel port");
  }
}
