/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.overlane.config.Assembly;
import org.overlane.config.ModelWriter;
import org.overlane.config.VerificationJson;
import org.overlane.flowrules.compile.PipelineCompiler;
import org.overlane.flowrules.model.NetworkModel;
import org.overlane.flowrules.model.NodeId;
import org.overlane.flowrules.openflow.FlowEntry;
import org.overlane.flowrules.openflow.FlowTables;
import org.overlane.flowrules.text.OfctlFormat;
import org.overlane.flowrules.verify.VerificationReport;
import org.overlane.flowrules.verify.Verifier;
import org.overlane.flowrules.verify.Violation;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** From a model file, and perhaps tables, to what is proven about them. */
@Command(
    name = "verify",
    mixinStandardHelpOptions = true,
    description = {
      "Proves for every packet that flow tables do what a model asks: those that compile makes of"
          + " the model, or those of switches."
    },
    footer = {
      "",
      "--tables takes a directory as compile --output writes it, or a file of flow",
      "entries for --node. ID.flows, ID.groups and ID.meters are what",
      "  ovs-ofctl -O OpenFlow13 dump-flows BRIDGE, dump-groups and dump-meters",
      "print; ID is of-0000000000000001. Devices without a file are compiled.",
      "",
      "Exit status: 0 proven, 1 violated, or the model has problems, 2 the command",
      "line has."
    })
final class VerifyCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Mixin private ModelInput model;

  @Option(
      names = {"-n", "--node"},
      paramLabel = "ID",
      description =
          "Only this device by itself, as in of:0000000000000001; default: all, and what they send"
              + " to each other.")
  private String node;

  @Option(
      names = {"-t", "--tables"},
      paramLabel = "PATH",
      description = "Verify these tables instead of compiled ones.")
  private Path tables;

  @Option(names = "--json", description = "Print JSON, as GET /onos/overlane/v1/verification does.")
  private boolean json;

  @Override
  public Integer call() {
    Assembly assembly = model.read();
    NetworkModel asked = assembly.model();
    Set<NodeId> nodes =
        node == null
            ? asked.nodes().keySet()
            : Set.of(ModelInput.node(node, assembly, model.name()));
    Map<NodeId, FlowTables> verified =
        tables == null ? new HashMap<>() : TablesInput.read(tables, nodes);
    PipelineCompiler compiler = new PipelineCompiler();
    nodes.forEach(id -> verified.computeIfAbsent(id, n -> compiler.compile(asked, n).tables()));
    long start = System.nanoTime();
    VerificationReport report =
        node == null
            ? new Verifier().verify(asked, verified::get)
            : Verifier.verifyOne(
                asked, nodes.iterator().next(), verified.values().iterator().next());
    long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
    print(report, millis);
    nodes.forEach(id -> Messages.pending(spec.commandLine().getErr(), assembly, id));
    return report.isProven() ? 0 : CommandFailure.MODEL;
  }

  private void print(VerificationReport report, long millis) {
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.print(ModelWriter.text(VerificationJson.of(report).put("millis", millis)));
      return;
    }
    report.violations().forEach(v -> print(out, v));
    if (report.isProven()) {
      out.println("proven: " + report.scope() + ", " + millis + " ms");
    } else {
      report
          .counts()
          .forEach((i, n) -> out.println("violated: " + i.id() + ": " + i.title() + ": " + n));
      out.println("not proven: " + report.scope() + ", " + millis + " ms");
    }
  }

  private static void print(PrintWriter out, Violation violation) {
    out.println("violation: " + violation);
    violation
        .sent()
        .ifPresent(
            sent -> {
              out.println("  sent by " + sent.node() + ":");
              print(out, sent.trace(), sent.entries());
              out.println("  arrives at " + violation.node() + ":");
            });
    print(out, violation.trace(), violation.entries());
    out.println("  remedy: " + violation.remedy());
    out.println();
  }

  private static void print(PrintWriter out, String trace, List<FlowEntry> entries) {
    trace.lines().forEach(l -> out.println("  " + l));
    for (FlowEntry entry : entries) {
      String source = entry.source().isEmpty() ? "" : " # " + entry.source();
      out.println("  entry: " + OfctlFormat.entry(entry) + source);
    }
  }
}
