/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.config;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import org.overlane.flowrules.model.AddressFamily;
import org.overlane.flowrules.model.IpAddress;
import org.overlane.flowrules.model.MacAddress;
import org.overlane.flowrules.model.ManagementPort;
import org.overlane.flowrules.model.NetworkId;
import org.overlane.flowrules.model.Node;
import org.overlane.flowrules.model.NodeId;
import org.overlane.flowrules.model.OfPort;
import org.overlane.flowrules.model.TunnelEndpoint;
import org.overlane.flowrules.model.Uplink;

/** Makes one node from one declared device and the ports of its switch. Not thread-safe. */
final class DeviceAssembler {
  private final DeviceConfig device;
  private final String path;
  private final PortClaims claims;
  private final List<Pending> pending;

  DeviceAssembler(DeviceConfig device, PortClaims claims, List<Pending> pending) {
    this.device = device;
    this.path = Paths.of(device.id());
    this.claims = claims;
    this.pending = pending;
  }

  /**
   * The node.
   *
   * @param vteps the addresses that are left to the device, in its own order
   * @param host the host, if it can be had
   * @param networks the networks of the model
   * @param underlayMtu what the underlay carries, at most
   */
  Node assemble(
      List<IpAddress> vteps, Optional<NodeId> host, Set<NetworkId> networks, int underlayMtu) {
    if (!claims.isKnown()) {
      leftOut(
          path,
          "no port is used: switch " + device.id() + " has not connected yet",
          "Connect it to the controller");
    }
    // In this order: the first that claims a port keeps it.
    ImmutableList<Uplink> uplinks = uplinks();
    Optional<TunnelEndpoint> tunnel = device.tunnel().flatMap(t -> tunnel(t, networks));
    return Node.builder(device.id())
        .profile(device.profile())
        .uplinks(uplinks)
        .tunnel(tunnel)
        .vteps(vteps)
        .zones(device.zones())
        .host(host)
        .underlayMtu(underlayMtu)
        .replication(device.effectiveReplication())
        .fragmentRate(fragmentRate())
        .declaredFragments(fragments(tunnel))
        .sizeCheck(claims.carriesSizeCheck())
        .takesProbes(claims.takesProbes())
        .build();
  }

  private Optional<Integer> fragmentRate() {
    OptionalInt rate = device.fragmentRate();
    return rate.isPresent() ? Optional.of(rate.getAsInt()) : Optional.empty();
  }

  /** As declared; else, of a tunnel of the switch's own, as discovered. */
  private Optional<ImmutableSet<AddressFamily>> fragments(Optional<TunnelEndpoint> tunnel) {
    Optional<ImmutableSet<AddressFamily>> declared =
        device.tunnel().flatMap(TunnelConfig::fragments);
    return declared.isPresent()
        ? declared
        : tunnel
            .filter(TunnelEndpoint.Native.class::isInstance)
            .flatMap(t -> claims.fragmentsOver(((TunnelEndpoint.Native) t).port()));
  }

  private ImmutableList<Uplink> uplinks() {
    ImmutableList.Builder<Uplink> uplinks = ImmutableList.builder();
    for (int i = 0; i < device.uplinks().size(); i++) {
      UplinkConfig declared = device.uplinks().get(i);
      Optional<OfPort> port = claim(PortRoles.uplinkRole(path, i, declared), "the uplink");
      if (port.isPresent()) {
        uplinks.add(Uplink.of(port.get(), management(i, declared)));
      }
    }
    return uplinks.build();
  }

  private Optional<ManagementPort> management(int index, UplinkConfig uplink) {
    Optional<OfPort> port =
        PortRoles.managementRole(path, index, uplink)
            .flatMap(role -> claim(role, "the management port"));
    if (!port.isPresent()) {
      return Optional.empty();
    }
    Optional<MacAddress> declared = uplink.management().flatMap(ManagementConfig::mac);
    Optional<MacAddress> mac = declared.isPresent() ? declared : claims.mac(port.get());
    if (!mac.isPresent()) {
      leftOut(
          path + ".uplinks[" + index + "].management.mac",
          "the management port is left out: no MAC address of port " + port.get() + " is known",
          "Give its MAC address");
    }
    return mac.map(address -> ManagementPort.of(port.get(), address));
  }

  private Optional<TunnelEndpoint> tunnel(TunnelConfig tunnel, Set<NetworkId> networks) {
    if (tunnel instanceof TunnelConfig.Native) {
      return claim(PortRoles.nativeRole(path, (TunnelConfig.Native) tunnel), "the tunnel")
          .map(TunnelEndpoint.Native::of);
    }
    if (tunnel instanceof TunnelConfig.PortPerRemote) {
      return Optional.of(
          TunnelEndpoint.PortPerRemote.of(
              claimAll(((TunnelConfig.PortPerRemote) tunnel).ports(), "the tunnel to ")));
    }
    Map<NetworkId, OfPort> ports =
        claimAll(((TunnelConfig.ManagementOs) tunnel).ports(), "the tunnel of network ");
    for (NetworkId network : ((TunnelConfig.ManagementOs) tunnel).ports().keySet()) {
      if (!networks.contains(network) && ports.remove(network) != null) {
        leftOut(
            path + ".tunnel.ports[" + Problems.quote(network.toString()) + "]",
            "the tunnel of network " + network + " is left out: there is no such network",
            "Add the network, or correct its id");
      }
    }
    return Optional.of(TunnelEndpoint.ManagementOs.of(ports));
  }

  private <K extends Comparable<K>> Map<K, OfPort> claimAll(Map<K, PortRef> declared, String what) {
    Map<K, OfPort> ports = new TreeMap<>();
    declared.forEach(
        (key, ref) ->
            claim(PortRoles.tunnelRole(path, key, ref), what + key)
                .ifPresent(port -> ports.put(key, port)));
    return ports;
  }

  private Optional<OfPort> claim(PortRoles.Role role, String what) {
    PortClaims.Outcome outcome = claims.claim(role);
    if (!outcome.port().isPresent() && claims.isKnown()) {
      leftOut(role.path(), what + " is left out: " + outcome.reason(), outcome.remedy());
    }
    return outcome.port();
  }

  private void leftOut(String field, String reason, String remedy) {
    pending.add(Pending.ofDevice(device.id(), field, reason, remedy));
  }
}
