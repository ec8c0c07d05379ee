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
import org.overlane.flowrules.compile.CompileResult;
import org.overlane.flowrules.compile.ModelChange;
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
  private NetworkModel before;
  private NetworkModel after;
  private final Map<NodeId, CompileResult> results = new HashMap<>();
  private FlowTables desired;

  @Setup
  public void compileFleet() {
    document = Fleets.document(nodes, Fleets.Shape.SPREAD);
    added = Fleets.oneMore(nodes, Fleets.Shape.SPREAD, nodes / 2);
    before = Fleets.model(document);
    after = Fleets.model(document.with(added));
    for (NodeId node : after.nodesOf(added.network())) {
      results.put(node, compiler.compile(before, node));
    }
    desired = compiler.compile(after, added.device()).tables();
  }

  /** Desired and observed tables of the endpoint's own node. */
  @Benchmark
  public FlowDiff diffOneNode() {
    return FlowDiff.diff(desired, results.get(added.device()).tables());
  }

  /** What the change concerns, the tables of the 20 nodes concerned, and what changes in each. */
  @Benchmark
  public int recompileAndDiffAffectedNodes() {
    int changes = 0;
    ModelChange change = ModelChange.between(before, after);
    for (NodeId node : change.affectedNodes()) {
      CompileResult previous = results.get(node);
      FlowTables tables = compiler.recompile(previous, change, node).tables();
      changes += FlowDiff.diff(tables, previous.tables()).size();
    }
    return changes;
  }

  /** The same with all tables of these nodes compiled anew. */
  @Benchmark
  public int compileAndDiffAffectedNodes() {
    int changes = 0;
    for (NodeId node : after.nodesOf(added.network())) {
      FlowTables tables = compiler.compile(after, node).tables();
      changes += FlowDiff.diff(tables, results.get(node).tables()).size();
    }
    return changes;
  }

  /** The document with the endpoint, assembled whole into a model. */
  @Benchmark
  public NetworkModel assembleModel() {
    return Fleets.model(document.with(added));
  }
}
