/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.flowrules.verify;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.overlane.flowrules.model.NetworkId;
import org.overlane.flowrules.model.NetworkModel;
import org.overlane.flowrules.model.NodeId;
import org.overlane.flowrules.openflow.FlowTables;

/**
 * Proves that the tables of switches do what a model asks, for every packet: not by trying packets,
 * but by following all of them at once.
 *
 * <pre>
 *  model --> UnderlayFacts, NodeFacts: who should reach whom, how, with which limit
 *                                            |
 *  tables --> StructureChecks                |
 *     |                                      v
 *     '--> Explorer: sets of packets --> HostWalk, TunnelWalk, VmWalk: Expected, Judge --> Findings
 *            Classifier, ValueSet, PacketKind                                                 |
 *                                                        EndToEnd: node to node --------> Violation,
 *                                                                                     with a packet
 * </pre>
 *
 * <p>Shares nothing with the compiler: what a model means is worked out here a second time, from
 * the bare facts. Keeps what it has found about each switch, so that after a change only those that
 * it concerns are looked at again, and of these what it concerns. Pure; not thread-safe.
 */
public final class Verifier {
  private final SwitchVerifier switches = new SwitchVerifier();
  private final SortedMap<NodeId, ImmutableList<Violation>> between = new TreeMap<>();

  /**
   * Proves or refutes the tables of one switch by themselves: all but {@link Invariant#END_TO_END}.
   */
  public static VerificationReport verifyOne(NetworkModel model, NodeId id, FlowTables tables) {
    return new SwitchVerifier().verify(model, id, tables);
  }

  /** Proves or refutes the tables of all switches of a model. */
  public VerificationReport verify(NetworkModel model, Function<NodeId, FlowTables> tables) {
    switches.clear();
    between.clear();
    return verify(model, tables, model.nodes().keySet());
  }

  /**
   * After a change of the model, of tables or both: looks again only at what it concerns.
   *
   * @param affected the nodes of the model whose tables, ports, networks or peers may be others
   *     than at the last call; ids that the model does not have are ignored
   * @throws IllegalArgumentException if a node that was never verified is not among them
   */
  public VerificationReport verify(
      NetworkModel model, Function<NodeId, FlowTables> tables, Set<NodeId> affected) {
    switches.retain(model.nodes().keySet());
    between.keySet().retainAll(model.nodes().keySet());
    for (NodeId id : affected) {
      if (model.nodes().containsKey(id)) {
        switches.prove(model, id, tables.apply(id));
      }
    }
    Map<NodeId, NodeResult> results = switches.results();
    if (results.size() != model.nodes().size()) {
      throw new IllegalArgumentException("some nodes were never verified: name all at first");
    }
    EndToEnd endToEnd = new EndToEnd(new UnderlayFacts(model), id -> results.get(id).tables());
    for (NodeId id : peers(model, affected)) {
      between.put(id, endToEnd.at(model.requireNode(id), results.get(id).undelivered()));
    }
    return report(model);
  }

  /** The nodes that some nodes may send to, and these themselves. */
  private static Set<NodeId> peers(NetworkModel model, Set<NodeId> nodes) {
    Set<NodeId> peers = new HashSet<>();
    Set<NetworkId> networks = new HashSet<>();
    for (NodeId id : nodes) {
      if (model.nodes().containsKey(id)) {
        peers.add(id);
        networks.addAll(model.networksAt(id));
      }
    }
    networks.forEach(n -> model.endpointsOf(n).forEach(e -> peers.add(e.node())));
    return peers;
  }

  private VerificationReport report(NetworkModel model) {
    ImmutableList.Builder<Violation> violations = ImmutableList.builder();
    Map<Invariant, Integer> counts = new HashMap<>();
    long entries = 0;
    SortedMap<NodeId, NodeResult> results = new TreeMap<>(switches.results());
    for (Map.Entry<NodeId, NodeResult> one : results.entrySet()) {
      entries += one.getValue().tables().entries().size();
      violations.addAll(one.getValue().violations());
      one.getValue().counts().forEach((i, n) -> counts.merge(i, n, Integer::sum));
      ImmutableList<Violation> lost = between.getOrDefault(one.getKey(), ImmutableList.of());
      violations.addAll(lost);
      lost.forEach(v -> counts.merge(v.invariant(), 1, Integer::sum));
    }
    return VerificationReport.of(
        results.size(),
        entries,
        pairs(model),
        violations.build(),
        ImmutableSortedMap.copyOf(counts));
  }

  private static long pairs(NetworkModel model) {
    long pairs = 0;
    for (NetworkId network : model.networks().keySet()) {
      long nodes = model.nodesOf(network).size();
      pairs += nodes * (nodes - 1);
    }
    return pairs;
  }
}
