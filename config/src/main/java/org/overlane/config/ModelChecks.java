/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.config;

import com.google.common.collect.ImmutableList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.overlane.flowrules.model.IpAddress;
import org.overlane.flowrules.model.Network;
import org.overlane.flowrules.model.NodeId;
import org.overlane.flowrules.model.Vni;

/**
 * What declared objects must satisfy by themselves and together. Ports are compared as they are
 * written; two references that turn out to be one port on the switch are for {@link
 * ModelAssembler}.
 */
public final class ModelChecks {
  private final ModelDocument document;
  private final Problems problems;

  private ModelChecks(ModelDocument document, Problems problems) {
    this.document = document;
    this.problems = problems;
  }

  /**
   * Everything that can never be right: problems of single devices, two objects that claim the same
   * VNI, MAC, VTEP address or port, and endpoints in a network that does not exist. Empty: the
   * document can be put to work, even if parts of it wait for others.
   */
  public static ImmutableList<Problem> check(ModelDocument document) {
    Problems problems = new Problems(ReaderLimits.DEFAULT.problems());
    check(document, true, true, problems);
    return problems.list();
  }

  /**
   * As {@link #check(ModelDocument)}, of a document that may lack what could not be read: nothing
   * is blamed for what it refers to then.
   */
  static void check(
      ModelDocument document,
      boolean devicesComplete,
      boolean networksComplete,
      Problems problems) {
    ModelChecks checks = new ModelChecks(document, problems);
    document.devices().values().forEach(d -> DeviceChecks.check(d, problems));
    checks.checkVnis();
    checks.checkVteps();
    if (devicesComplete) {
      checks.checkBridges();
    }
    if (networksComplete) {
      checks.checkNetworksOfEndpoints();
    }
    checks.checkMacs();
    checks.checkPortsOfEndpoints();
    checks.checkPortsAndMacs();
  }

  /**
   * References to objects that are not in the document and may come later: the device of an
   * endpoint, the host of a bridge, the networks of a management-OS tunnel. In the controller they
   * are pending; a file that should be complete must have none.
   */
  public static ImmutableList<Problem> danglingReferences(ModelDocument document) {
    Problems problems = new Problems(ReaderLimits.DEFAULT.problems());
    ModelChecks checks = new ModelChecks(document, problems);
    checks.findUnknownHosts();
    checks.findUnknownTunnelNetworks();
    checks.findUnknownDevices();
    return problems.list();
  }

  /** What a device must satisfy whatever else is declared. */
  public static ImmutableList<Problem> checkDevice(DeviceConfig device) {
    Problems problems = new Problems(ReaderLimits.DEFAULT.problems());
    DeviceChecks.check(device, problems);
    return problems.list();
  }

  private void checkVnis() {
    Map<Vni, Network> owners = new HashMap<>();
    for (Network network : document.networks().values()) {
      Network other = owners.putIfAbsent(network.vni(), network);
      if (other != null) {
        problems.add(
            Paths.of(network.id()) + ".vni",
            network.vni().toString(),
            "must be the only use of this VNI: network " + other.id() + " has it",
            "Give one of the networks another VNI");
      }
    }
  }

  private void checkVteps() {
    Map<IpAddress, NodeId> owners = new HashMap<>();
    for (DeviceConfig device : document.devices().values()) {
      for (int i = 0; i < device.vteps().size() && !device.host().isPresent(); i++) {
        IpAddress vtep = device.vteps().get(i);
        NodeId other = owners.putIfAbsent(vtep, device.id());
        if (other != null && !other.equals(device.id())) {
          problems.add(
              Paths.of(device.id()) + ".vteps[" + i + "]",
              Problems.quote(vtep.toString()),
              "must be an address of one device only: " + other + " has it",
              "Correct one of them; if this bridge serves the endpoint of "
                  + other
                  + ", add \"host\": \""
                  + other
                  + "\"");
        }
      }
    }
  }

  private void checkBridges() {
    for (DeviceConfig bridge : document.devices().values()) {
      bridge
          .host()
          .filter(id -> !id.equals(bridge.id()))
          .map(document.devices()::get)
          .ifPresent(host -> checkBridge(bridge, host));
    }
  }

  private void checkBridge(DeviceConfig bridge, DeviceConfig host) {
    if (host.host().isPresent()) {
      problems.add(
          Paths.of(bridge.id()) + ".host",
          Problems.quote(host.id().toString()),
          "must own its VTEP addresses, but serves those of " + host.host().get(),
          "Name the device that owns the addresses");
      return;
    }
    for (int i = 0; i < bridge.vteps().size(); i++) {
      if (!host.vteps().contains(bridge.vteps().get(i))) {
        problems.add(
            Paths.of(bridge.id()) + ".vteps[" + i + "]",
            Problems.quote(bridge.vteps().get(i).toString()),
            "must be an address of the host " + host.id(),
            "Add it to the vteps of the host, or leave it out here");
      }
    }
  }

  private void checkNetworksOfEndpoints() {
    for (EndpointConfig endpoint : document.endpoints().values()) {
      if (!document.networks().containsKey(endpoint.network())) {
        problems.add(
            Paths.of(endpoint) + ".network",
            Problems.quote(endpoint.network().toString()),
            "must be a network of the model",
            "Declare the network first, or correct its id");
      }
    }
  }

  private void checkMacs() {
    Map<List<Object>, EndpointConfig> owners = new HashMap<>();
    for (EndpointConfig endpoint : document.endpoints().values()) {
      if (!endpoint.mac().isUnicast()) {
        problems.add(
            Paths.of(endpoint) + ".mac",
            Problems.quote(endpoint.mac().toString()),
            "must be a unicast MAC address",
            "Give the address of the interface itself");
      }
      EndpointConfig other =
          owners.putIfAbsent(ImmutableList.of(endpoint.network(), endpoint.mac()), endpoint);
      if (other != null) {
        problems.add(
            Paths.of(endpoint) + ".mac",
            Problems.quote(endpoint.mac().toString()),
            "must be unique in network "
                + endpoint.network()
                + ": endpoint "
                + other.id()
                + " has it",
            "Remove one of the endpoints, or correct its MAC address");
      }
    }
  }

  private void checkPortsOfEndpoints() {
    Map<NodeId, Map<PortRef, PortRoles.Role>> roles = new HashMap<>();
    for (DeviceConfig device : document.devices().values()) {
      Map<PortRef, PortRoles.Role> ofDevice = new HashMap<>();
      PortRoles.of(device).forEach(role -> ofDevice.putIfAbsent(role.port(), role));
      roles.put(device.id(), ofDevice);
    }
    for (EndpointConfig endpoint : document.endpoints().values()) {
      Optional.ofNullable(roles.get(endpoint.device()))
          .map(ofDevice -> ofDevice.get(endpoint.port()))
          .ifPresent(
              role ->
                  portProblem(
                      endpoint,
                      "cannot have an endpoint: the port is "
                          + role.purpose()
                          + " ("
                          + role.path()
                          + ")",
                      "Give the port that the endpoint is attached to"));
    }
  }

  /** Port and source MAC address decide to which network a frame belongs. */
  private void checkPortsAndMacs() {
    Map<List<Object>, EndpointConfig> owners = new HashMap<>();
    for (EndpointConfig endpoint : document.endpoints().values()) {
      EndpointConfig other =
          owners.putIfAbsent(
              ImmutableList.of(endpoint.device(), endpoint.port(), endpoint.mac()), endpoint);
      if (other != null && !other.network().equals(endpoint.network())) {
        portProblem(
            endpoint,
            "has MAC address "
                + endpoint.mac()
                + " already in network "
                + other.network()
                + " (endpoint "
                + other.id()
                + "): its frames would belong to two networks",
            "Give one of the endpoints another port or MAC address");
      }
    }
  }

  private void portProblem(EndpointConfig endpoint, String message, String remedy) {
    problems.add(
        Paths.of(endpoint) + ".port", Problems.quote(endpoint.port().toString()), message, remedy);
  }

  private void findUnknownHosts() {
    for (DeviceConfig device : document.devices().values()) {
      if (device.host().isPresent() && !document.devices().containsKey(device.host().get())) {
        problems.add(
            Paths.of(device.id()) + ".host",
            Problems.quote(device.host().get().toString()),
            "must be a device of the model",
            "Add the device, or correct its id");
      }
    }
  }

  private void findUnknownTunnelNetworks() {
    for (DeviceConfig device : document.devices().values()) {
      if (!(device.tunnel().orElse(null) instanceof TunnelConfig.ManagementOs)) {
        continue;
      }
      ((TunnelConfig.ManagementOs) device.tunnel().get())
          .ports()
          .forEach(
              (network, port) -> {
                if (!document.networks().containsKey(network)) {
                  problems.add(
                      PortRoles.tunnelRole(Paths.of(device.id()), network, port).path(),
                      port.toString(),
                      "must belong to a network of the model",
                      "Add the network, or correct its id");
                }
              });
    }
  }

  private void findUnknownDevices() {
    for (EndpointConfig endpoint : document.endpoints().values()) {
      if (!document.devices().containsKey(endpoint.device())) {
        problems.add(
            Paths.of(endpoint) + ".device",
            Problems.quote(endpoint.device().toString()),
            "must be a device of the model",
            "Add the device, or correct its id");
      }
    }
  }
}
