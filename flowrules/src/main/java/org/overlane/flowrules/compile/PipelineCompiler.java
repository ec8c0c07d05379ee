/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.flowrules.compile;

import com.google.common.collect.ImmutableList;
import org.overlane.flowrules.feature.Feature;
import org.overlane.flowrules.feature.Features;
import org.overlane.flowrules.feature.NetworkContext;
import org.overlane.flowrules.feature.NodeContext;
import org.overlane.flowrules.model.NetworkId;
import org.overlane.flowrules.model.NetworkModel;
import org.overlane.flowrules.model.Node;
import org.overlane.flowrules.model.NodeId;
import org.overlane.flowrules.pipeline.FlowSink;

/** From a network model to the tables of a node. Pure and stateless; thread-safe. */
public final class PipelineCompiler {

  /**
   * The tables that a node should have.
   *
   * <pre>
   *  NetworkModel ---> NodeContext (one node) ------------ compileNode ----.
   *                        |                                               |
   *                        |   for each network with an endpoint there     v
   *                        `-> NetworkContext (who is where, by ---+--> FlowSink ---> FlowTables
   *                            which path, or why not)             |    contracts,
   *                                       |                        |    overlaps
   *                                       `--- compileNetwork -----'
   *                                       |
   *                                       `--> Diagnostics (what is missing, and the remedy)
   * </pre>
   *
   * @throws IllegalArgumentException if the model has no such node
   */
  public CompileResult compile(NetworkModel model, NodeId id) {
    Node node =
        model
            .node(id)
            .orElseThrow(() -> new IllegalArgumentException("the model has no node " + id));
    NodeContext context = new NodeContext(model, node);
    FlowSink sink = new FlowSink(context.profile(), context.portRoles());
    ImmutableList.Builder<Diagnostic> diagnostics = ImmutableList.builder();
    for (Feature feature : Features.ALL) {
      feature.compileNode(context, sink);
    }
    for (NetworkId networkId : model.networksAt(id)) {
      NetworkContext network = context.network(networkId);
      for (Feature feature : Features.ALL) {
        feature.compileNetwork(network, sink);
      }
      diagnostics.addAll(Diagnostics.of(network));
    }
    return CompileResult.of(sink.build(), diagnostics.build());
  }
}
