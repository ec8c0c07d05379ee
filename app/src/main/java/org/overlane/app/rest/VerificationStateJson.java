/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.rest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.overlane.app.reconcile.Verdict;
import org.overlane.app.reconcile.VerificationState;
import org.overlane.config.VerificationJson;

/**
 * Policy and verdicts as JSON.
 *
 * <pre>
 * {"policy": "warn", "switches": [
 *   {"device": "of:...", "at": "2026-11-25T12:00:00Z", "millis": 4, "verified": true,
 *    "refused": false, "reason": "...", "report": {...}}]}
 * </pre>
 *
 * {@code report} is that of {@link VerificationJson}; there is none where the tables were not
 * verified, and no {@code reason} where they are proven.
 */
public final class VerificationStateJson {
  private VerificationStateJson() {}

  public static ObjectNode of(VerificationState state) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("policy", state.policy().text());
    ArrayNode switches = json.putArray("switches");
    state.verdicts().values().forEach(v -> switches.add(of(v)));
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
