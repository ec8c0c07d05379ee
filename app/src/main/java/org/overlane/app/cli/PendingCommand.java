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
import org.overlane.app.rest.ModelJson;
import org.overlane.config.ModelDocument;
import org.overlane.config.Pending;

/** Lists what is declared but cannot be put to work yet. */
@Service
@Command(
    scope = "onos",
    name = "overlane-pending",
    description = "Lists what is declared and waits for something, with what to do about it")
public final class PendingCommand extends OverlaneCommand {
  @Override
  void run() {
    ModelDocument document = overlane().model().document();
    ImmutableList<Pending> pending = overlane().assembly(document).pending();
    if (outputJson()) {
      show(ModelJson.pending(pending));
      return;
    }
    List<List<String>> rows = new ArrayList<>();
    rows.add(ImmutableList.of("DEVICE", "ENDPOINT", "WHAT", "REMEDY"));
    for (Pending item : pending) {
      rows.add(
          ImmutableList.of(
              item.device().toString(),
              item.endpoint().orElse("-"),
              item.path() + ": " + item.reason(),
              item.remedy()));
    }
    table(rows);
  }
}
