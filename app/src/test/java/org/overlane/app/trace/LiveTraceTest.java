/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.overlane.app.api.ModelView;
import org.overlane.app.api.ObservedTables;
import org.overlane.app.api.OverlaneService;
import org.overlane.config.ModelAssembler;
import org.overlane.config.ModelDocument;
import org.overlane.config.ModelReader;
import org.overlane.config.PortDirectory;
import org.overlane.flowrules.openflow.FlowEntry;
import org.overlane.flowrules.openflow.FlowTables;
import org.overlane.tracing.TraceQuery;

/** Questions to a service with the example model, whose switches may lack entries. */
class LiveTraceTest {
  private static final TraceQuery QUERY =
      TraceQuery.parse(ImmutableMap.of("from", "vm1", "to", "vm3", "udp", ""));

  private final OverlaneService overlane = mock(OverlaneService.class);

  @BeforeEach
  void loadModel() throws Exception {
    ModelDocument document;
    try (InputStream in = Files.newInputStream(Path.of("../examples/native-split.json"))) {
      document = new ModelReader().readDocument(in);
    }
    when(overlane.model()).thenReturn(ModelView.of(document, 1));
    when(overlane.assembly(any()))
        .thenReturn(ModelAssembler.assemble(document, PortDirectory.offline()));
  }

  private void lacks(Predicate<FlowEntry> lost, String... others) {
    when(overlane.observed(any(), any()))
        .thenAnswer(
            call -> {
              FlowTables desired = call.getArgument(1);
              return ObservedTables.of(
                  true,
                  new FlowTables(
                      desired.entries().stream().filter(lost.negate()).collect(Collectors.toList()),
                      desired.groups().values()),
                  desired.entries().stream().filter(lost).collect(Collectors.toList()),
                  ImmutableList.copyOf(others));
            });
  }

  @Test
  void goesThroughWhatIsWanted() {
    LiveTrace trace = LiveTrace.of(overlane, QUERY, false);
    assertThat(trace.text(false)).startsWith("Delivered to vm3.\n");
    assertThat(trace.json().path("verdict").asText()).isEqualTo("Delivered to vm3.");
    assertThat(trace.json().has("observed")).isFalse();
  }

  @Test
  void saysWhenSwitchesAreAsWanted() {
    lacks(e -> false);
    LiveTrace trace = LiveTrace.of(overlane, QUERY, true);
    JsonNode json = trace.json();
    assertThat(json.path("asWanted").asBoolean()).isTrue();
    assertThat(json.path("observed")).hasSize(4);
    assertThat(trace.text(false))
        .startsWith(LiveTrace.of(overlane, QUERY, false).text(false))
        .contains("ovs-ofctl dump-flows BRIDGE | overlane explain")
        .doesNotContain("lacks")
        .doesNotContain("another way");
  }

  /** The delivery to vm3 is missing: the packet meets the entry for unknown destinations. */
  @Test
  void saysWhereSwitchesDiffer() {
    lacks(e -> e.table() == 20 && e.source().equals("endpoint vm3"), "table 0, something else");
    LiveTrace trace = LiveTrace.of(overlane, QUERY, true);
    JsonNode json = trace.json();
    assertThat(json.path("asWanted").asBoolean()).isFalse();
    assertThat(json.at("/results/0").asText()).isEqualTo("dropped");
    assertThat(json.at("/wanted/results/0").asText()).isEqualTo("delivered");
    JsonNode last = json.path("observed").get(3);
    assertThat(last.at("/missing/0/source").asText()).isEqualTo("endpoint vm3");
    assertThat(last.at("/others/0").asText()).isEqualTo("table 0, something else");
    assertThat(trace.text(false))
        .startsWith("Dropped at of:0000000000000002 by Unknown destination")
        .contains("of:0000000000000002 lacks, or has another way: 1\n  cookie=0x7")
        .contains("has other entries, which were not looked at: 1\n  table 0, something else")
        .contains("The model wants another way:\nDelivered to vm3.");
  }
}
