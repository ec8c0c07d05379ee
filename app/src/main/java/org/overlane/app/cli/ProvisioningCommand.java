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
import org.overlane.app.rest.OvsdbJson;
import org.overlane.app.tunnels.ProvisionReport;
import org.overlane.config.ModelWriter;
import org.overlane.config.ProvisionConfig;

/** Shows what is set up in the databases of hosts, or would be. */
@Service
@Command(
    scope = "onos",
    name = "overlane-provisioning",
    description = "Shows what is, or would be, set up for devices in the databases of their hosts")
public final class ProvisioningCommand extends OverlaneCommand {
  @Override
  protected void doExecute() {
    ImmutableList<ProvisionReport> reports = overlane().provisioning();
    if (outputJson()) {
      reports.forEach(report -> print("%s", ModelWriter.text(OvsdbJson.of(report))));
      return;
    }
    List<List<String>> rows = new ArrayList<>();
    rows.add(ImmutableList.of("DEVICE", "BRIDGE", "POLICY", "STATE", "WHAT"));
    for (ProvisionReport report : reports) {
      List<String> what = new ArrayList<>(report.changes());
      report.conflicts().forEach(conflict -> what.add("conflict: " + conflict));
      report.lastError().ifPresent(error -> what.add("last error: " + error));
      for (String line : what.isEmpty() ? ImmutableList.of("-") : what) {
        rows.add(
            ImmutableList.of(
                report.device().toString(),
                report.bridge().orElse("-"),
                report.policy().map(ProvisionConfig.Policy::text).orElse("remove"),
                report.state().name(),
                line));
      }
    }
    table(rows);
  }
}
