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
import org.openjdk.jmh.annotations.OperationsPerInvocation;
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
import org.overlane.flowrules.verify.SwitchVerifier;
import org.overlane.flowrules.verify.VerificationReport;
import org.overlane.flowrules.verify.Verifier;

/** Proving that compiled tables are right. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(value = 1, jvmArgsAppend = "-Xmx2g")
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
public class VerifyBenchmark {
  @Param({"100", "1000"})
  private int nodes;

  private final Map<NodeId, FlowTables> before = new HashMap<>();
  private final Map<NodeId, FlowTables> after = new HashMap<>();
  private final Verifier verifier = new Verifier();
  private NetworkModel model;
  private NetworkModel changed;
  private NodeId one;
  private NetworkModel big;
  private NetworkModel biggerElsewhere;
  private NetworkModel biggerHere;
  private FlowTables oneOfBig;
  private FlowTables changedElsewhere;
  private FlowTables changedHere;
  private final SwitchVerifier ofBig = new SwitchVerifier();
  private ModelChange change;

  @Setup
  public void compileFleet() {
    ModelDocument document = Fleets.document(nodes, Fleets.Shape.SPREAD);
    EndpointConfig added = Fleets.oneMore(nodes, Fleets.Shape.SPREAD, nodes / 2);
    model = Fleets.model(document);
    changed = Fleets.model(document.with(added));
    change = ModelChange.between(model, changed);
    one = added.device();
    PipelineCompiler compiler = new PipelineCompiler();
    big = Fleets.model(Fleets.document(nodes, Fleets.Shape.BIG));
    CompileResult oneResult = compiler.compile(big, one);
    oneOfBig = oneResult.tables();
    ModelDocument bigDocument = Fleets.document(nodes, Fleets.Shape.BIG);
    biggerElsewhere = Fleets.model(bigDocument.with(Fleets.oneMore(nodes, Fleets.Shape.BIG, 0)));
    biggerHere = Fleets.model(bigDocument.with(Fleets.oneMore(nodes, Fleets.Shape.BIG, nodes / 2)));
    changedElsewhere =
        compiler.recompile(oneResult, ModelChange.between(big, biggerElsewhere), one).tables();
    changedHere = compiler.recompile(oneResult, ModelChange.between(big, biggerHere), one).tables();
    ofBig.verify(big, one, oneOfBig);
    model.nodes().keySet().forEach(id -> before.put(id, compiler.compile(model, id).tables()));
    after.putAll(before);
    change.affectedNodes().forEach(id -> after.put(id, compiler.compile(changed, id).tables()));
    verifier.verify(model, before::get);
  }

  /** One switch by itself, as the controller does it before it takes over new tables. */
  @Benchmark
  public VerificationReport oneNode() {
    return proven(Verifier.verifyOne(model, one, before.get(one)));
  }

  /** The same of a fleet with big networks. */
  @Benchmark
  public VerificationReport oneNodeOfBigNetworks() {
    return proven(Verifier.verifyOne(big, one, oneOfBig));
  }

  /**
   * An endpoint of a big network added on another node, then taken away again: two changes of one
   * switch, which was proven before; as the controller does it. Finding out what two models differ
   * in is part of it, though a round of the controller does it once for all switches.
   */
  @Benchmark
  @OperationsPerInvocation(2)
  public void oneNodeOfBigNetworksAgain() {
    proven(ofBig.verify(biggerElsewhere, one, changedElsewhere));
    proven(ofBig.verify(big, one, oneOfBig));
  }

  /** The same with an endpoint of the switch itself. */
  @Benchmark
  @OperationsPerInvocation(2)
  public void oneNodeOfBigNetworksAgainItself() {
    proven(ofBig.verify(biggerHere, one, changedHere));
    proven(ofBig.verify(big, one, oneOfBig));
  }

  /** All switches, and what they send to each other. */
  @Benchmark
  public VerificationReport allNodes() {
    return proven(new Verifier().verify(model, before::get));
  }

  /** One endpoint added: the 20 nodes that it concerns, and what they and their peers exchange. */
  @Benchmark
  public VerificationReport oneEndpointAdded() {
    return proven(verifier.verify(changed, after::get, change.affectedNodes()));
  }

  private static VerificationReport proven(VerificationReport report) {
    if (!report.isProven()) {
      throw new IllegalStateException(report.toString());
    }
    return report;
  }
}
