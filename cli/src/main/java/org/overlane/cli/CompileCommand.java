/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.overlane.config.Assembly;
import org.overlane.config.FlowTablesJson;
import org.overlane.config.ModelWriter;
import org.overlane.flowrules.compile.CompileResult;
import org.overlane.flowrules.compile.Diagnostic;
import org.overlane.flowrules.compile.PipelineCompiler;
import org.overlane.flowrules.model.NodeId;
import org.overlane.flowrules.openflow.FlowTables;
import org.overlane.flowrules.text.OfctlFormat;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** From a model file to the flow entries, groups and meters of its switches. */
@Command(
    name = "compile",
    mixinStandardHelpOptions = true,
    description = "Compiles a model file to the flow entries, groups and meters of its switches.",
    footer = {
      "",
      "The format ofctl is that of ovs-ofctl. With --output, load a switch with",
      "  sed 's/ *#.*//' DIR/ID.meters |",
      "    xargs -r -n 1 ovs-ofctl -O OpenFlow13 add-meter BRIDGE",
      "  ovs-ofctl -O OpenFlow13 add-groups BRIDGE DIR/ID.groups",
      "  ovs-ofctl -O OpenFlow13 --bundle replace-flows BRIDGE DIR/ID.flows",
      "in this order: entries refer to meters and groups. add-meter takes one meter at",
      "a time and refuses one that exists; mod-meter changes it.",
      "",
      "Exit status: 0 done, 1 the model has problems, 2 the command line has."
    })
final class CompileCommand implements Callable<Integer> {
  /** The forms of output. */
  enum Format {
    ofctl,
    json
  }

  @Spec private CommandSpec spec;

  @Mixin private ModelInput model;

  @Option(
      names = {"-n", "--node"},
      paramLabel = "ID",
      description = "Only this device, as in of:0000000000000001; default: all.")
  private String node;

  @Option(
      names = {"-f", "--format"},
      paramLabel = "F",
      description = "ofctl or json; default: ${DEFAULT-VALUE}.")
  private Format format = Format.ofctl;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "DIR",
      description = "Write files for each device into this directory instead.")
  private Path output;

  @Override
  public Integer call() {
    Assembly assembly = model.read();
    Set<NodeId> nodes =
        node == null
            ? assembly.model().nodes().keySet()
            : Set.of(ModelInput.node(node, assembly, model.name()));
    Map<NodeId, CompileResult> results = new TreeMap<>();
    PipelineCompiler compiler = new PipelineCompiler();
    nodes.forEach(id -> results.put(id, compiler.compile(assembly.model(), id)));
    if (output == null) {
      print(results);
    } else {
      write(results);
    }
    return report(assembly, results);
  }

  private void print(Map<NodeId, CompileResult> results) {
    PrintWriter out = spec.commandLine().getOut();
    if (format == Format.json) {
      ObjectNode json = JsonNodeFactory.instance.objectNode();
      ObjectNode devices = json.putObject("devices");
      results.forEach((id, result) -> devices.set(id.toString(), FlowTablesJson.of(result)));
      out.print(ModelWriter.text(json));
      return;
    }
    results.forEach(
        (id, result) -> {
          out.println("# " + id + ": " + result.tables());
          out.print(OfctlFormat.meters(result.tables()));
          out.print(OfctlFormat.groups(result.tables()));
          out.print(OfctlFormat.flows(result.tables()));
        });
  }

  private void write(Map<NodeId, CompileResult> results) {
    try {
      Files.createDirectories(output);
      for (Map.Entry<NodeId, CompileResult> result : results.entrySet()) {
        String name = TablesInput.stem(result.getKey());
        FlowTables tables = result.getValue().tables();
        if (format == Format.json) {
          write(name + ".json", ModelWriter.text(FlowTablesJson.of(result.getValue())));
        } else {
          write(name + TablesInput.METERS, OfctlFormat.meters(tables));
          write(name + TablesInput.GROUPS, OfctlFormat.groups(tables));
          write(name + TablesInput.FLOWS, OfctlFormat.flows(tables));
        }
        spec.commandLine().getOut().println(output.resolve(name) + ": " + tables);
      }
    } catch (IOException e) {
      throw CommandFailure.inUsage("overlane: cannot write to " + output + ": " + e);
    }
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(output.resolve(name), text);
  }

  /** Says on standard error what is missing in the result; returns the exit status. */
  private int report(Assembly assembly, Map<NodeId, CompileResult> results) {
    PrintWriter err = spec.commandLine().getErr();
    boolean errors = false;
    for (Map.Entry<NodeId, CompileResult> result : results.entrySet()) {
      Messages.pending(err, assembly, result.getKey());
      for (Diagnostic diagnostic : result.getValue().diagnostics()) {
        errors |= diagnostic.severity() == Diagnostic.Severity.ERROR;
        if (diagnostic.code() != Diagnostic.Code.ENDPOINT_PORT_PENDING) {
          Messages.finding(err, result.getKey().toString(), diagnostic);
        }
      }
    }
    return errors ? CommandFailure.MODEL : 0;
  }
}
