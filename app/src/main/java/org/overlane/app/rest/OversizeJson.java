/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.rest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.overlane.app.api.LargePacketReport;
import org.overlane.config.FlowTablesJson;
import org.overlane.config.ModelWriter;

/** What became of packets that were too large, as JSON. */
public final class OversizeJson {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private OversizeJson() {}

  /** All of it, as text. */
  public static String text(LargePacketReport report) {
    return ModelWriter.text(of(report));
  }

  static ObjectNode of(LargePacketReport report) {
    ObjectNode json = JSON.objectNode();
    ArrayNode counters = json.putArray("counters");
    report
        .counters()
        .forEach(
            (place, reasons) -> {
              ObjectNode row = counters.addObject();
              place.network().ifPresent(n -> row.put("network", n.toString()));
              row.put("device", place.node().toString());
              ObjectNode counts = row.putObject("reasons");
              reasons.forEach((reason, count) -> counts.put(reason.text(), count));
            });
    ArrayNode meters = json.putArray("meters");
    report.meters().forEach(m -> meters.add(of(m)));
    json.putObject("tracked")
        .put("ports", report.tracked().ports())
        .put("pairs", report.tracked().pairs())
        .put("exceptions", report.tracked().exceptions());
    return json;
  }

  private static ObjectNode of(LargePacketReport.MeterRow meter) {
    ObjectNode row = JSON.objectNode().put("device", meter.node().toString());
    meter.port().ifPresent(port -> FlowTablesJson.putPort(row, "port", port));
    return row.put("purpose", meter.purpose().text())
        .put("seen", meter.seen())
        .put("dropped", meter.dropped());
  }
}
