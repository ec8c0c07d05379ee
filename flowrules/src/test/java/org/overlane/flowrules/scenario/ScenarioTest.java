/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.flowrules.scenario;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.overlane.flowrules.compile.CompileResult;
import org.overlane.flowrules.feature.PacketClass;
import org.overlane.flowrules.testing.Goldens;
import org.overlane.flowrules.testing.Scenario;
import org.overlane.flowrules.testing.Scenarios;
import org.overlane.flowrules.text.OfctlFormat;

class ScenarioTest {
  static Stream<Scenario> scenarios() {
    return Scenarios.all().stream();
  }

  @ParameterizedTest
  @MethodSource("scenarios")
  void compilesToItsExpectedTables(Scenario scenario) throws IOException {
    CompileResult result = scenario.compile();
    Path folder = Goldens.SCENARIOS.resolve(scenario.name());
    Goldens.check(folder.resolve("expected.flows"), OfctlFormat.flows(result.tables()));
    Goldens.check(folder.resolve("expected.groups"), OfctlFormat.groups(result.tables()));
    Goldens.check(folder.resolve("expected.meters"), OfctlFormat.meters(result.tables()));
    Goldens.check(
        folder.resolve("expected.diagnostics"),
        result.diagnostics().stream()
            .map(d -> d.severity() + " " + d.code() + " " + d.subject() + ": " + d.message() + "\n")
            .collect(joining()));
  }

  /** The entries of one class alone, on the hosts that have any: what to read first. */
  @ParameterizedTest
  @EnumSource(PacketClass.class)
  void everyPacketClassHasItsEntries(PacketClass packetClass) throws IOException {
    StringBuilder text = new StringBuilder();
    Scenarios.entriesOf(packetClass)
        .forEach(
            (scenario, own) ->
                text.append("# ").append(scenario).append('\n').append(OfctlFormat.flows(own)));
    assertThat(text).as("entries of %s", packetClass).isNotEmpty();
    Goldens.check(
        Goldens.SCENARIOS.resolve(packetClass.anchor()).resolve("expected.flows"), text.toString());
  }

  @Test
  void idsOfPacketClassesAreUnique() {
    assertThat(Arrays.stream(PacketClass.values()).map(PacketClass::id)).doesNotHaveDuplicates();
  }
}
