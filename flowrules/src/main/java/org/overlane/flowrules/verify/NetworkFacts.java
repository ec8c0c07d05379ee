/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.flowrules.verify;

import com.google.common.collect.ImmutableSortedSet;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.SortedSet;
import java.util.TreeSet;
import org.overlane.flowrules.model.Announcement;
import org.overlane.flowrules.model.Endpoint;
import org.overlane.flowrules.model.Network;
import org.overlane.flowrules.model.Node;
import org.overlane.flowrules.model.NodeId;
import org.overlane.flowrules.model.OfPort;
import org.overlane.flowrules.openflow.Bits;

/**
 * What a network asks of one node that has an endpoint in it. What concerns other nodes, of which a
 * big network has many, is worked out when it is first asked for. Not thread-safe.
 */
final class NetworkFacts {
  static final Destination UNKNOWN = Destination.nowhere("since no endpoint has that MAC");

  private static final Destination PENDING =
      Destination.nowhere("since the endpoint's port has not appeared");
  private static final Destination UNREACHABLE =
      Destination.nowhere("since there is no path to the endpoint's node");

  private final UnderlayFacts underlay;
  private final Node node;
  private final Network network;
  private final boolean checksSize;
  private final Map<Bits, Destination> byMac = new HashMap<>();
  private final Map<Bits, OfPort> localByMac = new LinkedHashMap<>();
  private final SortedSet<OfPort> localPorts = new TreeSet<>();
  private final Map<Object, RemotePath> remotes = new LinkedHashMap<>();
  private final Map<NodeId, Destination> byNode = new LinkedHashMap<>();
  private int multicastLimit = Integer.MAX_VALUE;
  private boolean complete;

  NetworkFacts(UnderlayFacts underlay, Node node, Network network, boolean checksSize) {
    this.underlay = underlay;
    this.node = node;
    this.network = network;
    this.checksSize = checksSize;
    for (Endpoint endpoint : underlay.model().endpointsAt(node.id())) {
      if (endpoint.network().equals(network.id()) && endpoint.port().isPresent()) {
        localByMac.put(Bits.of(endpoint.mac().toLong()), endpoint.port().get());
        localPorts.add(endpoint.port().get());
      }
    }
  }

  private void complete() {
    if (complete) {
      return;
    }
    complete = true;
    Map<OfPort, Destination> byPort = new HashMap<>();
    for (Endpoint endpoint : underlay.model().endpointsOf(network.id())) {
      Bits mac = Bits.of(endpoint.mac().toLong());
      if (!endpoint.node().equals(node.id())) {
        byMac.put(mac, byNode.computeIfAbsent(endpoint.node(), this::remote));
      } else if (endpoint.port().isPresent()) {
        byMac.put(mac, byPort.computeIfAbsent(endpoint.port().get(), Destination::local));
      } else {
        byMac.put(mac, PENDING);
      }
    }
  }

  private Destination remote(NodeId to) {
    return underlay
        .path(node, network, underlay.model().node(to).get())
        .map(
            path -> {
              remotes.putIfAbsent(path.target(), path);
              if (!path.fragments()) {
                multicastLimit = Math.min(multicastLimit, path.frameLimit());
              }
              return Destination.remote(path);
            })
        .orElse(UNREACHABLE);
  }

  Network network() {
    return network;
  }

  Bits key() {
    return Bits.of(network.vni().toInt());
  }

  /** Where frames to a MAC should go. */
  Destination destination(Bits mac) {
    complete();
    return byMac.getOrDefault(mac, UNKNOWN);
  }

  /** All MACs of the network. */
  Collection<Bits> macs() {
    complete();
    return byMac.keySet();
  }

  /** The ports of those that are on the node. */
  Map<Bits, OfPort> localByMac() {
    return localByMac;
  }

  SortedSet<OfPort> localPorts() {
    return localPorts;
  }

  /** A path for each destination that must get a copy of multicast. */
  Collection<RemotePath> remotes() {
    complete();
    return remotes.values();
  }

  /** The other nodes with endpoints, and how frames get there. */
  Map<NodeId, Destination> byNode() {
    complete();
    return Collections.unmodifiableMap(byNode);
  }

  boolean checksSize() {
    return checksSize;
  }

  /** Whether SYNs for other nodes go to the controller. */
  boolean clamps() {
    return checksSize && network.mssClamping() && !remotes().isEmpty();
  }

  /** The messages of VMs in which the MTU is set, if it is anywhere. */
  ImmutableSortedSet<Announcement> advertises() {
    return remotes().isEmpty() ? ImmutableSortedSet.of() : network.advertiseMtu();
  }

  /** The largest multicast frame that arrives everywhere; empty if there is no limit. */
  OptionalInt multicastLimit() {
    complete();
    return checksSize && multicastLimit != Integer.MAX_VALUE
        ? OptionalInt.of(multicastLimit)
        : OptionalInt.empty();
  }

  @Override
  public String toString() {
    return "network " + network.id();
  }
}
