/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.cli;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.overlane.config.Assembly;
import org.overlane.config.ConfigException;
import org.overlane.config.DeviceConfig;
import org.overlane.config.ModelAssembler;
import org.overlane.config.ModelChecks;
import org.overlane.config.ModelDocument;
import org.overlane.config.ModelReader;
import org.overlane.config.PortDirectory;
import org.overlane.config.Problem;
import org.overlane.flowrules.model.NetworkId;
import org.overlane.flowrules.model.NodeId;
import org.overlane.flowrules.model.Profile;
import picocli.CommandLine.Option;

/** The model that a command works on: options that all commands have in common. */
final class ModelInput {
  private final InputStream standardInput;

  @Option(
      names = {"-m", "--model"},
      required = true,
      paramLabel = "FILE",
      description = "Model file (docs/model.md); - reads standard input.")
  private String file;

  @Option(
      names = "--profile",
      paramLabel = "P",
      description = "Take all devices for switches of this kind: ovs or openflow13.",
      converter = ProfileConverter.class)
  private Profile profile;

  ModelInput(InputStream standardInput) {
    this.standardInput = standardInput;
  }

  /**
   * The model, without contradictions and complete in itself.
   *
   * @throws CommandFailure with all problems
   */
  Assembly read() {
    ModelDocument document = parse();
    if (profile != null) {
      document = withProfile(document);
    }
    List<Problem> problems =
        ImmutableList.<Problem>builder()
            .addAll(ModelChecks.check(document))
            .addAll(ModelChecks.danglingReferences(document))
            .build();
    if (!problems.isEmpty()) {
      throw refusal(problems);
    }
    return ModelAssembler.assemble(document, PortDirectory.offline());
  }

  boolean isStandardInput() {
    return file.equals("-");
  }

  /** For messages. */
  String name() {
    return isStandardInput() ? "standard input" : file;
  }

  /** The device of this id; the failure lists those that there are. */
  static NodeId node(String id, Assembly assembly, String modelName) {
    return find("device", id, assembly.model().nodes().keySet(), modelName);
  }

  /** The network of this id; the failure lists those that there are. */
  static NetworkId network(String id, Assembly assembly, String modelName) {
    return find("network", id, assembly.model().networks().keySet(), modelName);
  }

  private static <T> T find(String what, String id, Set<T> known, String modelName) {
    return known.stream()
        .filter(k -> k.toString().equals(id))
        .findFirst()
        .orElseThrow(
            () ->
                CommandFailure.inUsage(
                    "overlane: "
                        + modelName
                        + " has no "
                        + what
                        + " '"
                        + id
                        + "'; its "
                        + what
                        + "s: "
                        + known.stream().map(T::toString).collect(Collectors.joining(", "))));
  }

  private ModelDocument parse() {
    ModelReader reader = new ModelReader();
    try {
      if (isStandardInput()) {
        return reader.readDocument(standardInput);
      }
      Path path = Path.of(file);
      if (Files.isDirectory(path)) {
        throw CommandFailure.inUsage("overlane: " + file + " is a directory, not a model file");
      }
      try (InputStream in = Files.newInputStream(path)) {
        return reader.readDocument(in);
      }
    } catch (ConfigException e) {
      throw refusal(e.problems());
    } catch (NoSuchFileException e) {
      throw CommandFailure.inUsage(
          "overlane: there is no file " + file + "; examples of model files are in examples/");
    } catch (IOException e) {
      throw CommandFailure.inUsage("overlane: cannot read " + name() + ": " + e);
    }
  }

  private CommandFailure refusal(List<Problem> problems) {
    String heading =
        name() + ": " + problems.size() + (problems.size() == 1 ? " problem" : " problems");
    return CommandFailure.inModel(
        problems.stream().map(p -> "\n  " + p).collect(Collectors.joining("", heading, "")));
  }

  private ModelDocument withProfile(ModelDocument document) {
    ModelDocument.Builder changed = document.toBuilder();
    for (DeviceConfig device : document.devices().values()) {
      changed.add(device.toBuilder().profile(profile).build());
    }
    return changed.build();
  }
}
