/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.flowrules.compile;

import com.google.common.collect.ImmutableList;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.overlane.flowrules.feature.Feature;
import org.overlane.flowrules.feature.Features;
import org.overlane.flowrules.feature.NetworkContext;
import org.overlane.flowrules.feature.NodeContext;
import org.overlane.flowrules.model.NetworkId;
import org.overlane.flowrules.model.NetworkModel;
import org.overlane.flowrules.model.NodeId;
import org.overlane.flowrules.pipeline.FlowSink;
import org.overlane.flowrules.pipeline.TableSlice;

/** From a network model to the tables of a node. Pure and immutable; thread-safe. */
public final class PipelineCompiler {
  private final ImmutableList<Feature> features;

  /** The compiler of the pipeline: {@link Features#ALL}. */
  public PipelineCompiler() {
    this(Features.ALL);
  }

  /**
   * A compiler with other features.
   *
   * @param features in any order; all of them write into the tables of {@code Pipeline}, under
   *     their contracts
   */
  public PipelineCompiler(Iterable<? extends Feature> features) {
    this.features = ImmutableList.copyOf(features);
  }

  /**
   * The tables that a node should have.
   *
   * <pre>
   *  NetworkModel --> NodeContext: one node
   *                     |   `-- compileNode ----> FlowSink --> TableSlice ---------.
   *                     |                         contracts                        |
   *                     | for each network with an endpoint there                  v
   *                     `-> NetworkContext: who is where, by which path     join, overlaps
   *                             |   |                                          |   |
   *                             |   `-- compileNetwork --> FlowSink            |   `-> FlowTables
   *                             |                             `--> TableSlice -'
   *                             `--> Diagnostics: what is missing, and the remedy
   * </pre>
   *
   * @throws IllegalArgumentException if the model has no such node
   */
  public CompileResult compile(NetworkModel model, NodeId id) {
    NodeContext context = new NodeContext(model, model.requireNode(id));
    SortedMap<NetworkId, NetworkPart> parts = new TreeMap<>();
    for (NetworkId network : model.networksAt(id)) {
      parts.put(network, part(context, network));
    }
    return CompileResult.joined(nodePart(context), parts);
  }

  /**
   * The tables that a node should have after a change of the model: the same as {@link #compile}
   * gives, but only what the change concerns is compiled.
   *
   * @param previous what the node's compilation gave before the change
   * @throws IllegalArgumentException if the model has no such node
   */
  public CompileResult recompile(CompileResult previous, ModelChange change, NodeId id) {
    if (change.isNewOrChanged(id)) {
      return compile(change.after(), id);
    }
    NodeContext context = new NodeContext(change.after(), change.after().node(id).get());
    Map<NetworkId, NetworkPart> parts = new HashMap<>();
    for (NetworkId network : change.affectedNetworks(id)) {
      boolean present = change.after().networksAt(id).contains(network);
      parts.put(network, present ? part(context, network) : NetworkPart.NONE);
    }
    return previous.with(
        change.hasOtherNetworks(id) ? Optional.of(nodePart(context)) : Optional.empty(), parts);
  }

  private TableSlice nodePart(NodeContext context) {
    FlowSink sink = new FlowSink(context.profile(), context.portRoles());
    features.forEach(feature -> feature.compileNode(context, sink));
    return sink.slice();
  }

  private NetworkPart part(NodeContext context, NetworkId id) {
    FlowSink sink = new FlowSink(context.profile(), context.portRoles());
    NetworkContext network = context.network(id);
    features.forEach(feature -> feature.compileNetwork(network, sink));
    return NetworkPart.of(sink.slice(), Diagnostics.of(network));
  }
}
