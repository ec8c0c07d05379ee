/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.onos;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.onosproject.core.ApplicationId;
import org.onosproject.net.flow.FlowRuleService;
import org.onosproject.net.meter.MeterService;
import org.overlane.app.api.DropReport;
import org.overlane.app.api.DropReport.EntryRow;
import org.overlane.app.api.DropReport.MeterRow;
import org.overlane.flowrules.compile.CompileResult;
import org.overlane.flowrules.feature.PacketClass;
import org.overlane.flowrules.model.NodeId;
import org.overlane.flowrules.openflow.Cookie;
import org.overlane.flowrules.pipeline.PortMeters;

/** Collects what switches have counted of their drops. */
final class DropStatistics {
  private static final Comparator<EntryRow> ORDER =
      Comparator.comparing(EntryRow::table)
          .thenComparing(EntryRow::packetClass)
          .thenComparing(EntryRow::source);

  private final ApplicationId app;
  private final FlowRuleService rules;
  private final MeterService meters;

  DropStatistics(ApplicationId app, FlowRuleService rules, MeterService meters) {
    this.app = app;
    this.rules = rules;
    this.meters = meters;
  }

  /**
   * The counters of some switches.
   *
   * @param desired what a switch should have, for the cause of its entries
   */
  DropReport read(Iterable<NodeId> nodes, Function<NodeId, Optional<CompileResult>> desired) {
    List<EntryRow> entries = new ArrayList<>();
    List<MeterRow> metered = new ArrayList<>();
    for (NodeId node : nodes) {
      Map<Cookie, String> sources = new HashMap<>();
      desired
          .apply(node)
          .ifPresent(r -> r.tables().entries().forEach(e -> sources.put(e.cookie(), e.source())));
      entries.addAll(entries(node, sources));
      metered.addAll(meters(node));
    }
    return DropReport.of(entries, metered);
  }

  private List<EntryRow> entries(NodeId node, Map<Cookie, String> sources) {
    List<EntryRow> rows = new ArrayList<>();
    for (org.onosproject.net.flow.FlowEntry rule : rules.getFlowEntries(OnosFabric.device(node))) {
      if (rule.appId() != app.id()) {
        continue;
      }
      Cookie cookie = Cookie.ofBits(rule.id().value());
      PacketClass.of(cookie)
          .filter(c -> c.isDrop() && c != PacketClass.OVERSIZE_DROP)
          .ifPresent(
              c ->
                  rows.add(
                      EntryRow.of(
                          node,
                          c,
                          rule.tableId(),
                          sources.getOrDefault(cookie, ""),
                          rule.packets())));
    }
    rows.sort(ORDER);
    return rows;
  }

  private List<MeterRow> meters(NodeId node) {
    List<MeterRow> rows = new ArrayList<>();
    for (OwnMeter meter : OwnMeter.of(app, meters, node)) {
      PortMeters.name(meter.id())
          .ifPresent(name -> rows.add(MeterRow.of(node, name, meter.seen(), meter.dropped())));
    }
    return rows;
  }
}
