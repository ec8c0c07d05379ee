/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.flowrules.verify;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.overlane.flowrules.model.AddressFamily;
import org.overlane.flowrules.model.IpAddress;
import org.overlane.flowrules.model.Network;
import org.overlane.flowrules.model.NetworkModel;
import org.overlane.flowrules.model.Node;
import org.overlane.flowrules.model.NodeId;
import org.overlane.flowrules.model.OfPort;
import org.overlane.flowrules.model.TunnelEndpoint;
import org.overlane.flowrules.model.Zone;

/**
 * What a model says about tunnels and sizes, worked out from its bare facts: nothing of the code
 * that decides about entries is used, so that a mistake there is not repeated here. Immutable.
 */
final class UnderlayFacts {
  private static final int IPV4_HEADER = 20;
  private static final int IPV6_HEADER = 40;
  private static final int UDP_HEADER = 8;
  private static final int VXLAN_HEADER = 8;

  private final NetworkModel model;

  /** The smallest MTU of each node and of the bridges that connect it. */
  private final Map<NodeId, Integer> mtus = new HashMap<>();

  UnderlayFacts(NetworkModel model) {
    this.model = model;
    for (Node node : model.nodes().values()) {
      mtus.merge(node.id(), node.underlayMtu(), Math::min);
      node.host().ifPresent(host -> mtus.merge(host, node.underlayMtu(), Math::min));
    }
  }

  /** The smallest MTU on a node's way into the underlay; null if the model does not have it. */
  Integer mtu(NodeId node) {
    return mtus.get(node);
  }

  NetworkModel model() {
    return model;
  }

  /**
   * The address to which a node sends a network's frames for another one: both have its family, the
   * network allows it, and of several families the sender prefers this one. None outside the
   * sender's zones.
   */
  static Optional<IpAddress> remoteAddress(Node from, Network network, Node to) {
    if (!meet(from, to)) {
      return Optional.empty();
    }
    for (IpAddress own : from.vteps()) {
      AddressFamily family = AddressFamily.of(own);
      if (network.underlay().orElse(family) == family) {
        for (IpAddress other : to.vteps()) {
          if (AddressFamily.of(other) == family) {
            return Optional.of(other);
          }
        }
      }
    }
    return Optional.empty();
  }

  /** Whether a zone of one node is one of the other's. */
  private static boolean meet(Node one, Node other) {
    for (Zone zone : one.zones()) {
      if (other.zones().contains(zone)) {
        return true;
      }
    }
    return false;
  }

  /** The path by which a node's frames of a network should get to another node, if there is one. */
  Optional<RemotePath> path(Node from, Network network, Node to) {
    if (!from.tunnel().isPresent() || !meet(from, to)) {
      return Optional.empty();
    }
    TunnelEndpoint tunnel = from.tunnel().get();
    Optional<IpAddress> address = remoteAddress(from, network, to);
    Optional<OfPort> port = port(tunnel, network, address);
    boolean host = tunnel instanceof TunnelEndpoint.ManagementOs;
    AddressFamily family =
        address
            .map(AddressFamily::of)
            .orElseGet(() -> network.underlay().orElse(AddressFamily.IPV6));
    int told = Math.min(mtus.get(from.id()), mtus.get(to.id()));
    int found = model.pathMtus().of(from.id(), to.id(), family).orElse(told);
    return port.map(
        p ->
            new RemotePath(
                to.id(),
                p,
                host ? Optional.empty() : address,
                tunnel instanceof TunnelEndpoint.Native,
                Math.min(told, found) - overhead(family),
                found >= told && fragments(from, family)));
  }

  private static Optional<OfPort> port(
      TunnelEndpoint tunnel, Network network, Optional<IpAddress> address) {
    if (tunnel instanceof TunnelEndpoint.ManagementOs) {
      return Optional.ofNullable(
          ((TunnelEndpoint.ManagementOs) tunnel).portByNetwork().get(network.id()));
    }
    if (tunnel instanceof TunnelEndpoint.PortPerRemote) {
      return address.map(((TunnelEndpoint.PortPerRemote) tunnel).portByRemote()::get);
    }
    return address.map(a -> ((TunnelEndpoint.Native) tunnel).port());
  }

  /** What the underlay carries besides the frame; its own Ethernet header does not count. */
  private static int overhead(AddressFamily family) {
    int ip = family == AddressFamily.IPV4 ? IPV4_HEADER : IPV6_HEADER;
    return ip + UDP_HEADER + VXLAN_HEADER;
  }

  private static boolean fragments(Node node, AddressFamily family) {
    return node.declaredFragments()
        .map(families -> families.contains(family))
        .orElseGet(
            () ->
                family == AddressFamily.IPV4
                    && node.tunnel().get() instanceof TunnelEndpoint.ManagementOs);
  }

  /**
   * The port by which a frame arrives that one node has sent to another: empty where the other has
   * no tunnel for it, so that the path ends there.
   */
  static Optional<OfPort> arrival(Node from, Network network, Node to) {
    if (!to.tunnel().isPresent()) {
      return Optional.empty();
    }
    TunnelEndpoint tunnel = to.tunnel().get();
    if (tunnel instanceof TunnelEndpoint.Native) {
      return Optional.of(((TunnelEndpoint.Native) tunnel).port());
    }
    if (tunnel instanceof TunnelEndpoint.ManagementOs) {
      return port(tunnel, network, Optional.empty());
    }
    Optional<AddressFamily> family = remoteAddress(from, network, to).map(AddressFamily::of);
    for (IpAddress source : from.vteps()) {
      OfPort port = ((TunnelEndpoint.PortPerRemote) tunnel).portByRemote().get(source);
      if (port != null && family.filter(f -> f == AddressFamily.of(source)).isPresent()) {
        return Optional.of(port);
      }
    }
    return Optional.empty();
  }
}
