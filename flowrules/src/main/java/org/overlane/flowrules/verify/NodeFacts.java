/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.flowrules.verify;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.overlane.flowrules.model.Endpoint;
import org.overlane.flowrules.model.NetworkId;
import org.overlane.flowrules.model.NetworkModel;
import org.overlane.flowrules.model.Node;
import org.overlane.flowrules.model.OfPort;
import org.overlane.flowrules.model.ProbeAddress;
import org.overlane.flowrules.model.Profile;
import org.overlane.flowrules.model.TunnelEndpoint;
import org.overlane.flowrules.model.Uplink;
import org.overlane.flowrules.openflow.Bits;

/** What a model asks of one node. Not thread-safe. */
final class NodeFacts {
  /** What a port is for. */
  enum Role {
    UPLINK,
    MANAGEMENT,
    TUNNEL,
    VM,
    NONE
  }

  private final NetworkModel model;
  private final Node node;
  private final SortedMap<OfPort, Role> roles = new TreeMap<>();
  private final Map<OfPort, Uplink> uplinks = new HashMap<>();
  private final Map<NetworkId, NetworkFacts> networks = new TreeMap<>();
  private final Map<OfPort, Map<Bits, Endpoint>> endpoints = new HashMap<>();

  NodeFacts(UnderlayFacts underlay, Node node) {
    this.model = underlay.model();
    this.node = node;
    for (Endpoint endpoint : underlay.model().endpointsAt(node.id())) {
      endpoint.port().ifPresent(p -> roles.put(p, Role.VM));
      endpoint
          .port()
          .ifPresent(
              p ->
                  endpoints
                      .computeIfAbsent(p, k -> new HashMap<>())
                      .put(Bits.of(endpoint.mac().toLong()), endpoint));
    }
    for (Uplink uplink : node.uplinks()) {
      roles.put(uplink.port(), Role.UPLINK);
      uplinks.put(uplink.port(), uplink);
      uplink
          .management()
          .ifPresent(
              m -> {
                roles.put(m.port(), Role.MANAGEMENT);
                uplinks.put(m.port(), uplink);
              });
    }
    node.tunnel().ifPresent(t -> t.ports().forEach(p -> roles.put(p, Role.TUNNEL)));
    boolean checksSize =
        node.profile() == Profile.OVS && node.sizeCheck() && node.tunnel().isPresent();
    for (NetworkId id : underlay.model().networksAt(node.id())) {
      networks.put(
          id, new NetworkFacts(underlay, node, underlay.model().networks().get(id), checksSize));
    }
  }

  Node node() {
    return node;
  }

  /** The ports that are for something. */
  SortedMap<OfPort, Role> roles() {
    return roles;
  }

  Role role(OfPort port) {
    return roles.getOrDefault(port, Role.NONE);
  }

  /** The uplink that a port is, or whose management port it is. */
  Uplink uplink(OfPort port) {
    return uplinks.get(port);
  }

  /** Those behind a port, by MAC. */
  Map<Bits, Endpoint> endpoints(OfPort port) {
    return endpoints.getOrDefault(port, new HashMap<>());
  }

  NetworkFacts network(NetworkId id) {
    return networks.get(id);
  }

  Collection<NetworkFacts> networks() {
    return networks.values();
  }

  /**
   * The networks whose frames may come in by a tunnel port: that of the port where each network has
   * its own, else all.
   */
  List<NetworkFacts> networksBehind(OfPort port) {
    if (!(node.tunnel().get() instanceof TunnelEndpoint.ManagementOs)) {
      return new ArrayList<>(networks.values());
    }
    List<NetworkFacts> behind = new ArrayList<>();
    ((TunnelEndpoint.ManagementOs) node.tunnel().get())
        .portByNetwork()
        .forEach(
            (id, own) -> {
              if (own.equals(port) && networks.containsKey(id)) {
                behind.add(networks.get(id));
              }
            });
    return behind;
  }

  /**
   * Whether frames of a network must be let in by one of the ports of {@link #networksBehind}:
   * where a port stands for a remote address, if a node that has the address has endpoints in the
   * network.
   */
  boolean mustAdmit(OfPort port, NetworkFacts network) {
    if (!(node.tunnel().get() instanceof TunnelEndpoint.PortPerRemote)) {
      return true;
    }
    return ((TunnelEndpoint.PortPerRemote) node.tunnel().get())
        .portByRemote().entrySet().stream()
            .filter(e -> e.getValue().equals(port))
            .anyMatch(
                e ->
                    network.byNode().keySet().stream()
                        .anyMatch(n -> model.node(n).get().vteps().contains(e.getKey())));
  }

  /** Where probes for the node are sent to, if it takes any. */
  Optional<Bits> probeAddress() {
    return node.takesProbes()
        ? Optional.of(Bits.of(ProbeAddress.of(node.id()).toLong()))
        : Optional.empty();
  }

  /** Whether packets of a tunnel port say their VNI; else the port does. */
  boolean isKeyed() {
    return !(node.tunnel().get() instanceof TunnelEndpoint.ManagementOs);
  }
}
