/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.config;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.overlane.flowrules.model.IpAddress;
import org.overlane.flowrules.model.MacAddress;
import org.overlane.flowrules.model.Node;
import org.overlane.flowrules.model.PathLimit;
import org.overlane.flowrules.model.Profile;
import org.overlane.flowrules.model.TunnelEndpoint;
import org.overlane.flowrules.model.Zone;

/** What a device must satisfy whatever else is declared. */
final class DeviceChecks {
  private final DeviceConfig device;
  private final String path;
  private final Problems problems;

  private DeviceChecks(DeviceConfig device, Problems problems) {
    this.device = device;
    this.path = Paths.of(device.id());
    this.problems = problems;
  }

  static void check(DeviceConfig device, Problems problems) {
    DeviceChecks checks = new DeviceChecks(device, problems);
    checks.checkPorts();
    checks.checkManagementMacs();
    checks.checkVteps();
    checks.checkMtu();
    checks.checkFragmentRate();
    checks.checkTunnel();
    checks.checkHost();
    checks.checkZones();
    checks.checkProvision();
  }

  private void checkPorts() {
    Map<PortRef, PortRoles.Role> claims = new HashMap<>();
    for (PortRoles.Role role : PortRoles.of(device)) {
      PortRoles.Role other = claims.putIfAbsent(role.port(), role);
      if (other != null) {
        problems.add(
            role.path(),
            value(role.port()),
            "cannot be "
                + role.purpose()
                + ": the port is already "
                + other.purpose()
                + " ("
                + other.path()
                + ")",
            "Give every purpose a port of its own");
      }
    }
  }

  private void checkManagementMacs() {
    for (int i = 0; i < device.uplinks().size(); i++) {
      String field = path + ".uplinks[" + i + "].management.mac";
      device
          .uplinks()
          .get(i)
          .management()
          .flatMap(ManagementConfig::mac)
          .filter(mac -> !mac.isUnicast())
          .ifPresent(mac -> notUnicast(field, mac));
    }
  }

  private void notUnicast(String field, MacAddress mac) {
    problems.add(
        field,
        Problems.quote(mac.toString()),
        "must be a unicast MAC address",
        "Give the address of the interface itself");
  }

  private void checkVteps() {
    Set<IpAddress> seen = new HashSet<>();
    List<IpAddress> vteps = device.vteps();
    for (int i = 0; i < vteps.size(); i++) {
      String field = path + ".vteps[" + i + "]";
      String value = Problems.quote(vteps.get(i).toString());
      if (!vteps.get(i).isUnicast()) {
        problems.add(
            field, value, "must be a unicast address", "Give the address of the endpoint itself");
      }
      if (!seen.add(vteps.get(i))) {
        problems.add(field, value, "is listed twice", "Leave one of them out");
      }
    }
  }

  private void checkFragmentRate() {
    if (device.fragmentRate().isPresent() && device.profile() != Profile.OVS) {
      problems.add(
          path + ".fragmentRate",
          String.valueOf(device.fragmentRate().getAsInt()),
          "does not belong to profile " + device.profile().text(),
          "Leave it out: a plain OpenFlow 1.3 switch cannot tell fragments from other packets");
    }
  }

  private void checkMtu() {
    if (!device.underlayMtu().isPresent()) {
      return;
    }
    int mtu = device.underlayMtu().getAsInt();
    boolean ipv6 = hasIpv6(device);
    int least = leastMtu(device);
    if (mtu < least || mtu > Node.MAX_UNDERLAY_MTU) {
      problems.add(
          path + ".underlayMtu",
          Integer.toString(mtu),
          "must be "
              + least
              + " to "
              + Node.MAX_UNDERLAY_MTU
              + " bytes"
              + (ipv6 ? " on a device with an IPv6 VTEP address" : ""),
          "Give the IP MTU of the underlay: IP header included, Ethernet header not");
    }
  }

  private static boolean hasIpv6(DeviceConfig device) {
    return device.vteps().stream().anyMatch(IpAddress::isIpv6);
  }

  /** The smallest underlay MTU that the device's VTEP addresses allow. */
  static int leastMtu(DeviceConfig device) {
    return hasIpv6(device) ? PathLimit.IPV6_MINIMUM : Node.MIN_UNDERLAY_MTU;
  }

  private void checkTunnel() {
    if (!device.tunnel().isPresent()) {
      return;
    }
    TunnelConfig tunnel = device.tunnel().get();
    if (tunnel.mode() == TunnelEndpoint.Mode.NATIVE && device.profile() == Profile.OPENFLOW13) {
      problems.add(
          path + ".tunnel.mode",
          Problems.quote(tunnel.mode().text()),
          "does not work with profile openflow13: plain OpenFlow cannot set a tunnel's remote",
          "Use port-per-remote or management-os, or profile ovs");
    }
    if (tunnel instanceof TunnelConfig.PortPerRemote) {
      ((TunnelConfig.PortPerRemote) tunnel)
          .ports()
          .forEach(
              (remote, port) -> {
                if (device.vteps().contains(remote)) {
                  problems.add(
                      PortRoles.tunnelRole(path, remote, port).path(),
                      value(port),
                      "leads to a VTEP address of the device itself",
                      "Give ports for the other devices only");
                }
              });
    }
  }

  private void checkProvision() {
    if (device.provision().isPresent() && !device.ovsdb().isPresent()) {
      problems.add(
          path + ".provision",
          "{}",
          "needs the database of the device's host",
          "Give \"ovsdb\" its address, or leave provision out");
    }
  }

  private void checkHost() {
    if (device.host().filter(device.id()::equals).isPresent()) {
      problems.add(
          path + ".host",
          Problems.quote(device.id().toString()),
          "must be another device",
          "Leave it out: the device owns its VTEP addresses itself");
    }
  }

  private void checkZones() {
    if (device.host().isPresent() && !device.zones().equals(Zone.DEFAULT)) {
      problems.add(
          path + ".zones",
          device.zones().stream()
              .map(zone -> Problems.quote(zone.toString()))
              .collect(Collectors.joining(", ", "[", "]")),
          "does not belong to a bridge that serves a host: the zones of the host count",
          "Give the zones of " + device.host().get() + " there, and leave them out here");
    }
  }

  private static String value(PortRef port) {
    return port.port().isPresent() ? port.toString() : Problems.quote(port.toString());
  }
}
