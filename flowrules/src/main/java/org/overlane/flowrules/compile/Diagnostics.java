/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.flowrules.compile;

import com.google.common.collect.ImmutableList;
import java.util.SortedSet;
import java.util.stream.Collectors;
import org.overlane.flowrules.compile.Diagnostic.Code;
import org.overlane.flowrules.feature.NetworkContext;
import org.overlane.flowrules.feature.Obstacle;
import org.overlane.flowrules.model.Endpoint;
import org.overlane.flowrules.model.IpAddress;
import org.overlane.flowrules.model.NetworkModel;
import org.overlane.flowrules.model.Node;
import org.overlane.flowrules.model.NodeId;

/** Puts into words what keeps a network from working in full on a node, and what to do about it. */
final class Diagnostics {
  /** More names than this help nobody. */
  private static final int NAMES = 5;

  private Diagnostics() {}

  static ImmutableList<Diagnostic> of(NetworkContext network) {
    ImmutableList.Builder<Diagnostic> found = ImmutableList.builder();
    for (Endpoint endpoint : network.pending()) {
      found.add(
          Diagnostic.of(
              Code.ENDPOINT_PORT_PENDING,
              "endpoint " + endpoint.id(),
              "the port of endpoint "
                  + endpoint.id()
                  + " has not appeared on "
                  + endpoint.node()
                  + "; the endpoint gets and sends nothing until it does. Attach the VM, or correct"
                  + " the endpoint's port"));
    }
    network
        .unreachable()
        .forEach((obstacle, nodes) -> found.add(unreachable(network, obstacle, nodes)));
    found.addAll(SizeDiagnostics.of(network));
    return found.build();
  }

  private static Diagnostic unreachable(
      NetworkContext network, Obstacle obstacle, SortedSet<NodeId> nodes) {
    String subject = "network " + network.network().id();
    return Diagnostic.of(
        code(obstacle),
        subject,
        "frames of "
            + subject
            + " from "
            + network.node().node().id()
            + " cannot reach "
            + names(nodes)
            + ": "
            + cause(network, obstacle, nodes));
  }

  private static Code code(Obstacle obstacle) {
    switch (obstacle) {
      case NO_TUNNEL:
        return Code.NO_TUNNEL;
      case NO_COMMON_ZONE:
        return Code.NO_COMMON_ZONE;
      case NO_COMMON_FAMILY:
        return Code.NO_COMMON_FAMILY;
      case NO_NETWORK_PORT:
        return Code.NO_NETWORK_PORT;
      case NO_REMOTE_PORT:
        return Code.NO_REMOTE_PORT;
      default:
        throw new AssertionError(obstacle);
    }
  }

  /** Why not, and what to do about it. */
  private static String cause(NetworkContext network, Obstacle obstacle, SortedSet<NodeId> nodes) {
    Node from = network.node().node();
    String subject = "network " + network.network().id();
    switch (obstacle) {
      case NO_TUNNEL:
        return from.id() + " has no tunnel. Declare its tunnel, or move its endpoints";
      case NO_COMMON_ZONE:
        return "no common zone; "
            + from.id()
            + " is in "
            + from.zones()
            + ". Add a zone on either side, or keep the endpoints of "
            + subject
            + " in zones that meet";
      case NO_COMMON_FAMILY:
        return "no VTEP address of a common family"
            + network
                .network()
                .underlay()
                .map(f -> " (the network demands " + f.text() + ")")
                .orElse("")
            + "; "
            + from.id()
            + " has "
            + from.vteps()
            + ". Add a VTEP address on either side";
      case NO_NETWORK_PORT:
        return "its management-os tunnel has no port for "
            + subject
            + ". Create the port of VNI "
            + network.vni()
            + " and add it to the tunnel's ports";
      case NO_REMOTE_PORT:
        return "there is no tunnel port for "
            + remotes(network, nodes)
            + ". Create it and add it to the tunnel's ports";
      default:
        throw new AssertionError(obstacle);
    }
  }

  private static String names(SortedSet<NodeId> nodes) {
    String first =
        nodes.stream().limit(NAMES).map(NodeId::toString).collect(Collectors.joining(", "));
    return nodes.size() <= NAMES ? first : first + " and " + (nodes.size() - NAMES) + " more";
  }

  private static String remotes(NetworkContext network, SortedSet<NodeId> nodes) {
    NetworkModel model = network.node().model();
    Node from = network.node().node();
    return nodes.stream()
        .limit(NAMES)
        .map(id -> model.remoteVtep(from, network.network(), model.node(id).get()))
        .map(address -> address.map(IpAddress::toString).orElse("?"))
        .collect(Collectors.joining(", "));
  }
}
