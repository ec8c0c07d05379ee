/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.config;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.overlane.flowrules.model.AddressFamily;
import org.overlane.flowrules.model.IpAddress;
import org.overlane.flowrules.model.MacAddress;
import org.overlane.flowrules.model.NetworkId;
import org.overlane.flowrules.model.Node;
import org.overlane.flowrules.model.NodeId;
import org.overlane.flowrules.model.Profile;
import org.overlane.flowrules.model.Replication;
import org.overlane.flowrules.model.TunnelEndpoint;
import org.overlane.flowrules.model.Zone;

/** The fields of a device: the content of {@code devices/<id>/overlane}. */
final class DeviceFields {
  private DeviceFields() {}

  /**
   * The device as far as it can be read; what cannot is noted as a problem and left out. Empty if
   * it is no object at all.
   */
  static Optional<DeviceConfig> read(NodeId id, Cursor at) {
    if (!at.isObject(ModelObject.DEVICE.names())) {
      return Optional.empty();
    }
    DeviceConfig.Builder device = DeviceConfig.builder(id);
    at.optional("name").flatMap(Scalars::name).ifPresent(device::name);
    at.optional("profile")
        .flatMap(f -> f.choice(Profile.class, Profile::text))
        .ifPresent(device::profile);
    at.optional("uplinks")
        .ifPresent(
            f -> device.uplinks(all(f.elements(ModelObject.Limits.UPLINKS), DeviceFields::uplink)));
    at.optional("zones").ifPresent(f -> zones(f, device));
    at.optional("underlayMtu").ifPresent(f -> readMtu(f, device));
    at.optional("fragmentRate").ifPresent(f -> readFragmentRate(f, device));
    at.optional("replication")
        .flatMap(f -> f.choice(Replication.class, Replication::text))
        .ifPresent(device::replication);
    at.optional("ovsdb").flatMap(Scalars::ovsdbAddress).ifPresent(device::ovsdb);
    Optional<ProvisionConfig> provision = at.optional("provision").flatMap(DeviceFields::provision);
    provision.ifPresent(device::provision);
    boolean makesPort = provision.map(ProvisionConfig::tunnel).orElse(false);
    at.optional("tunnel").flatMap(f -> tunnel(f, makesPort)).ifPresent(device::tunnel);
    ImmutableList<IpAddress> vteps =
        at.optional("vteps")
            .map(f -> all(f.elements(ModelObject.Limits.VTEPS), Scalars::unicastIp))
            .orElse(ImmutableList.of());
    Optional<Cursor> hostField = at.optional("host");
    Optional<NodeId> host = hostField.flatMap(Scalars::deviceId);
    host.ifPresent(device::host);
    if (hostField.isPresent() == host.isPresent()) {
      // With an unreadable host it is unknown whose the addresses are: no check may blame them.
      device.vteps(vteps);
    }
    return Optional.of(device.build());
  }

  private static <T> ImmutableList<T> all(
      ImmutableList<Cursor> elements, Function<Cursor, Optional<T>> reader) {
    ImmutableList.Builder<T> all = ImmutableList.builder();
    elements.forEach(e -> reader.apply(e).ifPresent(all::add));
    return all.build();
  }

  private static void zones(Cursor at, DeviceConfig.Builder device) {
    SortedSet<Zone> zones = new TreeSet<>();
    for (Cursor element : at.elements(ModelObject.Limits.ZONES)) {
      Optional<Zone> zone = Scalars.zone(element);
      if (zone.isPresent() && !zones.add(zone.get())) {
        element.problem("is listed twice", "Leave one of them out");
      }
    }
    if (at.isEmptyArray()) {
      at.problem(
          "must have at least one zone",
          "Name a zone, or leave the field out to be in zone \"default\"");
    }
    if (!zones.isEmpty()) {
      device.zones(zones);
    }
  }

  private static void readMtu(Cursor at, DeviceConfig.Builder device) {
    OptionalLong mtu =
        at.integer(
            Node.MIN_UNDERLAY_MTU,
            Node.MAX_UNDERLAY_MTU,
            "the underlay MTU (bytes, IP header included, Ethernet header not)");
    mtu.ifPresent(bytes -> device.underlayMtu((int) bytes));
  }

  private static void readFragmentRate(Cursor at, DeviceConfig.Builder device) {
    OptionalLong rate =
        at.integer(1, Node.MAX_FRAGMENT_RATE, "the rate of received fragments (packets a second)");
    rate.ifPresent(packets -> device.fragmentRate((int) packets));
  }

  private static Optional<UplinkConfig> uplink(Cursor at) {
    if (!at.isObject(ModelObject.UPLINK.names())) {
      return Optional.empty();
    }
    Optional<PortRef> port =
        at.required("port", "Give the number or name of the port towards the underlay")
            .flatMap(Scalars::port);
    Optional<ManagementConfig> management =
        at.optional("management").flatMap(DeviceFields::management);
    return port.map(p -> UplinkConfig.of(p, management));
  }

  private static Optional<ManagementConfig> management(Cursor at) {
    if (!at.isObject(ModelObject.MANAGEMENT.names())) {
      return Optional.empty();
    }
    Optional<PortRef> port =
        at.required("port", "Give the number or name of the management port, or LOCAL")
            .flatMap(Scalars::port);
    Optional<MacAddress> mac = at.optional("mac").flatMap(Scalars::unicastMac);
    return port.map(p -> ManagementConfig.of(p, mac));
  }

  private static Optional<ProvisionConfig> provision(Cursor at) {
    if (!at.isObject(ModelObject.PROVISION.names())) {
      return Optional.empty();
    }
    ProvisionConfig.Policy policy =
        at.optional("policy")
            .flatMap(f -> f.choice(ProvisionConfig.Policy.class, ProvisionConfig.Policy::text))
            .orElse(ProvisionConfig.Policy.APPLY);
    boolean tunnel = at.optional("tunnel").flatMap(Cursor::flag).orElse(true);
    ImmutableList<String> controllers =
        at.optional("controllers")
            .map(f -> all(f.elements(ModelObject.Limits.CONTROLLERS), Scalars::controllerTarget))
            .orElse(ImmutableList.of());
    return Optional.of(ProvisionConfig.of(policy, tunnel, controllers));
  }

  private static Optional<TunnelConfig> tunnel(Cursor at, boolean makesPort) {
    if (!at.isObject(ModelObject.TUNNEL.names())) {
      return Optional.empty();
    }
    Optional<TunnelEndpoint.Mode> mode =
        at.required("mode", "Give native, management-os or port-per-remote")
            .flatMap(f -> f.choice(TunnelEndpoint.Mode.class, TunnelEndpoint.Mode::text));
    Optional<ImmutableSet<AddressFamily>> fragments =
        at.optional("fragments").map(DeviceFields::families);
    return mode.flatMap(m -> tunnel(m, fragments, at, makesPort));
  }

  private static Optional<TunnelConfig> tunnel(
      TunnelEndpoint.Mode mode,
      Optional<ImmutableSet<AddressFamily>> fragments,
      Cursor at,
      boolean makesPort) {
    boolean one = mode == TunnelEndpoint.Mode.NATIVE;
    at.optional(one ? "ports" : "port")
        .ifPresent(
            f ->
                f.problem(
                    "does not belong to tunnel mode " + mode.text(),
                    "Give " + (one ? "\"port\"" : "\"ports\"") + " instead"));
    if (one && makesPort && !at.has("port")) {
      return Optional.of(TunnelConfig.Native.of(ProvisionConfig.DEFAULT_TUNNEL_PORT, fragments));
    }
    if (one) {
      return at.required("port", "Give the number or name of the flow-based tunnel port")
          .flatMap(Scalars::port)
          .map(port -> TunnelConfig.Native.of(port, fragments));
    }
    return mode == TunnelEndpoint.Mode.MANAGEMENT_OS
        ? at.required("ports", "Give an object from network id to port")
            .map(f -> TunnelConfig.ManagementOs.of(ports(f, DeviceFields::networkKey), fragments))
        : at.required("ports", "Give an object from remote VTEP address to port")
            .map(f -> TunnelConfig.PortPerRemote.of(ports(f, DeviceFields::remoteKey), fragments));
  }

  private static ImmutableSet<AddressFamily> families(Cursor at) {
    Set<AddressFamily> families = EnumSet.noneOf(AddressFamily.class);
    for (Cursor element : at.elements(AddressFamily.values().length)) {
      Optional<AddressFamily> family = element.choice(AddressFamily.class, AddressFamily::text);
      if (family.isPresent() && !families.add(family.get())) {
        element.problem("is listed twice", "Leave one of them out");
      }
    }
    return ImmutableSet.copyOf(families);
  }

  private static <K extends Comparable<K>> Map<K, PortRef> ports(
      Cursor at, Function<String, Optional<K>> keyReader) {
    Map<K, PortRef> ports = new TreeMap<>();
    at.entries(ModelObject.Limits.TUNNEL_PORTS)
        .forEach(
            (text, value) -> {
              Optional<K> key = keyReader.apply(text);
              Optional<PortRef> port = Scalars.port(value);
              if (!key.isPresent()) {
                value.problem(
                    "has a key that does not fit the tunnel mode",
                    "management-os: network ids; port-per-remote: unicast VTEP addresses");
              } else if (port.isPresent() && ports.put(key.get(), port.get()) != null) {
                value.problem(
                    "is the same key as another one, written differently", "Leave it out");
              }
            });
    return ports;
  }

  private static Optional<NetworkId> networkKey(String text) {
    return Scalars.isNetworkId(text) ? Optional.of(NetworkId.of(text)) : Optional.empty();
  }

  private static Optional<IpAddress> remoteKey(String text) {
    try {
      return Optional.of(IpAddress.parse(text)).filter(IpAddress::isUnicast);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
