/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.cli;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.List;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.overlane.app.drift.DriftReport;
import org.overlane.app.drift.DriftState;
import org.overlane.app.reconcile.Verdict;
import org.overlane.app.reconcile.VerificationState;
import org.overlane.app.rest.VerificationStateJson;
import org.overlane.flowrules.verify.Violation;

/** Shows what the verifier says about the tables that switches should have, and have. */
@Service
@Command(
    scope = "onos",
    name = "overlane-verify",
    description =
        "Shows whether the tables of each switch are proven right, and whether what else it has"
            + " matters")
public final class VerifyCommand extends OverlaneCommand {
  private static final int LISTED = 20;

  @Override
  void run() {
    VerificationState state = overlane().verification();
    if (outputJson()) {
      show(VerificationStateJson.of(state, overlane().drift()));
      return;
    }
    print("policy: %s", state.policy().text());
    List<List<String>> rows = new ArrayList<>();
    rows.add(ImmutableList.of("DEVICE", "VERDICT", "AT", "MS", "REASON"));
    for (Verdict verdict : state.verdicts().values()) {
      rows.add(
          ImmutableList.of(
              verdict.device().toString(),
              word(verdict),
              verdict.at().toString(),
              Long.toString(verdict.millis()),
              verdict.reason().orElse("-")));
    }
    table(rows);
    for (Verdict verdict : state.verdicts().values()) {
      verdict.report().ifPresent(report -> report.violations().forEach(this::show));
    }
    show(overlane().drift());
  }

  private void show(DriftState drift) {
    print("");
    if (drift.interval() == 0) {
      print("What switches have is not looked at (driftInterval is 0)");
      return;
    }
    List<List<String>> rows = new ArrayList<>();
    rows.add(ImmutableList.of("DEVICE", "HAS", "AT", "PROBLEM"));
    for (DriftReport report : drift.reports().values()) {
      rows.add(
          ImmutableList.of(
              report.device().toString(),
              report.summary(),
              report.at().toString(),
              report.problem().orElse("-")));
    }
    table(rows);
    for (DriftReport report : drift.reports().values()) {
      report.drifts().stream().limit(LISTED).forEach(d -> print("%s: %s", report.device(), d));
      if (report.drifts().size() > LISTED) {
        print("%s: %d in all, -j lists them", report.device(), report.drifts().size());
      }
      report.violations().forEach(this::show);
    }
  }

  private static String word(Verdict verdict) {
    if (verdict.isRefused()) {
      return "REFUSED";
    }
    if (!verdict.report().isPresent()) {
      return "UNVERIFIED";
    }
    return verdict.report().get().isProven() ? "PROVEN" : "VIOLATED";
  }

  private void show(Violation violation) {
    print("");
    print("%s", violation);
    print("%s", violation.trace());
    print("%s", violation.remedy());
  }
}
