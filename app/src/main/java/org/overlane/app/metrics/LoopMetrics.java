/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.metrics;

import org.overlane.app.api.OverlaneService;
import org.overlane.app.reconcile.LoopActivity;
import org.overlane.config.ModelDocument;
import org.overlane.monitoring.Exposition;

/** What is declared, and what the reconcile loop has done about it. */
final class LoopMetrics {
  private LoopMetrics() {}

  static void addTo(Exposition to, OverlaneService overlane) {
    ModelDocument document = overlane.model().document();
    to.gauge(
        "overlane_model_objects",
        "Declared devices, networks and endpoints.",
        s -> {
          s.add(document.devices().size(), "kind", "device");
          s.add(document.networks().size(), "kind", "network");
          s.add(document.endpoints().size(), "kind", "endpoint");
        });
    to.gauge(
        "overlane_model_readable",
        "1 if the model could be read at the last attempt, 0 if the one before stays in force.",
        s -> s.add(overlane.problem().isPresent() ? 0 : 1));
    LoopActivity loop = overlane.activity().loop();
    to.histogram(
        "overlane_reconcile_round_seconds",
        "Rounds of the reconcile loop: compiling, verifying, comparing, handing over.",
        loop.rounds());
    to.histogram(
        "overlane_reconcile_plan_seconds",
        "From handing a switch its changes to their outcome.",
        loop.plans());
    to.counter(
        "overlane_reconcile_audits_total",
        "Rounds that looked at all switches, whether anything had changed or not.",
        s -> s.add(loop.audits()));
    to.counter(
        "overlane_reconcile_failed_rounds_total",
        "Rounds that a defect has cut short; the log has it.",
        s -> s.add(loop.failedRounds()));
    to.counter(
        "overlane_reconcile_changes_total",
        "Changes of entries, groups and meters, by outcome.",
        s -> {
          s.add(loop.applied(), "outcome", "applied");
          s.add(loop.failed(), "outcome", "failed");
        });
    to.gauge(
        "overlane_reconcile_stuck_seconds",
        "How long the present round takes already, or the next one is late.",
        s -> s.add(loop.stuckFor() / 1_000.0));
  }
}
