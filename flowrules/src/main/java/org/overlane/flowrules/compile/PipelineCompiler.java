/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.flowrules.compile;

import com.google.common.collect.ImmutableList;
import org.overlane.flowrules.model.NetworkModel;
import org.overlane.flowrules.model.NodeId;
import org.overlane.flowrules.openflow.FlowTables;

/** From a network model to the tables of a node. Pure and stateless; thread-safe. */
public final class PipelineCompiler {

  /**
   * The tables that a node should have.
   *
   * @throws IllegalArgumentException if the model has no such node
   */
  public CompileResult compile(NetworkModel model, NodeId node) {
    if (!model.nodes().containsKey(node)) {
      throw new IllegalArgumentException("the model has no node " + node);
    }
    return CompileResult.of(FlowTables.EMPTY, ImmutableList.of());
  }
}
