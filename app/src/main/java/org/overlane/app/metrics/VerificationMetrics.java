/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.metrics;

import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import org.overlane.app.api.OverlaneService;
import org.overlane.app.drift.Drift;
import org.overlane.app.drift.DriftReport;
import org.overlane.app.reconcile.Verdict;
import org.overlane.flowrules.model.NodeId;
import org.overlane.flowrules.verify.VerificationReport;
import org.overlane.monitoring.Exposition;

/** What the verifier says of tables before they are taken over, and of what switches have. */
final class VerificationMetrics {
  private VerificationMetrics() {}

  private enum Outcome {
    PROVEN("proven"),
    VIOLATED("violated"),
    REFUSED("refused"),
    UNVERIFIED("unverified");

    private final String text;

    Outcome(String text) {
      this.text = text;
    }

    static Outcome of(Verdict verdict) {
      if (verdict.isRefused()) {
        return REFUSED;
      }
      return verdict.report().map(r -> r.isProven() ? PROVEN : VIOLATED).orElse(UNVERIFIED);
    }
  }

  static void addTo(Exposition to, OverlaneService overlane) {
    Map<NodeId, Verdict> verdicts = overlane.verification().verdicts();
    Map<Outcome, Long> outcomes =
        verdicts.values().stream()
            .collect(Collectors.groupingBy(Outcome::of, Collectors.counting()));
    to.gauge(
        "overlane_verification_switches",
        "Switches by what the verifier says of the tables that are wanted on them.",
        s ->
            Arrays.stream(Outcome.values())
                .forEach(o -> s.add(outcomes.getOrDefault(o, 0L), "verdict", o.text)));
    to.gauge(
        "overlane_verification_violations",
        "Violations of invariants in the tables that are wanted on a switch.",
        s ->
            verdicts.forEach(
                (id, v) ->
                    s.add(
                        v.report().map(VerificationReport::violations).map(l -> l.size()).orElse(0),
                        "device",
                        id.toString())));
    Map<NodeId, DriftReport> drifts = overlane.drift().reports();
    to.gauge(
        "overlane_drift",
        "Entries, groups and meters that a switch has otherwise than wanted, by effect.",
        s ->
            drifts.forEach(
                (id, report) -> {
                  for (Drift.Effect effect : Drift.Effect.values()) {
                    s.add(report.count(effect), "device", id.toString(), "effect", effect.text());
                  }
                }));
    to.gauge(
        "overlane_drift_unverified",
        "1 if what the switch has could not be verified at the last look.",
        s ->
            drifts.forEach(
                (id, report) ->
                    s.add(report.problem().isPresent() ? 1 : 0, "device", id.toString())));
  }
}
