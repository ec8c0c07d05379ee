/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.flowrules.compile;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.LinkedHashMultimap;
import com.google.common.collect.Multimap;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.overlane.flowrules.feature.NodeContext;
import org.overlane.flowrules.feature.TunnelPath;
import org.overlane.flowrules.model.AddressFamily;
import org.overlane.flowrules.model.Network;
import org.overlane.flowrules.model.NetworkModel;
import org.overlane.flowrules.model.Node;
import org.overlane.flowrules.model.NodeId;
import org.overlane.flowrules.model.PathLimit;
import org.overlane.flowrules.model.TunnelEndpoint;

/** The MTU of a network: the largest IP packet that fits every path between its nodes. */
public final class NetworkMtu {
  private NetworkMtu() {}

  /**
   * Bytes with IP header; empty if no two nodes of the network have a path. Nodes that are alike in
   * all that a limit depends on are looked at once, so that a network of a thousand equal nodes
   * takes no million steps.
   */
  public static OptionalInt of(NetworkModel model, Network network) {
    ImmutableSet<NodeId> members = model.nodesOf(network.id());
    Multimap<Object, Node> alike = LinkedHashMultimap.create();
    for (NodeId id : members) {
      Node node = model.node(id).get();
      alike.put(shape(model, network, node), node);
    }
    List<Node> some = new ArrayList<>();
    // Two of each kind, for the path between nodes that are alike.
    alike.asMap().values().forEach(nodes -> nodes.stream().limit(2).forEach(some::add));
    OptionalInt smallest = OptionalInt.empty();
    for (Node from : some) {
      NodeContext context = new NodeContext(model, from);
      for (Node to : isPortPerRemote(from) ? alike.values() : some) {
        if (!to.id().equals(from.id()) && TunnelPath.between(context, network, to).isPresent()) {
          int own = PathLimit.between(model, network, from, to).ipMtu();
          smallest = OptionalInt.of(Math.min(own, smallest.orElse(own)));
        }
      }
    }
    return smallest;
  }

  private static boolean isPortPerRemote(Node node) {
    return node.tunnel().filter(t -> t.mode() == TunnelEndpoint.Mode.PORT_PER_REMOTE).isPresent();
  }

  private static Object shape(NetworkModel model, Network network, Node node) {
    return ImmutableList.of(
        model.underlayMtu(node),
        node.zones(),
        node.vteps().stream().map(AddressFamily::of).distinct().collect(Collectors.toList()),
        node.tunnel().map(t -> tunnel(t, network, node)).orElse("none"));
  }

  private static Object tunnel(TunnelEndpoint tunnel, Network network, Node node) {
    switch (tunnel.mode()) {
      case MANAGEMENT_OS:
        return ((TunnelEndpoint.ManagementOs) tunnel).portByNetwork().containsKey(network.id());
      case PORT_PER_REMOTE:
        return node.id();
      default:
        return tunnel.mode();
    }
  }
}
