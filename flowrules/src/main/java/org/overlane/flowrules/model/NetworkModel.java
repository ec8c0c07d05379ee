/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.flowrules.model;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSetMultimap;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.ImmutableSortedSet;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * All nodes, networks and endpoints at one moment: the only input of the compiler. Immutable; equal
 * contents are equal models, whatever the order in which they were added.
 */
public final class NetworkModel {
  private final ImmutableSortedMap<NodeId, Node> nodes;
  private final ImmutableMap<NodeId, Node> nodeIndex;
  private final ImmutableSortedMap<NetworkId, Network> networks;
  private final ImmutableSortedMap<String, Endpoint> endpoints;
  private final ImmutableSetMultimap<NetworkId, Endpoint> byNetwork;
  private final ImmutableSetMultimap<NodeId, Endpoint> byNode;
  private final ImmutableSetMultimap<NodeId, NetworkId> networksOfNode;
  private final ImmutableMap<NodeId, Integer> underlayMtus;
  private final PathMtus pathMtus;

  private NetworkModel(Builder builder) {
    nodes = ImmutableSortedMap.copyOf(builder.nodes);
    nodeIndex = ImmutableMap.copyOf(nodes);
    networks = ImmutableSortedMap.copyOf(builder.networks);
    endpoints = ImmutableSortedMap.copyOf(builder.endpoints);
    ImmutableSetMultimap.Builder<NetworkId, Endpoint> network = ImmutableSetMultimap.builder();
    ImmutableSetMultimap.Builder<NodeId, Endpoint> node = ImmutableSetMultimap.builder();
    ImmutableSetMultimap.Builder<NodeId, NetworkId> present = ImmutableSetMultimap.builder();
    present.orderValuesBy(Comparator.naturalOrder());
    for (Endpoint endpoint : endpoints.values()) {
      network.put(endpoint.network(), endpoint);
      node.put(endpoint.node(), endpoint);
      present.put(endpoint.node(), endpoint.network());
    }
    byNetwork = network.build();
    byNode = node.build();
    networksOfNode = present.build();
    Map<NodeId, Integer> mtus = new HashMap<>();
    nodes.forEach((id, n) -> mtus.merge(n.host().orElse(id), n.underlayMtu(), Math::min));
    underlayMtus = ImmutableMap.copyOf(mtus);
    pathMtus = builder.pathMtus;
  }

  public static Builder builder() {
    return new Builder();
  }

  public static NetworkModel empty() {
    return builder().build();
  }

  public Builder toBuilder() {
    Builder builder = builder();
    builder.nodes.putAll(nodes);
    builder.networks.putAll(networks);
    builder.endpoints.putAll(endpoints);
    builder.pathMtus = pathMtus;
    return builder;
  }

  public ImmutableSortedMap<NodeId, Node> nodes() {
    return nodes;
  }

  /** A node by its id, faster than {@link #nodes}; empty if the model has none. */
  public Optional<Node> node(NodeId id) {
    return Optional.ofNullable(nodeIndex.get(id));
  }

  public ImmutableSortedMap<NetworkId, Network> networks() {
    return networks;
  }

  /** By id. */
  public ImmutableSortedMap<String, Endpoint> endpoints() {
    return endpoints;
  }

  /** The endpoints of a network on all nodes, ordered by id. */
  public ImmutableSet<Endpoint> endpointsOf(NetworkId network) {
    return byNetwork.get(network);
  }

  /** The endpoints of all networks on one node, ordered by id. */
  public ImmutableSet<Endpoint> endpointsAt(NodeId node) {
    return byNode.get(node);
  }

  /** The networks that have an endpoint on the node: those whose frames it sends and receives. */
  public ImmutableSet<NetworkId> networksAt(NodeId node) {
    return networksOfNode.get(node);
  }

  /**
   * The node of this id.
   *
   * @throws IllegalArgumentException if there is none
   */
  public Node requireNode(NodeId id) {
    return node(id).orElseThrow(() -> new IllegalArgumentException("the model has no node " + id));
  }

  /** The nodes with an endpoint in the network. */
  public ImmutableSortedSet<NodeId> nodesOf(NetworkId network) {
    return byNetwork.get(network).stream()
        .map(Endpoint::node)
        .collect(ImmutableSortedSet.toImmutableSortedSet(Comparator.naturalOrder()));
  }

  /**
   * The address to which {@code from} sends the network's frames for {@code to}: the first VTEP
   * address of {@code to}, in its own order, of the family that the network asks for; where it asks
   * for none, of the first family, in the order of {@code from}'s addresses, that both have. Empty
   * if there is none, or if the two are in no common zone.
   */
  public Optional<IpAddress> remoteVtep(Node from, Network network, Node to) {
    if (!from.sharesZoneWith(to)) {
      return Optional.empty();
    }
    for (IpAddress own : from.vteps()) {
      AddressFamily family = AddressFamily.of(own);
      if (network.underlay().isPresent() && network.underlay().get() != family) {
        continue;
      }
      for (IpAddress remote : to.vteps()) {
        if (AddressFamily.of(remote) == family) {
          return Optional.of(remote);
        }
      }
    }
    return Optional.empty();
  }

  /**
   * The largest IP packet that a node can send into the underlay, in bytes with IP header: its own
   * underlay MTU or that of the bridge that connects it, whichever is smaller; its own for a
   * bridge.
   */
  public int underlayMtu(Node node) {
    return underlayMtus.getOrDefault(node.id(), node.underlayMtu());
  }

  /** What probes have found about the underlay. */
  public PathMtus pathMtus() {
    return pathMtus;
  }

  @Override
  public boolean equals(Object other) {
    if (!(other instanceof NetworkModel)) {
      return false;
    }
    NetworkModel that = (NetworkModel) other;
    return nodes.equals(that.nodes)
        && networks.equals(that.networks)
        && endpoints.equals(that.endpoints)
        && pathMtus.equals(that.pathMtus);
  }

  @Override
  public int hashCode() {
    return Objects.hash(nodes, networks, endpoints, pathMtus);
  }

  @Override
  public String toString() {
    return nodes.size()
        + " nodes, "
        + networks.size()
        + " networks, "
        + endpoints.size()
        + " endpoints";
  }

  /** Collects the parts of a model in any order; the last value of an id wins. Not thread-safe. */
  public static final class Builder {
    final SortedMap<NodeId, Node> nodes = new TreeMap<>();
    final SortedMap<NetworkId, Network> networks = new TreeMap<>();
    final SortedMap<String, Endpoint> endpoints = new TreeMap<>();
    PathMtus pathMtus = PathMtus.UNKNOWN;

    private Builder() {}

    public Builder add(Node node) {
      nodes.put(node.id(), node);
      return this;
    }

    public Builder add(Network network) {
      networks.put(network.id(), network);
      return this;
    }

    public Builder add(Endpoint endpoint) {
      endpoints.put(endpoint.id(), endpoint);
      return this;
    }

    /** What probes have found; of nodes that the model does not have, it is ignored. */
    public Builder pathMtus(PathMtus found) {
      pathMtus = found;
      return this;
    }

    public Builder removeNode(NodeId id) {
      nodes.remove(id);
      return this;
    }

    public Builder removeNetwork(NetworkId id) {
      networks.remove(id);
      return this;
    }

    public Builder removeEndpoint(String id) {
      endpoints.remove(id);
      return this;
    }

    /**
     * The model.
     *
     * @throws ModelException with every contradiction between the parts: an endpoint in an unknown
     *     network or on an unknown node, two networks with one VNI, a MAC twice in a network, a
     *     VTEP address on two nodes that are not host and bridge of each other, an endpoint on a
     *     port that has another purpose
     */
    public NetworkModel build() {
      NetworkModel model = new NetworkModel(this);
      Collection<String> contradictions = ModelChecks.contradictions(model);
      if (!contradictions.isEmpty()) {
        throw new ModelException(contradictions);
      }
      return model;
    }
  }
}
