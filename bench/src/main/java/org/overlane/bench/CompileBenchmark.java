/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.bench;

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
import org.openjdk.jmh.infra.Blackhole;
import org.overlane.flowrules.compile.CompileResult;
import org.overlane.flowrules.compile.PipelineCompiler;
import org.overlane.flowrules.model.NetworkModel;
import org.overlane.flowrules.model.NodeId;

/** From the model to tables. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(value = 1, jvmArgsAppend = "-Xmx2g")
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
public class CompileBenchmark {
  private final PipelineCompiler compiler = new PipelineCompiler();

  /** A fleet of which one node is compiled. */
  @State(Scope.Benchmark)
  public static class Fleet {
    @Param({"100", "1000"})
    private int nodes;

    @Param({"SPREAD", "BIG"})
    private Fleets.Shape shape;

    private NetworkModel model;

    @Setup
    public void assemble() {
      model = Fleets.model(Fleets.document(nodes, shape));
    }
  }

  /**
   * A fleet that is compiled whole. Of shape SPREAD only: with big networks every node has entries
   * for every endpoint, 20 million at 1,000 nodes.
   */
  @State(Scope.Benchmark)
  public static class WholeFleet {
    @Param({"100", "1000"})
    private int nodes;

    private NetworkModel model;

    @Setup
    public void assemble() {
      model = Fleets.model(Fleets.document(nodes, Fleets.Shape.SPREAD));
    }
  }

  @Benchmark
  public CompileResult oneNode(Fleet fleet) {
    return compiler.compile(fleet.model, Fleets.node(fleet.nodes / 2));
  }

  /** Every node, one after the other; no result is kept. */
  @Benchmark
  public void allNodes(WholeFleet fleet, Blackhole results) {
    for (NodeId node : fleet.model.nodes().keySet()) {
      results.consume(compiler.compile(fleet.model, node));
    }
  }
}
