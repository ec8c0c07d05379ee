/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.trace;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.base.CharMatcher;
import com.google.common.collect.ImmutableList;
import java.util.Optional;
import org.overlane.app.api.OverlaneService;
import org.overlane.config.ConfigException;
import org.overlane.config.Problem;
import org.overlane.flowrules.compile.CompileResult;
import org.overlane.flowrules.model.NodeId;
import org.overlane.flowrules.openflow.FlowTables;
import org.overlane.tracing.Explanation;
import org.overlane.tracing.ExplanationJson;
import org.overlane.tracing.ExplanationText;
import org.overlane.tracing.ObservedEntry;

/** What an entry of a switch is for, and whether the model in force wants it. Immutable. */
public final class LiveExplanation {
  private static final int SHOWN = 60;

  private final Explanation explanation;

  private LiveExplanation(Explanation explanation) {
    this.explanation = explanation;
  }

  /**
   * Explains an entry.
   *
   * @param cookie of the entry; or
   * @param entry a line of ovs-ofctl dump-flows
   * @param device the switch that has it; without, it is not compared with what is wanted
   * @throws ConfigException that names what is wrong with the question
   */
  public static LiveExplanation of(
      OverlaneService overlane,
      Optional<String> cookie,
      Optional<String> entry,
      Optional<String> device) {
    if (cookie.isPresent() == entry.isPresent()) {
      throw refusal(
          "cookie",
          cookie.orElse(""),
          "or entry is needed, and one of the two only",
          "Give a cookie, such as 0x31268c07136, or a line of ovs-ofctl dump-flows");
    }
    cookie.filter(c -> !ObservedEntry.isCookie(c.trim())).ifPresent(LiveExplanation::refuseCookie);
    ObservedEntry observed = parse(cookie.isPresent() ? "cookie" : "entry", cookie, entry);
    return new LiveExplanation(Explanation.of(observed, device.map(d -> desired(overlane, d))));
  }

  private static ObservedEntry parse(String name, Optional<String> cookie, Optional<String> entry) {
    String text = cookie.orElseGet(entry::get);
    try {
      return ObservedEntry.parse(text);
    } catch (IllegalArgumentException e) {
      throw refusal(
          name,
          text,
          "cannot be read: " + e.getMessage(),
          "Give it as ovs-ofctl dump-flows shows it");
    }
  }

  private static void refuseCookie(String cookie) {
    throw refusal(
        "cookie",
        cookie,
        "is no cookie",
        "Give it as ovs-ofctl shows it, such as 0x31268c07136, or as ONOS does, in decimal");
  }

  private static FlowTables desired(OverlaneService overlane, String device) {
    Optional<CompileResult> compiled;
    try {
      compiled = overlane.compile(NodeId.of(device.trim()));
    } catch (IllegalArgumentException e) {
      throw refusal(
          "device",
          device,
          e.getMessage(),
          "Give the id of a configured device, such as of:0000000000000001");
    }
    return compiled
        .map(CompileResult::tables)
        .orElseThrow(
            () ->
                refusal(
                    "device",
                    device,
                    "is no configured device",
                    "Use one that the status lists as configured, or leave it out"));
  }

  private static ConfigException refusal(String name, String value, String message, String remedy) {
    String printable = CharMatcher.inRange(' ', '~').negate().replaceFrom(value, '?');
    String shown =
        printable.length() > SHOWN ? printable.substring(0, SHOWN - 3) + "..." : printable;
    return new ConfigException(
        ImmutableList.of(Problem.of(name, "\"" + shown + "\"", message, remedy)));
  }

  /** Lines, each with its end. */
  public String text() {
    return ExplanationText.render(explanation);
  }

  /**
   * As {@code overlane explain --json}: {@code {"entries": [...]}}, see {@link ExplanationJson}.
   */
  public ObjectNode json() {
    return ExplanationJson.of(ImmutableList.of(explanation), Optional.empty());
  }
}
