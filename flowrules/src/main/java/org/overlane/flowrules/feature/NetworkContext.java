/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.flowrules.feature;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedSet;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.overlane.flowrules.model.Announcement;
import org.overlane.flowrules.model.Endpoint;
import org.overlane.flowrules.model.Network;
import org.overlane.flowrules.model.NetworkModel;
import org.overlane.flowrules.model.Node;
import org.overlane.flowrules.model.NodeId;
import org.overlane.flowrules.model.OfPort;
import org.overlane.flowrules.model.PathLimit;
import org.overlane.flowrules.model.Vni;

/**
 * One network as seen from one node that has an endpoint in it: who is here, who is elsewhere and
 * by which path, and who cannot be reached and why. Immutable.
 */
public final class NetworkContext {
  private final NodeContext node;
  private final Network network;
  private final ImmutableList<Endpoint> local;
  private final ImmutableList<Endpoint> pending;
  private final ImmutableList<Endpoint> remote;
  private final ImmutableSortedSet<OfPort> localPorts;
  private final ImmutableSortedSet<TunnelPath> distinctPaths;
  private final Map<NodeId, TunnelPath> paths = new HashMap<>();
  private final Map<NodeId, PathLimit> limits = new HashMap<>();
  private final SortedMap<Obstacle, SortedSet<NodeId>> unreachable = new TreeMap<>();

  NetworkContext(NodeContext node, Network network) {
    this.node = node;
    this.network = network;
    ImmutableList.Builder<Endpoint> here = ImmutableList.builder();
    ImmutableList.Builder<Endpoint> portless = ImmutableList.builder();
    ImmutableList.Builder<Endpoint> elsewhere = ImmutableList.builder();
    ImmutableSortedSet.Builder<OfPort> ports = ImmutableSortedSet.naturalOrder();
    for (Endpoint endpoint : node.model().endpointsOf(network.id())) {
      if (!endpoint.node().equals(node.node().id())) {
        if (isReachable(endpoint.node())) {
          elsewhere.add(endpoint);
        }
      } else if (endpoint.port().isPresent()) {
        here.add(endpoint);
        ports.add(endpoint.port().get());
      } else {
        portless.add(endpoint);
      }
    }
    local = here.build();
    pending = portless.build();
    remote = elsewhere.build();
    localPorts = ports.build();
    distinctPaths = ImmutableSortedSet.copyOf(paths.values());
  }

  private boolean isReachable(NodeId id) {
    if (paths.containsKey(id)) {
      return true;
    }
    if (unreachable.values().stream().anyMatch(nodes -> nodes.contains(id))) {
      return false;
    }
    Node to = model().node(id).get();
    Optional<TunnelPath> path = TunnelPath.between(node, network, to);
    if (path.isPresent()) {
      paths.put(id, path.get());
      limits.put(id, PathLimit.between(model(), network, node.node(), to));
    } else {
      unreachable
          .computeIfAbsent(TunnelPath.obstacle(node, network, to), o -> new TreeSet<>())
          .add(id);
    }
    return path.isPresent();
  }

  private NetworkModel model() {
    return node.model();
  }

  public NodeContext node() {
    return node;
  }

  public Network network() {
    return network;
  }

  public Vni vni() {
    return network.vni();
  }

  /** What caused the network's own entries, for people. */
  String source() {
    return "network " + network.id();
  }

  /** What caused an endpoint's entries, for people. */
  static String source(Endpoint endpoint) {
    return "endpoint " + endpoint.id();
  }

  /** The endpoints on this node whose port is known, by id. */
  public ImmutableList<Endpoint> local() {
    return local;
  }

  /** Their ports, each once: several endpoints may be behind one. */
  public ImmutableSortedSet<OfPort> localPorts() {
    return localPorts;
  }

  /** The endpoints on this node whose port has not appeared. */
  public ImmutableList<Endpoint> pending() {
    return pending;
  }

  /** The endpoints on other nodes to which there is a path, by id. */
  public ImmutableList<Endpoint> remote() {
    return remote;
  }

  /** The other nodes with endpoints of the network, reachable or not. */
  public Set<NodeId> members() {
    Set<NodeId> members = new TreeSet<>(paths.keySet());
    unreachable.values().forEach(members::addAll);
    return members;
  }

  /** The path to a node of {@link #remote}. */
  public TunnelPath path(NodeId to) {
    return paths.get(to);
  }

  /** The paths to all nodes of {@link #remote}, each destination once, by address. */
  public ImmutableSortedSet<TunnelPath> paths() {
    return distinctPaths;
  }

  /** What fits on the path to a node of {@link #remote}. */
  public PathLimit limit(NodeId to) {
    return limits.get(to);
  }

  /** What fits on all paths; empty if there is none. */
  public Optional<PathLimit> smallestLimit() {
    return limits.values().stream().min(Comparator.naturalOrder());
  }

  /**
   * What fits on all paths whose endpoint does not fragment outer packets: multicast of that size
   * arrives everywhere. Empty if all do, or there is no path.
   */
  public Optional<PathLimit> smallestUnfragmented() {
    return limits.values().stream()
        .filter(limit -> !limit.endpointFragments())
        .min(Comparator.naturalOrder());
  }

  /** Whether the MSS of TCP connections to other nodes is lowered here. */
  public boolean clampsMss() {
    return network.mssClamping() && node.checksSize() && !paths.isEmpty();
  }

  /** Whether the MTU is set in messages of this kind that VMs send here. */
  public boolean advertises(Announcement announcement) {
    return network.advertiseMtu().contains(announcement) && !paths.isEmpty();
  }

  /** The nodes with endpoints of the network to which there is no path. */
  public SortedMap<Obstacle, SortedSet<NodeId>> unreachable() {
    return Collections.unmodifiableSortedMap(unreachable);
  }
}
