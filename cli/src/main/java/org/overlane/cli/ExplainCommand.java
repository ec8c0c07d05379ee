/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.overlane.config.Assembly;
import org.overlane.config.ModelWriter;
import org.overlane.flowrules.compile.PipelineCompiler;
import org.overlane.flowrules.openflow.FlowTables;
import org.overlane.tracing.Explanation;
import org.overlane.tracing.ExplanationJson;
import org.overlane.tracing.ExplanationText;
import org.overlane.tracing.ObservedEntry;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** From an entry of a switch, or its cookie, to what it is for. */
@Command(
    name = "explain",
    mixinStandardHelpOptions = true,
    description = {
      "Says what an entry of a switch is for. With a model and a device, also what in the model"
          + " caused it, and whether it is as the model wants it."
    },
    footer = {
      "",
      "  overlane explain 0x31268c07136",
      "  ovs-ofctl -O OpenFlow13 dump-flows br-int |",
      "    overlane explain --model FILE --node of:0000000000000001",
      "",
      "Exit status: 0 done, 1 the model has problems, 2 the command line has."
    })
final class ExplainCommand implements Callable<Integer> {
  private final InputStream standardInput;

  @Spec private CommandSpec spec;

  @ArgGroup(exclusive = false)
  private ModelInput model;

  @Option(
      names = {"-n", "--node"},
      paramLabel = "ID",
      description = "With --model: the device whose entries these are.")
  private String node;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  @Parameters(
      paramLabel = "ENTRY",
      arity = "0..*",
      description =
          "A cookie, or a line of ovs-ofctl dump-flows; default: all lines of standard input.")
  private List<String> given = new ArrayList<>();

  ExplainCommand(InputStream standardInput) {
    this.standardInput = standardInput;
  }

  @Override
  public Integer call() {
    Optional<FlowTables> desired = desired();
    List<Explanation> explanations = new ArrayList<>();
    for (String text : given.isEmpty() ? lines() : joined()) {
      explanations.add(explain(text, desired));
    }
    PrintWriter out = spec.commandLine().getOut();
    Optional<FlowTables> whole = given.isEmpty() ? desired : Optional.empty();
    if (json) {
      out.print(ModelWriter.text(ExplanationJson.of(explanations, whole)));
    } else {
      explanations.forEach(e -> out.print(ExplanationText.render(e)));
      if (given.isEmpty()) {
        out.print(ExplanationText.summary(explanations, whole));
      }
    }
    out.flush();
    return 0;
  }

  private Optional<FlowTables> desired() {
    if ((model == null) != (node == null)) {
      throw CommandFailure.inUsage("overlane: give --model and --node together, or neither");
    }
    if (model == null) {
      return Optional.empty();
    }
    if (given.isEmpty() && model.isStandardInput()) {
      throw CommandFailure.inUsage(
          "overlane: standard input cannot be both model and entries; put the model in a file");
    }
    Assembly assembly = model.read();
    return Optional.of(
        new PipelineCompiler()
            .compile(assembly.model(), ModelInput.node(node, assembly, model.name()))
            .tables());
  }

  private List<String> lines() {
    try (BufferedReader reader =
        new BufferedReader(new InputStreamReader(standardInput, StandardCharsets.UTF_8))) {
      return reader.lines().filter(ObservedEntry::isEntry).toList();
    } catch (IOException e) {
      throw CommandFailure.inUsage("overlane: cannot read standard input: " + e);
    }
  }

  /** A line that a shell has taken apart at its blanks is put together again. */
  private List<String> joined() {
    List<String> joined = new ArrayList<>();
    for (String text : given) {
      boolean begins =
          joined.isEmpty()
              || ObservedEntry.isCookie(text)
              || text.trim().startsWith("cookie=")
              || (text.contains("actions=") && text.contains("table="));
      if (begins) {
        joined.add(text);
      } else {
        joined.set(joined.size() - 1, joined.get(joined.size() - 1) + " " + text);
      }
    }
    return joined;
  }

  private static Explanation explain(String text, Optional<FlowTables> desired) {
    try {
      return Explanation.of(ObservedEntry.parse(text), desired);
    } catch (IllegalArgumentException e) {
      throw CommandFailure.inUsage("overlane: " + e.getMessage());
    }
  }
}
