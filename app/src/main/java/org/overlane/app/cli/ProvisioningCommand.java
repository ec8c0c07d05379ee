/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.cli;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.overlane.app.rest.OvsdbJson;
import org.overlane.app.tunnels.OvsdbReport;
import org.overlane.app.tunnels.ProvisionReport;
import org.overlane.config.ProvisionConfig;
import org.overlane.flowrules.model.NodeId;

/** Shows what is set up in the databases of hosts, or would be. */
@Service
@Command(
    scope = "onos",
    name = "overlane-provisioning",
    description = "Shows what is, or would be, set up for devices in the databases of their hosts")
public final class ProvisioningCommand extends OverlaneCommand {
  @Argument(name = "device", description = "Only this device")
  @Completion(SwitchCompleter.class)
  private String device;

  @Override
  void run() {
    ImmutableList<ProvisionReport> reports =
        device == null ? overlane().provisioning() : ImmutableList.of(one());
    if (outputJson()) {
      show(device == null ? OvsdbJson.of(reports) : OvsdbJson.of(reports.get(0)));
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

  private ProvisionReport one() {
    return Optional.of(device)
        .filter(text -> !text.trim().isEmpty())
        .flatMap(text -> overlane().ovsdb(NodeId.of(text)))
        .flatMap(OvsdbReport::provisioning)
        .orElseThrow(
            () ->
                unknown(
                    "device",
                    device,
                    "device that allows provisioning",
                    "overlane-provisioning without a device"));
  }
}
