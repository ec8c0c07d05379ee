/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.flowrules.verify;

import com.google.common.collect.ImmutableList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.overlane.flowrules.model.Network;
import org.overlane.flowrules.model.NetworkId;
import org.overlane.flowrules.model.NetworkModel;
import org.overlane.flowrules.model.Node;
import org.overlane.flowrules.model.NodeId;
import org.overlane.flowrules.model.OfPort;
import org.overlane.flowrules.openflow.FlowTables;

/**
 * Proves that what leaves one node arrives at another. Each node by itself has been shown to send
 * frames for a MAC to the address and with the VNI that the model says ({@link VmWalk}), and which
 * frames from its tunnel ports go wrong ({@link NodeResult#undelivered}). What remains is whether
 * some node sends such a frame to the port where it goes wrong: {@link LostFrame} looks for one,
 * and takes it through the tables of both. Where the model has no way in (no tunnel, or no port for
 * the sender), it ends there, and no table can help; diagnostics of the compiler say so.
 */
final class EndToEnd {
  private final UnderlayFacts underlay;
  private final NetworkModel model;
  private final LostFrame lostFrame;

  /** Among nodes with these tables. */
  EndToEnd(UnderlayFacts underlay, Function<NodeId, FlowTables> tables) {
    this.underlay = underlay;
    this.model = underlay.model();
    this.lostFrame = new LostFrame(model, tables);
  }

  /** What is wrong about frames for one node, from all others: of each network the first found. */
  ImmutableList<Violation> at(Node to, List<Undelivered> undelivered) {
    ImmutableList.Builder<Violation> violations = ImmutableList.builder();
    Set<NetworkId> found = new HashSet<>();
    for (Undelivered some : undelivered) {
      if (!found.contains(some.network())) {
        Optional<Violation> violation = lost(to, some);
        violation.ifPresent(violations::add);
        violation.ifPresent(v -> found.add(some.network()));
      }
    }
    return violations.build();
  }

  private Optional<Violation> lost(Node to, Undelivered frames) {
    Network network = model.networks().get(frames.network());
    for (NodeId other : model.nodesOf(network.id())) {
      if (other.equals(to.id()) || to.host().isPresent()) {
        continue;
      }
      Node from = model.requireNode(other);
      Optional<OfPort> port = UnderlayFacts.arrival(from, network, to);
      Optional<RemotePath> path = underlay.path(from, network, to);
      if (path.isPresent() && port.filter(frames.port()::equals).isPresent()) {
        Optional<Violation> violation = lostFrame.find(from, path.get(), network, to, frames);
        if (violation.isPresent()) {
          return violation;
        }
      }
    }
    return Optional.empty();
  }
}
