/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.flowrules.trace.path;

import com.google.common.collect.ImmutableList;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.overlane.flowrules.model.AddressFamily;
import org.overlane.flowrules.model.Endpoint;
import org.overlane.flowrules.model.IpAddress;
import org.overlane.flowrules.model.MacAddress;
import org.overlane.flowrules.model.Network;
import org.overlane.flowrules.model.NetworkId;
import org.overlane.flowrules.model.NetworkModel;
import org.overlane.flowrules.model.Node;
import org.overlane.flowrules.model.NodeId;
import org.overlane.flowrules.model.OfPort;
import org.overlane.flowrules.model.TunnelEndpoint;
import org.overlane.flowrules.model.Uplink;
import org.overlane.flowrules.model.Vni;
import org.overlane.flowrules.trace.FieldView;

/** What surrounds the switches, as the model knows it: endpoints, tunnels and uplinks. */
final class Surroundings {
  private final NetworkModel model;

  Surroundings(NetworkModel model) {
    this.model = model;
  }

  Node node(NodeId id) {
    return model.requireNode(id);
  }

  /** Smallest MTU of a node's own way into the underlay. */
  int underlayMtu(Node node) {
    return model.underlayMtu(node);
  }

  /** What probes have found to get through a tunnel. */
  OptionalInt pathMtu(Tunnel tunnel) {
    return model.pathMtus().of(tunnel.from().id(), tunnel.to().id(), tunnel.family());
  }

  /** The bridge, perhaps the node itself, that connects a node's tunnel endpoint to an uplink. */
  Optional<Node> underlayBridge(Node node) {
    if (uplink(node).isPresent()) {
      return Optional.of(node);
    }
    return model.nodes().values().stream()
        .filter(b -> b.host().filter(node.id()::equals).isPresent() && uplink(b).isPresent())
        .findFirst();
  }

  /** The uplink that carries the traffic of a management port; the first where there are many. */
  static Optional<Uplink> uplink(Node node) {
    return node.uplinks().stream().filter(u -> u.management().isPresent()).findFirst();
  }

  static boolean isUplink(Node node, OfPort port) {
    return node.uplinks().stream().anyMatch(u -> u.port().equals(port));
  }

  static boolean isManagement(Node node, OfPort port) {
    return node.uplinks().stream()
        .anyMatch(u -> u.management().filter(m -> m.port().equals(port)).isPresent());
  }

  static boolean isTunnel(Node node, OfPort port) {
    return node.tunnel().filter(t -> t.ports().contains(port)).isPresent();
  }

  /** The network whose frames an endpoint sends from a port. */
  Optional<NetworkId> networkAt(Node node, OfPort port, MacAddress source) {
    return model.endpointsAt(node.id()).stream()
        .filter(e -> isAt(e, port) && e.mac().equals(source))
        .map(Endpoint::network)
        .findFirst();
  }

  Optional<NetworkId> networkOf(Vni vni) {
    return model.networks().values().stream()
        .filter(n -> n.vni().equals(vni))
        .map(Network::id)
        .findFirst();
  }

  /** Who is behind a port and takes a frame of a network, or of any if none is given. */
  ImmutableList<Endpoint> receivers(
      Node node, OfPort port, Optional<NetworkId> network, MacAddress to) {
    return model.endpointsAt(node.id()).stream()
        .filter(e -> isAt(e, port))
        .filter(e -> !network.isPresent() || e.network().equals(network.get()))
        .filter(e -> to.isMulticast() || e.mac().equals(to))
        .collect(ImmutableList.toImmutableList());
  }

  private static boolean isAt(Endpoint endpoint, OfPort port) {
    return endpoint.port().filter(port::equals).isPresent();
  }

  /** Where a tunnel port leads with these fields: to several nodes if its endpoint replicates. */
  ImmutableList<Tunnel> tunnels(Node from, OfPort port, FieldView fields, MacAddress to) {
    TunnelEndpoint endpoint = from.tunnel().get();
    if (endpoint instanceof TunnelEndpoint.ManagementOs) {
      return ((TunnelEndpoint.ManagementOs) endpoint)
          .portByNetwork().entrySet().stream()
              .filter(e -> e.getValue().equals(port))
              .findFirst()
              .map(e -> selected(from, model.networks().get(e.getKey()), to))
              .orElse(ImmutableList.of());
    }
    Optional<IpAddress> destination =
        endpoint instanceof TunnelEndpoint.PortPerRemote
            ? remote((TunnelEndpoint.PortPerRemote) endpoint, port)
            : fields.tunnelDestination();
    long key = fields.tunnelId();
    Optional<Node> owner = destination.flatMap(this::owner);
    if (!owner.isPresent() || key < Vni.MIN || key > Vni.MAX) {
      return ImmutableList.of();
    }
    return ImmutableList.of(Tunnel.of(from, owner.get(), Vni.of(key), destination.get()));
  }

  private static Optional<IpAddress> remote(TunnelEndpoint.PortPerRemote endpoint, OfPort port) {
    return endpoint.portByRemote().entrySet().stream()
        .filter(e -> e.getValue().equals(port))
        .map(Map.Entry::getKey)
        .findFirst();
  }

  private Optional<Node> owner(IpAddress vtep) {
    return model.nodes().values().stream()
        .filter(n -> !n.host().isPresent() && n.vteps().contains(vtep))
        .findFirst();
  }

  /**
   * The management OS knows where each MAC is, and sends multicast to every other member that is in
   * a zone of its own: it is taken to keep to them, though no entry can make it do so.
   */
  private ImmutableList<Tunnel> selected(Node from, Network network, MacAddress to) {
    return model.endpointsOf(network.id()).stream()
        .filter(e -> !e.node().equals(from.id()))
        .filter(e -> to.isMulticast() || e.mac().equals(to))
        .map(e -> node(e.node()))
        .filter(from::sharesZoneWith)
        .distinct()
        .map(node -> tunnel(from, network, node))
        .collect(ImmutableList.toImmutableList());
  }

  /** Where no address tells the family, it is that of the network, else IPv6: it is larger. */
  private Tunnel tunnel(Node from, Network network, Node to) {
    Optional<IpAddress> remote = model.remoteVtep(from, network, to);
    AddressFamily family =
        remote.map(AddressFamily::of).orElse(network.underlay().orElse(AddressFamily.IPV6));
    return Tunnel.of(from, to, network.vni(), family, remote);
  }

  /** The port at which the receiving endpoint hands a frame to its switch, if it has one for it. */
  Optional<OfPort> arrival(Tunnel tunnel) {
    TunnelEndpoint endpoint = tunnel.to().tunnel().orElse(null);
    if (endpoint instanceof TunnelEndpoint.Native) {
      return Optional.of(((TunnelEndpoint.Native) endpoint).port());
    } else if (endpoint instanceof TunnelEndpoint.ManagementOs) {
      return networkOf(tunnel.vni())
          .map(((TunnelEndpoint.ManagementOs) endpoint).portByNetwork()::get);
    } else if (endpoint instanceof TunnelEndpoint.PortPerRemote) {
      Map<IpAddress, OfPort> ports = ((TunnelEndpoint.PortPerRemote) endpoint).portByRemote();
      return tunnel.source().map(ports::get);
    }
    return Optional.empty();
  }
}
