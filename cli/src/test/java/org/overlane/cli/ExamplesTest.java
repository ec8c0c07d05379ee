/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.overlane.config.Assembly;
import org.overlane.config.ModelAssembler;
import org.overlane.config.ModelChecks;
import org.overlane.config.ModelDocument;
import org.overlane.config.ModelReader;
import org.overlane.config.PortDirectory;
import org.overlane.flowrules.compile.CompileResult;
import org.overlane.flowrules.compile.Diagnostic;
import org.overlane.flowrules.compile.PipelineCompiler;
import org.overlane.flowrules.model.NodeId;
import org.overlane.flowrules.model.Profile;
import org.overlane.flowrules.text.OfctlFormat;

/** The model files that people start from. */
class ExamplesTest {
  static List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(Run.examples())) {
      return files.filter(f -> f.toString().endsWith(".json")).sorted().toList();
    }
  }

  @Test
  void thereIsOneForEachKindOfHost() throws IOException {
    assertThat(files())
        .extracting(f -> f.getFileName().toString())
        .contains(
            "single-bridge-management-os.json",
            "native-split.json",
            "native-ipv6-underlay.json",
            "openflow13-port-per-remote.json",
            "two-networks-same-mac.json",
            "several-uplinks.json",
            "large-packets.json",
            "transport-zones.json");
  }

  @ParameterizedTest
  @MethodSource("files")
  void compileWithNothingMissing(Path file) throws IOException {
    ModelDocument document = new ModelReader().readDocument(Files.readString(file));
    assertThat(ModelChecks.danglingReferences(document)).isEmpty();
    Assembly assembly = ModelAssembler.assemble(document, PortDirectory.offline());
    assertThat(assembly.pending()).isEmpty();

    for (NodeId node : assembly.model().nodes().keySet()) {
      CompileResult result = new PipelineCompiler().compile(assembly.model(), node);

      Profile profile = assembly.model().nodes().get(node).profile();
      assertThat(result.diagnostics())
          .as("diagnostics of %s, but for what is meant, or such a switch never can", node)
          .allMatch(d -> d.code() == limitOf(profile) || isMeant(d, file));
      assertThat(result.tables().entries()).as("entries of %s", node).isNotEmpty();
      assertThat(
              OfctlFormat.parse(
                  OfctlFormat.flows(result.tables()),
                  OfctlFormat.groups(result.tables()),
                  OfctlFormat.meters(result.tables())))
          .isEqualTo(result.tables());
    }
  }

  /** Zones are there to keep some apart. */
  private static boolean isMeant(Diagnostic diagnostic, Path file) {
    return diagnostic.code() == Diagnostic.Code.NO_COMMON_ZONE
        && file.endsWith("transport-zones.json");
  }

  /** What is said about large packets wherever the endpoint does not fragment them. */
  private static Diagnostic.Code limitOf(Profile profile) {
    return profile == Profile.OVS
        ? Diagnostic.Code.CONTROLLER_FRAGMENTS
        : Diagnostic.Code.NO_SIZE_CHECK;
  }

  @ParameterizedTest
  @MethodSource("files")
  void areNamedInTheirReadme(Path file) throws IOException {
    assertThat(Files.readString(Run.examples().resolve("README.md")))
        .contains("(" + file.getFileName() + ")");
  }
}
