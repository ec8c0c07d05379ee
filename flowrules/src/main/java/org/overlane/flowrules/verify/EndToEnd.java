/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.flowrules.verify;

import com.google.common.collect.ImmutableList;
import java.util.Optional;
import org.overlane.flowrules.model.Endpoint;
import org.overlane.flowrules.model.Network;
import org.overlane.flowrules.model.NetworkId;
import org.overlane.flowrules.model.NetworkModel;
import org.overlane.flowrules.model.Node;
import org.overlane.flowrules.model.NodeId;
import org.overlane.flowrules.model.OfPort;

/**
 * Proves that what leaves one node arrives at another. Each node by itself has been shown to send
 * frames for a MAC to the address and with the VNI that the model says ({@link VmWalk}), and to
 * deliver the networks of {@link NodeResult#delivered} to their endpoints, by port of arrival. What
 * remains is that the port by which a frame arrives is one of those, for each network and each two
 * nodes. Where the model has no way in (no tunnel, or no port for the sender), it ends there, and
 * no table can help; diagnostics of the compiler say so.
 */
final class EndToEnd {
  private final UnderlayFacts underlay;
  private final NetworkModel model;

  EndToEnd(UnderlayFacts underlay) {
    this.underlay = underlay;
    this.model = underlay.model();
  }

  /** What is wrong about frames for one node, from all others. */
  ImmutableList<Violation> at(Node to, NodeResult result) {
    ImmutableList.Builder<Violation> violations = ImmutableList.builder();
    for (NetworkId id : model.networksAt(to.id())) {
      Network network = model.networks().get(id);
      if (hasPorts(to, network)) {
        lost(to, network, result).ifPresent(violations::add);
      }
    }
    return violations.build();
  }

  private boolean hasPorts(Node node, Network network) {
    for (Endpoint endpoint : model.endpointsAt(node.id())) {
      if (endpoint.network().equals(network.id()) && endpoint.port().isPresent()) {
        return true;
      }
    }
    return false;
  }

  /** The first node found whose frames get lost. */
  private Optional<Violation> lost(Node to, Network network, NodeResult result) {
    if (!to.tunnel().isPresent() || deliversAll(to, network, result)) {
      return Optional.empty();
    }
    for (NodeId other : model.nodesOf(network.id())) {
      Node from = model.node(other).get();
      Optional<OfPort> port =
          other.equals(to.id()) || !hasPorts(from, network) || to.host().isPresent()
              ? Optional.empty()
              : UnderlayFacts.arrival(from, network, to);
      if (port.isPresent()
          && underlay.path(from, network, to).isPresent()
          && !result.delivered().containsEntry(port.get(), network.id())) {
        return Optional.of(
            Violation.of(
                Invariant.END_TO_END,
                to.id(),
                "frames of network "
                    + network.id()
                    + " that "
                    + from.id()
                    + " sends arrive at tunnel port "
                    + port.get()
                    + ", but do not all get to their endpoints",
                Optional.empty(),
                "",
                ImmutableList.of()));
      }
    }
    return Optional.empty();
  }

  /** Whether frames get in by every tunnel port that there is, so that nobody need be asked. */
  private static boolean deliversAll(Node to, Network network, NodeResult result) {
    for (OfPort port : to.tunnel().get().ports()) {
      if (!result.delivered().containsEntry(port, network.id())) {
        return false;
      }
    }
    return true;
  }
}
