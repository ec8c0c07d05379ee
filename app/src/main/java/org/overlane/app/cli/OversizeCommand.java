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
import org.overlane.app.api.LargePacketReport;
import org.overlane.app.rest.OversizeJson;
import org.overlane.flowrules.model.NetworkId;
import org.overlane.flowrules.model.OfPort;

/** Shows what became of packets that were too large. */
@Service
@Command(
    scope = "onos",
    name = "overlane-oversize",
    description = "Shows what became of packets that were too large for their tunnel")
public final class OversizeCommand extends OverlaneCommand {
  @Override
  void run() {
    LargePacketReport report = overlane().largePackets();
    if (outputJson()) {
      show(OversizeJson.text(report));
      return;
    }
    List<List<String>> rows = new ArrayList<>();
    rows.add(ImmutableList.of("NETWORK", "DEVICE", "PACKETS", "REASON", "MEANING"));
    report
        .counters()
        .forEach(
            (place, reasons) ->
                reasons.forEach(
                    (reason, count) ->
                        rows.add(
                            ImmutableList.of(
                                place.network().map(NetworkId::toString).orElse("-"),
                                place.node().toString(),
                                count.toString(),
                                reason.text(),
                                reason.description()))));
    table(rows);
    List<List<String>> meters = new ArrayList<>();
    meters.add(ImmutableList.of("DEVICE", "PORT", "METER", "PACKETS", "DROPPED BY THE SWITCH"));
    for (LargePacketReport.MeterRow meter : report.meters()) {
      if (meter.seen() > 0) {
        meters.add(
            ImmutableList.of(
                meter.node().toString(),
                meter.port().map(OfPort::toString).orElse("several"),
                meter.purpose().text(),
                Long.toString(meter.seen()),
                Long.toString(meter.dropped())));
      }
    }
    print("");
    table(meters);
    print("");
    print(
        "Remembered: %d ports, %d pairs of addresses; exceptions on switches: %d",
        report.tracked().ports(), report.tracked().pairs(), report.tracked().exceptions());
  }
}
