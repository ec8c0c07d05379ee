/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.tracing;

import java.util.Optional;
import org.overlane.flowrules.feature.NodeContext;
import org.overlane.flowrules.feature.PacketClass;
import org.overlane.flowrules.feature.TunnelPath;
import org.overlane.flowrules.model.Endpoint;
import org.overlane.flowrules.model.MacAddress;
import org.overlane.flowrules.model.Network;
import org.overlane.flowrules.model.NetworkModel;
import org.overlane.flowrules.model.Node;
import org.overlane.flowrules.openflow.Field;
import org.overlane.flowrules.openflow.FlowEntry;
import org.overlane.flowrules.pipeline.Pipeline;
import org.overlane.flowrules.trace.path.PathEnd;

/** Why a frame of a VM is for nobody though the network knows its destination. */
final class MissingPath {
  private MissingPath() {}

  /** One clause for people; empty if the frame ends for another reason. */
  static Optional<String> of(NetworkModel model, PathEnd end) {
    return end.entry()
        .filter(e -> e.table() == Pipeline.FORWARD.id())
        .filter(
            e -> PacketClass.of(e.cookie()).equals(Optional.of(PacketClass.UNKNOWN_DESTINATION)))
        .flatMap(e -> network(model, e))
        .flatMap(n -> of(model, n, end));
  }

  private static Optional<String> of(NetworkModel model, Network network, PathEnd end) {
    MacAddress to = end.packets().get(0).ethDst();
    NodeContext from = new NodeContext(model, model.node(end.node()).get());
    return model.endpointsOf(network.id()).stream()
        .filter(e -> e.mac().equals(to) && !e.node().equals(end.node()))
        .findFirst()
        .filter(e -> !TunnelPath.between(from, network, node(model, e)).isPresent())
        .map(
            e ->
                "; here it is that of "
                    + e.id()
                    + " on "
                    + e.node()
                    + ", to which there is no path: "
                    + TunnelPath.obstacle(from, network, node(model, e)).title());
  }

  private static Node node(NetworkModel model, Endpoint endpoint) {
    return model.node(endpoint.node()).get();
  }

  private static Optional<Network> network(NetworkModel model, FlowEntry entry) {
    return entry
        .match()
        .get(Field.TUNNEL_ID)
        .flatMap(
            key ->
                model.networks().values().stream()
                    .filter(n -> n.vni().toInt() == key.value().low())
                    .findFirst());
  }
}
