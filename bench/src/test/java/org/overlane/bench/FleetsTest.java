/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.overlane.config.EndpointConfig;
import org.overlane.config.ModelChecks;
import org.overlane.config.ModelDocument;
import org.overlane.flowrules.compile.CompileResult;
import org.overlane.flowrules.compile.Diagnostic;
import org.overlane.flowrules.compile.PipelineCompiler;
import org.overlane.flowrules.model.NetworkModel;
import org.overlane.flowrules.model.NodeId;
import org.overlane.flowrules.reconcile.FlowDiff;

/** What is measured is what it says it is. */
class FleetsTest {
  private final PipelineCompiler compiler = new PipelineCompiler();

  @ParameterizedTest
  @EnumSource
  void compilesWithNothingMissing(Fleets.Shape shape) {
    ModelDocument document = Fleets.document(40, shape);
    assertThat(ModelChecks.check(document)).isEmpty();
    NetworkModel model = Fleets.model(document);

    assertThat(model.endpoints()).hasSize(40 * 20);
    assertThat(model.networks()).hasSize(shape == Fleets.Shape.SPREAD ? 40 : 10);
    for (NodeId node : model.nodes().keySet()) {
      CompileResult result = compiler.compile(model, node);
      assertThat(result.diagnostics())
          .as("all that is said is what a native endpoint does not do")
          .allMatch(d -> d.code() == Diagnostic.Code.CONTROLLER_FRAGMENTS);
      assertThat(result.tables().entries())
          .hasSizeGreaterThan(shape == Fleets.Shape.SPREAD ? 400 : 800);
    }
  }

  @ParameterizedTest
  @EnumSource
  void oneMoreEndpointChangesTheNodesOfItsNetwork(Fleets.Shape shape) {
    ModelDocument document = Fleets.document(40, shape);
    NetworkModel before = Fleets.model(document);
    EndpointConfig added = Fleets.oneMore(40, shape, 20);
    NetworkModel after = Fleets.model(document.with(added));

    for (NodeId node : after.nodes().keySet()) {
      FlowDiff diff =
          FlowDiff.diff(
              compiler.compile(after, node).tables(), compiler.compile(before, node).tables());
      boolean affected = after.nodesOf(added.network()).contains(node);
      assertThat(diff.isEmpty()).isEqualTo(!affected);
    }
  }
}
