/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.cli;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.overlane.app.reconcile.Progress;
import org.overlane.app.reconcile.SwitchStatus;
import org.overlane.app.rest.StatusJson;
import org.overlane.config.ModelDocument;

/** Shows how the switches are doing. */
@Service
@Command(
    scope = "onos",
    name = "overlane-status",
    description = "Shows for each switch whether it is as the overlay model wants it")
public final class StatusCommand extends OverlaneCommand {
  @Override
  protected void doExecute() {
    if (outputJson()) {
      print("%s", StatusJson.text(overlane()));
      return;
    }
    overlane().problem().ifPresent(p -> print("The model cannot be read: %s", p));
    ModelDocument document = overlane().model().document();
    List<List<String>> rows = new ArrayList<>();
    rows.add(
        ImmutableList.of(
            "DEVICE",
            "NAME",
            "STATE",
            "ENTRIES",
            "GROUPS",
            "METERS",
            "PENDING",
            "FAILED",
            "LAST CHANGE"));
    for (SwitchStatus status : overlane().statuses().values()) {
      rows.add(
          ImmutableList.of(
              status.id().toString(),
              StatusJson.name(status, document),
              status.state().name(),
              count(status.entries()),
              count(status.groups()),
              count(status.meters()),
              sum(status, Progress::pending),
              sum(status, Progress::failed),
              status.lastChange().map(Object::toString).orElse("-")));
    }
    table(rows);
    overlane().drift().reports().values().stream()
        .filter(r -> !r.drifts().isEmpty() || r.problem().isPresent())
        .forEach(r -> print("%s: drift: %s, see overlane-verify", r.device(), r.summary()));
    for (SwitchStatus status : overlane().statuses().values()) {
      status.reasons().forEach(r -> print("%s: %s", status.id(), r));
      status.notices().forEach(n -> print("%s: %s", status.id(), n));
      if (!status.pending().isEmpty()) {
        print("%s: %d waiting, see overlane-pending", status.id(), status.pending().size());
      }
    }
  }

  private static String sum(SwitchStatus status, ToIntFunction<Progress> of) {
    int sum =
        of.applyAsInt(status.entries())
            + of.applyAsInt(status.groups())
            + of.applyAsInt(status.meters());
    return Integer.toString(sum);
  }

  private static String count(Progress progress) {
    return progress.observed() + "/" + progress.desired();
  }
}
