/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.trace;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.collect.ImmutableList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.overlane.app.api.ObservedTables;
import org.overlane.app.api.OverlaneService;
import org.overlane.config.FlowTablesJson;
import org.overlane.flowrules.model.NetworkModel;
import org.overlane.flowrules.model.NodeId;
import org.overlane.flowrules.openflow.FlowTables;
import org.overlane.flowrules.text.OfctlFormat;
import org.overlane.tracing.PathJson;
import org.overlane.tracing.PathText;
import org.overlane.tracing.TraceAnswer;
import org.overlane.tracing.TraceQuery;

/**
 * The way of a packet in the live network. Through what switches have, it knows of their entries
 * those that are as the model wants them; what a switch lacks and what else it has is told beside
 * the way, which those entries might change.
 */
public final class LiveTrace {
  private static final int LISTED = 10;

  private static final String LIMITATION =
      "Switches as ONOS knows them: entries that it did not write it may not see. To look at all of"
          + " a switch: ovs-ofctl dump-flows BRIDGE | overlane explain";

  private final TraceAnswer answer;

  /** Through what the model wants, if {@link #answer} is through what switches have. */
  private final Optional<TraceAnswer> wanted;

  /** The switches on the way, as they were observed. */
  private final Map<NodeId, ObservedTables> observed;

  private LiveTrace(
      TraceAnswer answer, Optional<TraceAnswer> wanted, Map<NodeId, ObservedTables> observed) {
    this.answer = answer;
    this.wanted = wanted;
    this.observed = observed;
  }

  /**
   * Follows a packet.
   *
   * @param throughObserved whether through the tables that switches have, rather than those that
   *     the model wants
   * @throws org.overlane.config.ConfigException with all that is wrong with the question
   */
  public static LiveTrace of(OverlaneService overlane, TraceQuery query, boolean throughObserved) {
    NetworkModel model = overlane.assembly(overlane.model().document()).model();
    Function<NodeId, FlowTables> desired = TraceAnswer.desiredTables(model);
    TraceAnswer wanted = TraceAnswer.of(model, desired, query);
    if (!throughObserved) {
      return new LiveTrace(wanted, Optional.empty(), new LinkedHashMap<>());
    }
    Map<NodeId, ObservedTables> observed = new LinkedHashMap<>();
    Function<NodeId, FlowTables> there =
        id -> observed.computeIfAbsent(id, n -> overlane.observed(n, desired.apply(n))).tables();
    TraceAnswer answer = TraceAnswer.of(model, there, query);
    return new LiveTrace(answer, Optional.of(wanted), observed);
  }

  /** Whether the packet goes exactly the way that the model wants. */
  private boolean isSameWay() {
    return wanted.map(w -> w.trace().equals(answer.trace())).orElse(true);
  }

  /** Lines, each with its end. */
  public String text(boolean verbose) {
    StringBuilder text = new StringBuilder(PathText.render(answer, verbose));
    observed.forEach((node, tables) -> append(text, node, tables));
    if (wanted.isPresent()) {
      text.append('\n').append(LIMITATION).append('\n');
    }
    if (!isSameWay()) {
      text.append("\nThe model wants another way:\n").append(PathText.render(wanted.get(), false));
    }
    return text.toString();
  }

  private static void append(StringBuilder text, NodeId node, ObservedTables tables) {
    if (!tables.connected()) {
      text.append('\n').append(node).append(" is not connected; as it was last seen\n");
    }
    ImmutableList.Builder<String> missing = ImmutableList.builder();
    tables.missing().forEach(e -> missing.add(OfctlFormat.entry(e) + " # " + e.source()));
    append(text, node + " lacks, or has another way", missing.build());
    append(text, node + " has other entries, which were not looked at", tables.others());
  }

  private static void append(StringBuilder text, String heading, ImmutableList<String> entries) {
    if (entries.isEmpty()) {
      return;
    }
    text.append('\n').append(heading).append(": ").append(entries.size()).append('\n');
    entries.stream().limit(LISTED).forEach(e -> text.append("  ").append(e).append('\n'));
    if (entries.size() > LISTED) {
      text.append("  and ").append(entries.size() - LISTED).append(" more\n");
    }
  }

  /**
   * As {@link PathJson}; through what switches have, with {@code "asWanted": true|false}, {@code
   * "wanted": {...}} where it is not, and {@code "observed": [{"device", "connected", "missing":
   * [...], "others": [...]}]}.
   */
  public ObjectNode json() {
    ObjectNode json = PathJson.of(answer);
    if (!wanted.isPresent()) {
      return json;
    }
    json.put("asWanted", isSameWay());
    if (!isSameWay()) {
      json.set("wanted", PathJson.of(wanted.get()));
    }
    ArrayNode switches = json.putArray("observed");
    observed.forEach(
        (node, tables) -> {
          ObjectNode one =
              switches
                  .addObject()
                  .put("device", node.toString())
                  .put("connected", tables.connected());
          ArrayNode missing = one.putArray("missing");
          tables.missing().forEach(e -> missing.add(FlowTablesJson.of(e)));
          ArrayNode others = one.putArray("others");
          tables.others().forEach(others::add);
        });
    return json;
  }
}
