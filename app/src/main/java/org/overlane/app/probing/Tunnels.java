/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.probing;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.ImmutableSortedSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.overlane.flowrules.feature.NodeContext;
import org.overlane.flowrules.feature.TunnelPath;
import org.overlane.flowrules.model.AddressFamily;
import org.overlane.flowrules.model.Endpoint;
import org.overlane.flowrules.model.IpAddress;
import org.overlane.flowrules.model.Network;
import org.overlane.flowrules.model.NetworkModel;
import org.overlane.flowrules.model.Node;
import org.overlane.flowrules.model.NodeId;
import org.overlane.flowrules.model.PathLimit;
import org.overlane.flowrules.model.TunnelEndpoint;
import org.overlane.tunnels.probing.ProbePath;

/**
 * Finds the tunnels of a model: between nodes that share a network, and no others. Of several
 * networks, the first by id whose frames get through lends its VNI to probes. A pure function.
 */
final class Tunnels {
  private final NetworkModel model;
  private final Map<ProbePath, Tunnel> found = new HashMap<>();

  private Tunnels(NetworkModel model) {
    this.model = model;
  }

  static ImmutableSortedMap<ProbePath, Tunnel> of(NetworkModel model) {
    Tunnels tunnels = new Tunnels(model);
    model.networks().values().forEach(tunnels::add);
    return ImmutableSortedMap.copyOf(tunnels.found);
  }

  private void add(Network network) {
    ImmutableSortedSet<NodeId> members = model.nodesOf(network.id());
    Map<NodeId, Integer> endpoints = new HashMap<>();
    for (Endpoint endpoint : model.endpointsOf(network.id())) {
      endpoints.merge(endpoint.node(), 1, Integer::sum);
    }
    for (NodeId from : members) {
      NodeContext context = new NodeContext(model, model.requireNode(from));
      for (NodeId to : members) {
        if (!from.equals(to)) {
          add(network, context, model.requireNode(to), endpoints.get(to));
        }
      }
    }
  }

  private void add(Network network, NodeContext from, Node to, int use) {
    PathLimit limit = PathLimit.between(model, network, from.node(), to);
    ProbePath path = ProbePath.of(from.node().id(), to.id(), limit.family());
    Tunnel known = found.get(path);
    if (known != null && !known.obstacle().isPresent()) {
      found.put(path, known.toBuilder().use(known.use() + use).build());
      return;
    }
    Optional<TunnelPath> way = TunnelPath.between(from, network, to);
    found.put(
        path,
        Tunnel.builder(path)
            .source(address(from.node(), limit.family()))
            .destination(limit.remote())
            .network(network.id())
            .bound(Math.min(model.underlayMtu(from.node()), model.underlayMtu(to)))
            .use(use + (known == null ? 0 : known.use()))
            .send(way.map(w -> w.send(network.vni())).orElse(ImmutableList.of()))
            .obstacle(obstacle(network, from.node(), to, way.isPresent()))
            .build());
  }

  private static Optional<IpAddress> address(Node node, AddressFamily family) {
    return node.vteps().stream().filter(a -> AddressFamily.of(a) == family).findFirst();
  }

  private static Optional<String> obstacle(Network network, Node from, Node to, boolean leaves) {
    if (!leaves) {
      return Optional.of(missing(from, network, to));
    }
    return arrives(network, from, to) ? Optional.empty() : Optional.of(missing(to, network, from));
  }

  private static String missing(Node at, Network network, Node other) {
    return at.id()
        + " has no tunnel port for network "
        + network.id()
        + " and "
        + other.id()
        + ", or they have no underlay family or transport zone in common";
  }

  /** Whether the receiver has a port by which frames of the network come in. */
  private static boolean arrives(Network network, Node from, Node to) {
    if (!to.tunnel().isPresent()) {
      return false;
    }
    TunnelEndpoint tunnel = to.tunnel().get();
    switch (tunnel.mode()) {
      case MANAGEMENT_OS:
        return ((TunnelEndpoint.ManagementOs) tunnel).portByNetwork().containsKey(network.id());
      case PORT_PER_REMOTE:
        return from.vteps().stream()
            .anyMatch(((TunnelEndpoint.PortPerRemote) tunnel).portByRemote()::containsKey);
      default:
        return true;
    }
  }
}
