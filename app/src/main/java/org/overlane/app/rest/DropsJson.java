/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.rest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.overlane.app.api.DropReport;
import org.overlane.config.ModelWriter;

/** What switches have dropped, as JSON. */
public final class DropsJson {
  private DropsJson() {}

  /** All of it, as text. */
  public static String text(DropReport report) {
    return ModelWriter.text(of(report));
  }

  static ObjectNode of(DropReport report) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    ArrayNode entries = json.putArray("entries");
    report
        .entries()
        .forEach(
            row ->
                entries
                    .addObject()
                    .put("device", row.node().toString())
                    .put("class", row.packetClass().anchor())
                    .put("table", row.table())
                    .put("source", row.source())
                    .put("packets", row.packets()));
    ArrayNode meters = json.putArray("meters");
    report
        .meters()
        .forEach(
            row ->
                meters
                    .addObject()
                    .put("device", row.node().toString())
                    .put("name", row.name())
                    .put("seen", row.seen())
                    .put("dropped", row.dropped()));
    return json;
  }
}
