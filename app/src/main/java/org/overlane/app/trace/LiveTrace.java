/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.trace;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.collect.ImmutableList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.overlane.app.api.ObservedTables;
import org.overlane.app.api.OtherEntry;
import org.overlane.app.api.OverlaneService;
import org.overlane.config.ConfigException;
import org.overlane.config.FlowTablesJson;
import org.overlane.config.Problem;
import org.overlane.flowrules.model.NetworkModel;
import org.overlane.flowrules.model.NodeId;
import org.overlane.flowrules.openflow.FlowEntry;
import org.overlane.flowrules.openflow.FlowTables;
import org.overlane.flowrules.text.OfctlFormat;
import org.overlane.flowrules.trace.TraceStep;
import org.overlane.flowrules.trace.path.PathStep;
import org.overlane.tracing.PathJson;
import org.overlane.tracing.PathText;
import org.overlane.tracing.TraceAnswer;
import org.overlane.tracing.TraceQuery;

/**
 * The way of a packet in the live network. Through what switches have, it takes all entries that
 * ONOS knows of, whoever wrote them. What could not be read of those of others, and where this
 * leaves the way in doubt, is told beside it, as is what a switch lacks.
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
    try {
      TraceAnswer answer = TraceAnswer.of(model, there, query);
      return new LiveTrace(answer, Optional.of(wanted), observed);
    } catch (IllegalArgumentException e) {
      throw new ConfigException(
          ImmutableList.of(
              Problem.of(
                  "observed",
                  "\"true\"",
                  "meets an entry of which no standard says what it does: " + e.getMessage(),
                  "Remove that entry, or ask without observed")));
    }
  }

  /** Whether the packet goes exactly the way that the model wants. */
  private boolean isSameWay() {
    return wanted.map(w -> w.trace().equals(answer.trace())).orElse(true);
  }

  /** Lines, each with its end. */
  public String text(boolean verbose) {
    StringBuilder text = new StringBuilder(PathText.render(answer, verbose));
    doubts().forEach(d -> text.append("\nThe way may be wrong ").append(d).append('\n'));
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
    append(
        text,
        node + " has other entries, which the way takes into account",
        others(tables, other -> other.unread().isEmpty()));
    append(
        text,
        node + " has other entries, which could not be read, or only in part",
        others(tables, other -> !other.unread().isEmpty()));
  }

  private static ImmutableList<String> others(
      ObservedTables tables, Predicate<OtherEntry> condition) {
    return tables.others().stream()
        .filter(condition)
        .map(o -> o.text() + " # " + o.owner() + unread(o))
        .collect(ImmutableList.toImmutableList());
  }

  private static String unread(OtherEntry other) {
    return other.unread().isEmpty() ? "" : "; unread: " + String.join(", ", other.unread());
  }

  /** Where the way may be wrong, since what is there could not be read; without full stops. */
  private ImmutableList<String> doubts() {
    Set<String> doubts = new LinkedHashSet<>();
    for (PathStep step : answer.trace().steps()) {
      if (step instanceof PathStep.InSwitch && observed.containsKey(step.node())) {
        ImmutableList<OtherEntry> others = observed.get(step.node()).others();
        for (TraceStep passed : ((PathStep.InSwitch) step).trace().steps()) {
          others.stream()
              .filter(o -> !o.unread().isEmpty() && concerns(o, passed))
              .forEach(o -> doubts.add(doubt(step.node(), o)));
        }
      }
    }
    return ImmutableList.copyOf(doubts);
  }

  /** Whether an entry that was not read is, or may be, what the packet hits in a table. */
  private static boolean concerns(OtherEntry other, TraceStep passed) {
    if (passed instanceof TraceStep.NoMatch) {
      return !other.entry().isPresent() && other.table() == ((TraceStep.NoMatch) passed).table();
    }
    if (!(passed instanceof TraceStep.Matched)) {
      return false;
    }
    FlowEntry hit = ((TraceStep.Matched) passed).entry();
    return other.entry().isPresent()
        ? hit.equals(other.entry().get())
        : other.table() == hit.table() && other.priority() >= hit.priority();
  }

  private static String doubt(NodeId node, OtherEntry other) {
    String place = "at " + node + " in table " + other.table() + ", where an entry of ";
    String unread = String.join(", ", other.unread());
    return other.entry().isPresent()
        ? place + other.owner() + " also has what could not be read: " + unread
        : place + other.owner() + " may take the packet, but could not be read: " + unread;
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
   * "wanted": {...}} where it is not, {@code "doubts": ["..."]}, and {@code "observed": [{"device",
   * "connected", "missing": [...], "others": [{"kind", "owner", "text", "table", "priority",
   * "entry", "unread": []}]}]}. An entry whose match could not be read has no {@code entry}.
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
    ArrayNode doubts = json.putArray("doubts");
    doubts().forEach(doubts::add);
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
          tables.others().forEach(o -> others.add(json(o)));
        });
    return json;
  }

  private static ObjectNode json(OtherEntry other) {
    ObjectNode json =
        JsonNodeFactory.instance
            .objectNode()
            .put("kind", FlowTablesJson.word(other.kind()))
            .put("owner", other.owner())
            .put("text", other.text())
            .put("table", other.table())
            .put("priority", other.priority());
    other.entry().ifPresent(e -> json.set("entry", FlowTablesJson.of(e)));
    ArrayNode unread = json.putArray("unread");
    other.unread().forEach(unread::add);
    return json;
  }
}
