/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.cli;

import com.google.common.collect.ImmutableList;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.overlane.app.probing.TunnelEvent;
import org.overlane.app.probing.TunnelReport;
import org.overlane.app.probing.TunnelState;
import org.overlane.app.probing.TunnelStatus;
import org.overlane.app.rest.Page;
import org.overlane.app.rest.TunnelsJson;
import org.overlane.app.rest.TunnelsPage;

/** Shows the tunnels and how they are doing. */
@Service
@Command(
    scope = "onos",
    name = "overlane-tunnels",
    description = "Shows the tunnels between switches, what probes say about them, and why")
public final class TunnelsCommand extends OverlaneCommand {
  @Option(name = "--device", description = "Only tunnels from or to this device")
  @Completion(SwitchCompleter.class)
  private String device;

  @Option(name = "--state", description = "Only tunnels in this state")
  @Completion(TunnelStateCompleter.class)
  private String state;

  @Option(name = "--limit", description = "At most so many, 1 to 1000; 1000 if it is not given")
  private String limit;

  @Option(name = "--after", description = "Those behind this one: what the page before ends with")
  private String after;

  @Option(name = "--events", description = "What has happened to tunnels, newest first")
  private boolean events;

  @Override
  void run() {
    TunnelReport report = overlane().tunnels();
    if (events) {
      showEvents(report);
      return;
    }
    Page<TunnelStatus> page =
        TunnelsPage.of(
            report.tunnels(),
            TunnelsPage.filter(
                Optional.ofNullable(device).map(text -> known(text).id()),
                Optional.ofNullable(state).map(TunnelsPage::state)),
            Optional.ofNullable(after),
            Optional.ofNullable(limit).map(Page::limit).orElse(Page.MOST));
    if (outputJson()) {
      show(TunnelsJson.text(report, page));
      return;
    }
    List<List<String>> rows = new ArrayList<>();
    rows.add(
        ImmutableList.of(
            "FROM", "TO", "FAMILY", "STATE", "SINCE", "MTU", "LIMIT", "RTT", "LOST", "WHY"));
    page.rows().forEach(t -> rows.add(row(t)));
    table(rows);
    page.next().ifPresent(n -> print("More: --after %s", n));
    print("");
    print("Probing is %s", report.config().mode().text());
    report
        .prober()
        .ifPresent(
            p ->
                print(
                    "Paths: %d of %d; probes sent %d, arrived %d, late %d, lost %d; forged %d",
                    p.probed(),
                    p.planned(),
                    p.sent(),
                    p.arrived(),
                    p.late(),
                    p.lost(),
                    report.wire().forged()));
  }

  private static List<String> row(TunnelStatus status) {
    return ImmutableList.of(
        status.tunnel().path().from().toString(),
        status.tunnel().path().to().toString(),
        status.tunnel().path().family().text(),
        status.state().text(),
        status.since().truncatedTo(ChronoUnit.SECONDS).toString(),
        Integer.toString(status.tunnel().bound()),
        bytes(status.limit()),
        status
            .probed()
            .filter(p -> p.smoothedMicros().isPresent())
            .map(p -> p.smoothedMicros().getAsLong() + " us")
            .orElse("-"),
        status.probed().map(p -> p.lost() + "/" + p.judged()).orElse("-"),
        status.why());
  }

  private static String bytes(OptionalInt bytes) {
    return bytes.isPresent() ? Integer.toString(bytes.getAsInt()) : "-";
  }

  private void showEvents(TunnelReport report) {
    if (outputJson()) {
      show(TunnelsJson.events(report));
      return;
    }
    List<List<String>> rows = new ArrayList<>();
    rows.add(ImmutableList.of("AT", "FROM", "TO", "FAMILY", "STATE", "LIMIT", "WHY"));
    for (TunnelEvent event : report.events()) {
      rows.add(
          ImmutableList.of(
              event.at().truncatedTo(ChronoUnit.MILLIS).toString(),
              event.path().from().toString(),
              event.path().to().toString(),
              event.path().family().text(),
              state(event.before()) + " -> " + state(event.after()),
              bytes(event.limitBefore()) + " -> " + bytes(event.limitAfter()),
              event.why()));
    }
    table(rows);
  }

  private static String state(Optional<TunnelState> state) {
    return state.map(TunnelState::text).orElse("none");
  }
}
