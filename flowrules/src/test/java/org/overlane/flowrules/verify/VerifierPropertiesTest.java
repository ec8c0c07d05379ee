/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.flowrules.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.overlane.flowrules.compile.ModelChange;
import org.overlane.flowrules.compile.PipelineCompiler;
import org.overlane.flowrules.model.NetworkModel;
import org.overlane.flowrules.model.NodeId;
import org.overlane.flowrules.openflow.FlowTables;
import org.overlane.flowrules.testing.RandomModels;
import org.overlane.flowrules.testing.Scenario;
import org.overlane.flowrules.testing.Scenarios;

/** What the compiler makes of a model, whatever the model, is proven right. */
class VerifierPropertiesTest {
  private static final int MODELS = 2000;

  static List<Scenario> scenarios() {
    return Scenarios.all();
  }

  @ParameterizedTest
  @MethodSource("scenarios")
  void everyScenarioIsProven(Scenario scenario) {
    assertProven(scenario.model(), scenario.name());
  }

  @Test
  void everyRandomModelIsProven() {
    for (int seed = 0; seed < MODELS; seed++) {
      assertProven(RandomModels.any(seed), "any " + seed);
      assertProven(RandomModels.complete(seed), "complete " + seed);
    }
  }

  @Test
  void incrementalEqualsFull() {
    for (int seed = 0; seed < MODELS / 4; seed++) {
      NetworkModel model = RandomModels.any(seed);
      Verifier verifier = new Verifier();
      verifier.verify(model, compiled(model)::get);
      for (int step = 0; step < 4; step++) {
        NetworkModel next = RandomModels.changed(model, seed * 31L + step);
        ModelChange change = ModelChange.between(model, next);
        Map<NodeId, FlowTables> tables = compiled(next);
        assertThat(verifier.verify(next, tables::get, change.affectedNodes()))
            .isEqualTo(new Verifier().verify(next, tables::get));
        model = next;
      }
    }
  }

  static Map<NodeId, FlowTables> compiled(NetworkModel model) {
    PipelineCompiler compiler = new PipelineCompiler();
    Map<NodeId, FlowTables> tables = new HashMap<>();
    model.nodes().keySet().forEach(id -> tables.put(id, compiler.compile(model, id).tables()));
    return tables;
  }

  private static void assertProven(NetworkModel model, String name) {
    VerificationReport report = new Verifier().verify(model, compiled(model)::get);
    assertThat(report.counts())
        .as(
            () ->
                name
                    + "\n"
                    + report.violations().stream()
                        .map(v -> v + "\n" + v.trace() + v.entries())
                        .collect(Collectors.joining("\n")))
        .isEmpty();
  }
}
