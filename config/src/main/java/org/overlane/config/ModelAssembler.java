/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.config;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.overlane.flowrules.model.Endpoint;
import org.overlane.flowrules.model.Network;
import org.overlane.flowrules.model.NetworkId;
import org.overlane.flowrules.model.NetworkModel;
import org.overlane.flowrules.model.NodeId;
import org.overlane.flowrules.model.OfPort;
import org.overlane.flowrules.model.Vni;

/**
 * Joins the declared with the discovered into the compiler's input. Whatever is missing or in
 * conflict is left out and reported as pending; the rest goes on. A pure function: it depends on
 * nothing but its arguments. It never throws, as long as each device by itself passes {@link
 * ModelChecks#checkDevice} and each endpoint has a unicast MAC address; the objects may contradict
 * each other, since the controller gets them one by one.
 *
 * <p>Where two references turn out to be one port, the first in this order keeps it: uplinks and
 * their management ports as declared, tunnel ports, endpoints by id. Where two devices claim one
 * VTEP address, two networks one VNI, or two endpoints one MAC address in a network, the one with
 * the lower id keeps it.
 */
public final class ModelAssembler {
  private final ModelDocument declared;
  private final PortDirectory discovered;
  private final Map<NodeId, PortClaims> claims = new HashMap<>();
  private final List<Pending> pending = new ArrayList<>();
  private final NetworkModel.Builder model = NetworkModel.builder();

  private ModelAssembler(ModelDocument declared, PortDirectory discovered) {
    this.declared = declared;
    this.discovered = discovered;
  }

  public static Assembly assemble(ModelDocument declared, PortDirectory discovered) {
    ModelAssembler assembler = new ModelAssembler(declared, discovered);
    Map<Vni, Network> owners = assembler.addNetworks();
    assembler.addDevices(owners.values().stream().map(Network::id).collect(Collectors.toSet()));
    assembler.addEndpoints(owners);
    return Assembly.of(assembler.model.build(), assembler.pending);
  }

  private Map<Vni, Network> addNetworks() {
    Map<Vni, Network> owners = new HashMap<>();
    for (Network network : declared.networks().values()) {
      if (owners.putIfAbsent(network.vni(), network) == null) {
        model.add(network);
      }
    }
    return owners;
  }

  private void addDevices(Set<NetworkId> networks) {
    VtepOwners owners = new VtepOwners(declared);
    for (DeviceConfig device : declared.devices().values()) {
      Optional<NodeId> host = owners.hostOf(device);
      if (device.host().isPresent() && !host.isPresent()) {
        pending.add(
            Pending.ofDevice(
                device.id(),
                Paths.of(device.id()) + ".host",
                "the bridge stands alone: host "
                    + device.host().get()
                    + " is not declared, or has a host itself",
                "Configure the host, or correct its id"));
      }
      PortClaims ports = new PortClaims(device.id(), discovered);
      claims.put(device.id(), ports);
      model.add(
          new DeviceAssembler(device, ports, pending)
              .assemble(owners.vtepsOf(device, pending), host, networks));
    }
  }

  private void addEndpoints(Map<Vni, Network> owners) {
    // Hash lookups: this loop is most of what a change of the model costs.
    Map<NetworkId, Network> networks = new HashMap<>(declared.networks());
    Set<List<Object>> macs = new HashSet<>();
    for (EndpointConfig endpoint : declared.endpoints().values()) {
      Optional<Network> network = Optional.ofNullable(networks.get(endpoint.network()));
      if (!network.isPresent()) {
        leftOut(
            endpoint, "network", "there is no network " + endpoint.network(), "Add the network");
      } else if (!owners.get(network.get().vni()).equals(network.get())) {
        leftOut(
            endpoint,
            "network",
            "VNI "
                + network.get().vni()
                + " of its network belongs to network "
                + owners.get(network.get().vni()).id(),
            "Give one of the networks another VNI");
      } else if (!claims.containsKey(endpoint.device())) {
        leftOut(
            endpoint,
            "device",
            "device " + endpoint.device() + " is not configured",
            "Configure the device, or correct its id");
      } else if (!macs.add(ImmutableList.of(endpoint.network(), endpoint.mac()))) {
        leftOut(
            endpoint,
            "mac",
            "another endpoint has MAC address "
                + endpoint.mac()
                + " in network "
                + endpoint.network(),
            "Remove one of the endpoints, or correct its MAC address");
      } else {
        model.add(attach(endpoint));
      }
    }
  }

  private Endpoint attach(EndpointConfig endpoint) {
    PortClaims.Outcome outcome = claims.get(endpoint.device()).attach(endpoint);
    Optional<OfPort> port = outcome.port();
    if (!port.isPresent()) {
      pending.add(
          Pending.ofEndpoint(
              endpoint,
              Paths.of(endpoint) + ".port",
              "the endpoint is not attached: " + outcome.reason(),
              outcome.remedy()));
    }
    return Endpoint.of(
        endpoint.id(), endpoint.network(), endpoint.mac(), endpoint.device(), port, endpoint.ips());
  }

  private void leftOut(EndpointConfig endpoint, String field, String reason, String remedy) {
    pending.add(
        Pending.ofEndpoint(
            endpoint,
            Paths.of(endpoint) + "." + field,
            "the endpoint is left out: " + reason,
            remedy));
  }
}
