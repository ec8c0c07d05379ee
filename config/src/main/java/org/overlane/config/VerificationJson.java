/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.config;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.overlane.flowrules.openflow.FlowEntry;
import org.overlane.flowrules.text.OfctlFormat;
import org.overlane.flowrules.verify.Invariant;
import org.overlane.flowrules.verify.VerificationReport;
import org.overlane.flowrules.verify.Violation;

/**
 * What was proven about tables, or what does not hold, as JSON.
 *
 * <pre>
 * {"proven": false, "switches": 2, "entries": 74, "pairs": 2, "invariants": 19,
 *  "counts": {"management-isolation": 1},
 *  "violations": [{"invariant": "management-isolation", "title": "...", "device": "of:...",
 *                  "message": "...", "trace": "Packet: ...", "remedy": "...",
 *                  "entries": [{"entry": "cookie=...", "source": "management port LOCAL"}]}]}
 * </pre>
 *
 * Of one invariant at one switch, the first few cases are in {@code violations}, all in {@code
 * counts}. There is no {@code trace} where no packet shows it. An {@code end-to-end} violation also
 * has {@code "sent": {"device": "of:...", "trace": "...", "entries": [...]}}: how the switch that
 * sends the packet puts it into the tunnel; its {@code trace} begins where the packet comes out.
 */
public final class VerificationJson {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private VerificationJson() {}

  public static ObjectNode of(VerificationReport report) {
    ObjectNode json =
        JSON.objectNode()
            .put("proven", report.isProven())
            .put("switches", report.nodes())
            .put("entries", report.entries())
            .put("pairs", report.pairs())
            .put("invariants", Invariant.values().length);
    ObjectNode counts = json.putObject("counts");
    report.counts().forEach((invariant, count) -> counts.put(invariant.id(), count));
    ArrayNode violations = json.putArray("violations");
    report.violations().forEach(v -> violations.add(of(v)));
    return json;
  }

  public static ObjectNode of(Violation violation) {
    ObjectNode json =
        JSON.objectNode()
            .put("invariant", violation.invariant().id())
            .put("title", violation.invariant().title())
            .put("device", violation.node().toString())
            .put("message", violation.message());
    violation
        .sent()
        .ifPresent(
            sent -> {
              ObjectNode sender = json.putObject("sent");
              sender.put("device", sent.node().toString()).put("trace", sent.trace());
              add(sender, sent.entries());
            });
    if (!violation.trace().isEmpty()) {
      json.put("trace", violation.trace());
    }
    json.put("remedy", violation.remedy());
    add(json, violation.entries());
    return json;
  }

  private static void add(ObjectNode json, List<FlowEntry> entries) {
    ArrayNode array = json.putArray("entries");
    for (FlowEntry entry : entries) {
      array.addObject().put("entry", OfctlFormat.entry(entry)).put("source", entry.source());
    }
  }
}
