/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.cli;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.util.ArrayList;
import java.util.List;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.overlane.app.api.DropReport;
import org.overlane.app.rest.DropsJson;

/** Shows what switches have dropped. */
@Service
@Command(
    scope = "onos",
    name = "overlane-drops",
    description = "Shows what the switches have dropped: by entries, and by meters")
public final class DropsCommand extends OverlaneCommand {
  @Option(name = "--device", description = "Only this switch")
  @Completion(SwitchCompleter.class)
  private String device;

  @Override
  void run() {
    DropReport report =
        overlane()
            .drops(
                device == null
                    ? overlane().statuses().keySet()
                    : ImmutableSet.of(known(device).id()));
    if (outputJson()) {
      show(DropsJson.text(report));
      return;
    }
    List<List<String>> entries = new ArrayList<>();
    entries.add(ImmutableList.of("DEVICE", "TABLE", "DROPPED", "CLASS", "BECAUSE OF"));
    for (DropReport.EntryRow row : report.entries()) {
      if (row.packets() > 0) {
        entries.add(
            ImmutableList.of(
                row.node().toString(),
                Integer.toString(row.table()),
                Long.toString(row.packets()),
                row.packetClass().title(),
                row.source()));
      }
    }
    table(entries);
    List<List<String>> meters = new ArrayList<>();
    meters.add(ImmutableList.of("DEVICE", "METER", "PACKETS", "DROPPED"));
    for (DropReport.MeterRow row : report.meters()) {
      if (row.seen() > 0) {
        meters.add(
            ImmutableList.of(
                row.node().toString(),
                row.name(),
                Long.toString(row.seen()),
                Long.toString(row.dropped())));
      }
    }
    print("");
    table(meters);
  }
}
