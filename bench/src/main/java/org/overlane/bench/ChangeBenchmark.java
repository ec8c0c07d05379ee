/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.bench;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.overlane.config.EndpointConfig;
import org.overlane.config.ModelDocument;
import org.overlane.flowrules.compile.PipelineCompiler;
import org.overlane.flowrules.model.NetworkModel;
import org.overlane.flowrules.model.NodeId;
import org.overlane.flowrules.openflow.FlowTables;
import org.overlane.flowrules.reconcile.FlowDiff;

/** One endpoint is added to a fleet that is in place. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(value = 1, jvmArgsAppend = "-Xmx2g")
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
public class ChangeBenchmark {
  @Param({"100", "1000"})
  private int nodes;

  private final PipelineCompiler compiler = new PipelineCompiler();
  private ModelDocument document;
  private EndpointConfig added;
  private NetworkModel after;
  private final Map<NodeId, FlowTables> before = new HashMap<>();
  private FlowTables desired;

  @Setup
  public void compileFleet() {
    document = Fleets.document(nodes, Fleets.Shape.SPREAD);
    added = Fleets.oneMore(nodes, Fleets.Shape.SPREAD, nodes / 2);
    after = Fleets.model(document.with(added));
    NetworkModel model = Fleets.model(document);
    for (NodeId node : after.nodesOf(added.network())) {
      before.put(node, compiler.compile(model, node).tables());
    }
    desired = compiler.compile(after, added.device()).tables();
  }

  /** Desired and observed tables of the endpoint's own node. */
  @Benchmark
  public FlowDiff diffOneNode() {
    return FlowDiff.diff(desired, before.get(added.device()));
  }

  /** All nodes that have the network: tables compiled anew, and what changed. */
  @Benchmark
  public int compileAndDiffAffectedNodes() {
    int changes = 0;
    for (NodeId node : after.nodesOf(added.network())) {
      FlowTables tables = compiler.compile(after, node).tables();
      changes += FlowDiff.diff(tables, before.get(node)).size();
    }
    return changes;
  }

  /** The document with the endpoint, assembled whole into a model. */
  @Benchmark
  public NetworkModel assembleModel() {
    return Fleets.model(document.with(added));
  }
}
