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
import org.overlane.config.FlowTablesJson;
import org.overlane.config.ModelDocument;
import org.overlane.config.ModelReader;
import org.overlane.config.ModelWriter;
import org.overlane.flowrules.compile.PipelineCompiler;
import org.overlane.flowrules.openflow.FlowTables;
import org.overlane.flowrules.text.OfctlFormat;

/** Text in and out: documents of a whole fleet, tables of one node. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(value = 1, jvmArgsAppend = "-Xmx2g")
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
public class TextBenchmark {
  @Param({"100", "1000"})
  private int nodes;

  private final ModelReader reader = new ModelReader();
  private ModelDocument document;
  private String text;
  private FlowTables tables;

  @Setup
  public void write() {
    document = Fleets.document(nodes, Fleets.Shape.SPREAD);
    text = ModelWriter.write(document);
    tables =
        new PipelineCompiler().compile(Fleets.model(document), Fleets.node(nodes / 2)).tables();
  }

  @Benchmark
  public ModelDocument readDocument() {
    return reader.readDocument(text);
  }

  @Benchmark
  public String writeDocument() {
    return ModelWriter.write(document);
  }

  /** The syntax of ovs-ofctl. */
  @Benchmark
  public String renderOneNode() {
    return OfctlFormat.flows(tables);
  }

  @Benchmark
  public String renderOneNodeAsJson() {
    return FlowTablesJson.of(tables).toString();
  }
}
