/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.flowrules.verify;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.overlane.flowrules.model.NetworkModel;
import org.overlane.flowrules.model.NodeId;
import org.overlane.flowrules.openflow.FlowTables;

/**
 * Proves the tables of switches one by one, and again whenever they or the model have changed. What
 * it says is what {@link Verifier#verifyOne} says; but it keeps, for each port of a switch whose
 * packets all fare as they should, what that rests on, and looks again only at ports where some of
 * it has changed, and at those where something was wrong.
 *
 * <p>Keeps the last tables of each switch, and some kilobytes more. Pure; not thread-safe.
 */
public final class SwitchVerifier {
  private final ModelHistory history = new ModelHistory();
  private final Map<NodeId, NodeResult> results = new HashMap<>();

  /**
   * Proves or refutes the tables of a switch by themselves: all but {@link Invariant#END_TO_END}.
   *
   * @throws IllegalArgumentException if the model has no such node
   */
  public VerificationReport verify(NetworkModel model, NodeId id, FlowTables tables) {
    return prove(model, id, tables).report();
  }

  /** A switch of which nothing need be kept any more. */
  public void forget(NodeId id) {
    results.remove(id);
  }

  NodeResult prove(NetworkModel model, NodeId id, FlowTables tables) {
    UnderlayFacts underlay = history.advance(model);
    NodeProof proof = new NodeProof(underlay, model.requireNode(id), tables, history.now());
    NodeResult before = results.get(id);
    if (before != null) {
      proof.restOn(before, n -> history.isAsItWas(n, before.moment()));
    }
    NodeResult result = proof.result();
    results.put(id, result);
    return result;
  }

  void retain(Set<NodeId> nodes) {
    results.keySet().retainAll(nodes);
  }

  void clear() {
    results.clear();
  }

  /** What was found at last, by switch. */
  Map<NodeId, NodeResult> results() {
    return results;
  }
}
