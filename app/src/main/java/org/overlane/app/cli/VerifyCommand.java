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
import org.overlane.app.reconcile.Verdict;
import org.overlane.app.reconcile.VerificationState;
import org.overlane.app.rest.VerificationStateJson;
import org.overlane.config.ModelWriter;
import org.overlane.flowrules.verify.Violation;

/** Shows what the verifier has said about the tables of each switch. */
@Service
@Command(
    scope = "onos",
    name = "overlane-verify",
    description = "Shows whether the tables of each switch are proven right, and what is wrong")
public final class VerifyCommand extends OverlaneCommand {
  @Override
  protected void doExecute() {
    VerificationState state = overlane().verification();
    if (outputJson()) {
      print("%s", ModelWriter.text(VerificationStateJson.of(state)));
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
