/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.config;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
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
 * the lower id keeps it. What is declared comes before what ports announce.
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
    assembler.model.pathMtus(discovered.pathMtus());
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
    for (NodeId id : declared.devices().keySet()) {
      claims.put(id, new PortClaims(id, discovered));
    }
    UnderlayMtus mtus = new UnderlayMtus(declared, claims);
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
      int underlayMtu = mtus.of(device, pending);
      model.add(
          new DeviceAssembler(device, claims.get(device.id()), pending)
              .assemble(owners.vtepsOf(device, pending), host, networks, underlayMtu));
    }
  }

  private void addEndpoints(Map<Vni, Network> owners) {
    // Hash lookups: this loop is most of what a change of the model costs.
    Map<NetworkId, Network> networks = new HashMap<>(declared.networks());
    Map<List<Object>, EndpointConfig> macs = new HashMap<>();
    for (EndpointConfig endpoint : declared.endpoints().values()) {
      if (canHave(endpoint, networks, owners)) {
        EndpointConfig other = macs.putIfAbsent(identity(endpoint), endpoint);
        if (other == null) {
          model.add(attach(endpoint));
        } else {
          leftOut(
              endpoint,
              "mac",
              "another endpoint has MAC address "
                  + endpoint.mac()
                  + " in network "
                  + endpoint.network(),
              "Remove one of the endpoints, or correct its MAC address");
        }
      }
    }
    addAnnounced(networks, owners, macs);
  }

  /** What ports announce comes after all that is declared, which it cannot displace. */
  private void addAnnounced(
      Map<NetworkId, Network> networks,
      Map<Vni, Network> owners,
      Map<List<Object>, EndpointConfig> macs) {
    List<EndpointConfig> announced = new ArrayList<>(discovered.endpoints());
    announced.sort(
        Comparator.comparing(EndpointConfig::id)
            .thenComparing(EndpointConfig::device)
            .thenComparing(endpoint -> endpoint.port().toString()));
    for (EndpointConfig endpoint : announced) {
      EndpointConfig other = declared.endpoints().get(endpoint.id());
      if (other == null) {
        other = macs.get(identity(endpoint));
      }
      if (other == null) {
        if (canHave(endpoint, networks, owners)) {
          macs.put(identity(endpoint), endpoint);
          model.add(attach(endpoint));
        }
      } else if (!isSamePlace(endpoint, other)) {
        leftOut(
            endpoint,
            "port",
            "it is announced by port "
                + endpoint.port()
                + " of "
                + endpoint.device()
                + ", but endpoint "
                + other.id()
                + " is at port "
                + other.port()
                + " of "
                + other.device()
                + " already",
            "Remove the endpoint, or the external ids of the port");
      }
    }
  }

  private static ImmutableList<Object> identity(EndpointConfig endpoint) {
    return ImmutableList.of(endpoint.network(), endpoint.mac());
  }

  private boolean isSamePlace(EndpointConfig one, EndpointConfig other) {
    PortClaims ports = claims.get(one.device());
    return identity(one).equals(identity(other))
        && one.device().equals(other.device())
        && ports != null
        && ports.find(one.port()).equals(ports.find(other.port()));
  }

  /** Whether network and device are there; if not, the endpoint is left out and pending. */
  private boolean canHave(
      EndpointConfig endpoint, Map<NetworkId, Network> networks, Map<Vni, Network> owners) {
    Optional<Network> network = Optional.ofNullable(networks.get(endpoint.network()));
    if (!network.isPresent()) {
      leftOut(endpoint, "network", "there is no network " + endpoint.network(), "Add the network");
      return false;
    }
    Network owner = owners.get(network.get().vni());
    if (!owner.equals(network.get())) {
      leftOut(
          endpoint,
          "network",
          "VNI " + network.get().vni() + " of its network belongs to network " + owner.id(),
          "Give one of the networks another VNI");
      return false;
    }
    if (!claims.containsKey(endpoint.device())) {
      leftOut(
          endpoint,
          "device",
          "device " + endpoint.device() + " is not configured",
          "Configure the device, or correct its id");
      return false;
    }
    return true;
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
