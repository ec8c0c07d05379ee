/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.overlane.app.api.ModelView;
import org.overlane.app.api.ObservedTables;
import org.overlane.app.api.OtherEntry;
import org.overlane.app.api.OverlaneService;
import org.overlane.config.ConfigException;
import org.overlane.config.ModelAssembler;
import org.overlane.config.ModelDocument;
import org.overlane.config.ModelReader;
import org.overlane.config.PortDirectory;
import org.overlane.flowrules.openflow.FlowEntry;
import org.overlane.flowrules.openflow.FlowTables;
import org.overlane.flowrules.text.OfctlFormat;
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

  /** Every switch lacks some entries and has others instead. */
  private void lacks(Predicate<FlowEntry> lost, OtherEntry... others) {
    when(overlane.observed(any(), any()))
        .thenAnswer(
            call -> {
              FlowTables desired = call.getArgument(1);
              List<FlowEntry> there =
                  desired.entries().stream().filter(lost.negate()).collect(Collectors.toList());
              Arrays.stream(others).forEach(o -> o.entry().ifPresent(there::add));
              return ObservedTables.of(
                  true,
                  new FlowTables(there, desired.groups().values()),
                  desired.entries().stream().filter(lost).collect(Collectors.toList()),
                  ImmutableList.copyOf(others));
            });
  }

  private static OtherEntry.Builder other(int priority) {
    return OtherEntry.builder()
        .kind(OtherEntry.Kind.FOREIGN)
        .owner("application org.test")
        .text("something else")
        .table(0)
        .priority(priority)
        .entry(Optional.empty())
        .unread(ImmutableList.of());
  }

  private static OtherEntry other(String line, String... unread) {
    FlowEntry entry = OfctlFormat.parseEntry(line);
    return other(entry.priority())
        .text(line)
        .table(entry.table())
        .entry(Optional.of(entry))
        .unread(ImmutableList.copyOf(unread))
        .build();
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
    OtherEntry behind = other(1).unread(ImmutableList.of("match X")).build();
    lacks(e -> e.table() == 20 && e.source().equals("endpoint vm3"), behind);
    LiveTrace trace = LiveTrace.of(overlane, QUERY, true);
    JsonNode json = trace.json();
    assertThat(json.path("asWanted").asBoolean()).isFalse();
    assertThat(json.at("/results/0").asText()).isEqualTo("dropped");
    assertThat(json.at("/wanted/results/0").asText()).isEqualTo("delivered");
    JsonNode last = json.path("observed").get(3);
    assertThat(last.at("/missing/0/source").asText()).isEqualTo("endpoint vm3");
    assertThat(last.at("/others/0/text").asText()).isEqualTo("something else");
    assertThat(last.at("/others/0/unread/0").asText()).isEqualTo("match X");
    assertThat(json.path("doubts")).isEmpty();
    assertThat(trace.text(false))
        .startsWith("Dropped at of:0000000000000002 by Unknown destination")
        .contains("of:0000000000000002 lacks, or has another way: 1\n  cookie=0x7")
        .contains("could not be read, or only in part: 1\n  something else # application org.test")
        .contains("The model wants another way:\nDelivered to vm3.");
  }

  @Test
  void followsTheEntriesOfOthers() {
    lacks(e -> false, other("cookie=0x9, table=0, priority=40000, actions=drop"));
    LiveTrace trace = LiveTrace.of(overlane, QUERY, true);
    JsonNode json = trace.json();
    assertThat(json.path("asWanted").asBoolean()).isFalse();
    assertThat(json.at("/results/0").asText()).isEqualTo("dropped");
    assertThat(json.path("doubts")).isEmpty();
    assertThat(json.at("/observed/0/others/0/entry/priority").asInt()).isEqualTo(40000);
    assertThat(trace.text(false)).contains("which the way takes into account: 1\n  cookie=0x9");
  }

  /** Whether a packet hits an entry nobody can tell whose match is not known. */
  @Test
  void saysThatTheWayMayBeWrongWhereAMatchCouldNotBeRead() {
    lacks(e -> false, other(40000).unread(ImmutableList.of("match IP_DSCP:46")).build());
    LiveTrace trace = LiveTrace.of(overlane, QUERY, true);
    assertThat(trace.json().path("asWanted").asBoolean()).isTrue();
    assertThat(trace.json().path("doubts")).isNotEmpty();
    assertThat(trace.text(false))
        .contains(
            "The way may be wrong at of:0000000000000001 in table 0, where an entry of application"
                + " org.test may take the packet, but could not be read: match IP_DSCP:46");
  }

  @Test
  void saysThatTheWayMayBeWrongBehindAnActionThatCouldNotBeRead() {
    lacks(e -> false, other("table=0, priority=40000, actions=output:77", "action VLAN_PUSH"));
    LiveTrace trace = LiveTrace.of(overlane, QUERY, true);
    assertThat(trace.json().at("/doubts/0").asText())
        .contains("also has what could not be read: action VLAN_PUSH");
  }

  @Test
  void refusesWhatNoStandardDefines() {
    lacks(e -> false, other("table=0, priority=40000, actions=group:5"));
    assertThatThrownBy(() -> LiveTrace.of(overlane, QUERY, true))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("group 5 does not exist");
  }
}
