/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.rest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.overlane.app.drift.Difference;
import org.overlane.app.drift.Drift;
import org.overlane.app.drift.DriftReport;
import org.overlane.app.drift.DriftState;
import org.overlane.app.reconcile.Verdict;
import org.overlane.app.reconcile.VerificationState;
import org.overlane.config.FlowTablesJson;
import org.overlane.config.VerificationJson;

/**
 * Policy and verdicts, and what switches were seen to have, as JSON.
 *
 * <pre>
 * {"policy": "warn", "switches": [
 *   {"device": "of:...", "at": "2026-11-25T12:00:00Z", "millis": 4, "verified": true,
 *    "refused": false, "reason": "...", "report": {...}}],
 *  "observed": {"interval": 60, "switches": [
 *   {"device": "of:...", "at": "2026-11-25T12:00:30Z", "summary": "1 harmful", "problem": "...",
 *    "harmful": 1, "harmless": 0, "unknown": 0, "violations": [{...}],
 *    "drift": [{"effect": "harmful", "kind": "extra", "owner": "application org.onosproject.fwd",
 *               "what": "cookie=...", "wanted": "...", "unread": [], "violations": [{...}]}]}]}}
 * </pre>
 *
 * {@code report} and {@code violations} are as in {@link VerificationJson}; there is no report
 * where the tables were not verified, and no {@code reason} where they are proven. Kinds of drift
 * are {@code missing}, {@code changed}, {@code extra} and {@code unreadable}; there is {@code
 * wanted} with {@code changed} only, and {@code problem} where what is there was not verified.
 * {@code interval} is in seconds, 0 if nobody looks.
 */
public final class VerificationStateJson {
  private VerificationStateJson() {}

  public static ObjectNode of(VerificationState state, DriftState drift) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("policy", state.policy().text());
    ArrayNode switches = json.putArray("switches");
    state.verdicts().values().forEach(v -> switches.add(of(v)));
    ObjectNode observed = json.putObject("observed").put("interval", drift.interval());
    ArrayNode seen = observed.putArray("switches");
    drift.reports().values().forEach(r -> seen.add(of(r)));
    return json;
  }

  private static ObjectNode of(DriftReport report) {
    ObjectNode json =
        JsonNodeFactory.instance
            .objectNode()
            .put("device", report.device().toString())
            .put("at", report.at().toString())
            .put("summary", report.summary());
    report.problem().ifPresent(p -> json.put("problem", p));
    json.setAll(counts(report));
    ArrayNode violations = json.putArray("violations");
    report.violations().forEach(v -> violations.add(VerificationJson.of(v)));
    ArrayNode drifts = json.putArray("drift");
    report.drifts().forEach(d -> drifts.add(of(d)));
    return json;
  }

  /** How many differences there are of each effect. */
  static ObjectNode counts(DriftReport report) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    for (Drift.Effect effect : Drift.Effect.values()) {
      json.put(effect.text(), report.count(effect));
    }
    return json;
  }

  private static ObjectNode of(Drift drift) {
    Difference difference = drift.difference();
    ObjectNode json =
        JsonNodeFactory.instance
            .objectNode()
            .put("effect", drift.effect().text())
            .put("kind", FlowTablesJson.word(difference.kind()))
            .put("owner", difference.owner())
            .put("what", difference.what());
    difference.wanted().ifPresent(w -> json.put("wanted", w));
    ArrayNode unread = json.putArray("unread");
    difference.unread().forEach(unread::add);
    ArrayNode violations = json.putArray("violations");
    drift.violations().forEach(v -> violations.add(VerificationJson.of(v)));
    return json;
  }

  private static ObjectNode of(Verdict verdict) {
    ObjectNode json =
        JsonNodeFactory.instance
            .objectNode()
            .put("device", verdict.device().toString())
            .put("at", verdict.at().toString())
            .put("millis", verdict.millis())
            .put("verified", verdict.report().isPresent())
            .put("refused", verdict.isRefused());
    verdict.reason().ifPresent(reason -> json.put("reason", reason));
    verdict.report().ifPresent(report -> json.set("report", VerificationJson.of(report)));
    return json;
  }
}
