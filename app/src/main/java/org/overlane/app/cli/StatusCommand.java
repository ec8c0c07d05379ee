/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.cli;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.overlane.app.reconcile.Progress;
import org.overlane.app.reconcile.SwitchStatus;
import org.overlane.app.rest.StatusJson;
import org.overlane.config.ModelDocument;
import org.overlane.flowrules.compile.Capability;
import org.overlane.flowrules.model.NetworkModel;

/** Shows how the switches are doing. */
@Service
@Command(
    scope = "onos",
    name = "overlane-status",
    description = "Shows for each switch whether it is as the overlay model wants it")
public final class StatusCommand extends OverlaneCommand {
  @Argument(name = "device", description = "Only this switch, with all that is known of it")
  @Completion(SwitchCompleter.class)
  private String device;

  @Override
  void run() {
    if (device != null) {
      one(known(device));
    } else if (outputJson()) {
      show(StatusJson.text(overlane()));
    } else {
      all();
    }
  }

  private void one(SwitchStatus status) {
    if (outputJson()) {
      show(StatusJson.one(overlane(), status));
      return;
    }
    table(rows(ImmutableList.of(status)));
    status.reasons().forEach(reason -> print("because: %s", reason));
    status.lastError().ifPresent(error -> print("last error: %s", error));
    status.notices().forEach(notice -> print("warning: %s", notice));
    status.pending().forEach(p -> print("waits: %s: %s. %s", p.path(), p.reason(), p.remedy()));
    overlane()
        .ovsdb(status.id())
        .ifPresent(r -> print("database %s: %s", r.address(), r.connection().phase()));
    NetworkModel model = overlane().assembly(overlane().model().document()).model();
    if (model.node(status.id()).isPresent()) {
      List<List<String>> rows = new ArrayList<>();
      rows.add(ImmutableList.of("CASE", "WHAT", "HOLDS", "MEANS"));
      for (Capability capability : Capability.of(model, status.id())) {
        rows.add(
            ImmutableList.of(
                capability.about().id(),
                capability.about().title(),
                capability.holds() ? "yes" : "no",
                capability.means()));
      }
      print("");
      table(rows);
    }
  }

  private void all() {
    overlane().problem().ifPresent(p -> print("The model cannot be read: %s", p));
    table(rows(overlane().statuses().values()));
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

  private List<List<String>> rows(Iterable<SwitchStatus> statuses) {
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
    for (SwitchStatus status : statuses) {
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
    return rows;
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
