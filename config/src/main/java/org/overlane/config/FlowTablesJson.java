/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.config;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.base.Ascii;
import org.overlane.flowrules.compile.CompileResult;
import org.overlane.flowrules.compile.Diagnostic;
import org.overlane.flowrules.feature.PacketClass;
import org.overlane.flowrules.model.OfPort;
import org.overlane.flowrules.openflow.FlowEntry;
import org.overlane.flowrules.openflow.FlowTables;
import org.overlane.flowrules.openflow.Group;
import org.overlane.flowrules.openflow.Instructions;
import org.overlane.flowrules.openflow.Meter;
import org.overlane.flowrules.pipeline.PortMeters;
import org.overlane.flowrules.text.OfctlFormat;

/**
 * Tables of a switch as JSON. Matches and actions are text in the syntax of ovs-ofctl (see
 * ovs-fields(7) and ovs-actions(7)), all else is numbers and words. Meters count packets; port and
 * purpose are there as far as the id of a meter tells them:
 *
 * <pre>
 * {"entries": [{"table": 0, "priority": 400, "match": "in_port=2", "actions": "output:1",
 *               "cookie": "0x2...", "packetClass": "management-bypass", "source": "uplink 1"}],
 *  "groups": [{"id": 7, "type": "all", "buckets": ["output:3", "output:4"], "source": "network blue"}],
 *  "meters": [{"id": 45, "rate": 100, "burst": 100, "port": 11, "purpose": "oversize",
 *              "source": "oversize of port 11"}],
 *  "diagnostics": [{"severity": "warning", "code": "no-tunnel", "subject": "...", "message": "..."}]}
 * </pre>
 */
public final class FlowTablesJson {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private FlowTablesJson() {}

  /** {@code entries}, {@code groups}, {@code meters} and {@code diagnostics}. */
  public static ObjectNode of(CompileResult result) {
    ObjectNode json = of(result.tables());
    ArrayNode diagnostics = json.putArray("diagnostics");
    result.diagnostics().forEach(d -> diagnostics.add(of(d)));
    return json;
  }

  /** {@code entries}, {@code groups} and {@code meters}. */
  public static ObjectNode of(FlowTables tables) {
    ObjectNode json = JSON.objectNode();
    ArrayNode entries = json.putArray("entries");
    tables.entries().forEach(e -> entries.add(of(e)));
    ArrayNode groups = json.putArray("groups");
    tables.groups().values().forEach(g -> groups.add(of(g)));
    ArrayNode meters = json.putArray("meters");
    tables.meters().values().forEach(m -> meters.add(of(m)));
    return json;
  }

  public static ObjectNode of(FlowEntry entry) {
    ObjectNode json =
        JSON.objectNode()
            .put("table", entry.table())
            .put("priority", entry.priority())
            .put("match", OfctlFormat.match(entry.match()))
            .put("actions", OfctlFormat.instructions(entry.instructions()))
            .put("cookie", entry.cookie().toString());
    PacketClass.of(entry.cookie()).ifPresent(c -> json.put("packetClass", c.anchor()));
    return json.put("source", entry.source());
  }

  public static ObjectNode of(Group group) {
    ObjectNode json = JSON.objectNode().put("id", group.id()).put("type", group.type().text());
    ArrayNode buckets = json.putArray("buckets");
    group
        .buckets()
        .forEach(
            actions ->
                buckets.add(
                    OfctlFormat.instructions(
                        Instructions.builder().applyActions(actions).build())));
    return json.put("source", group.source());
  }

  public static ObjectNode of(Meter meter) {
    ObjectNode json =
        JSON.objectNode()
            .put("id", meter.id())
            .put("rate", meter.rate())
            .put("burst", meter.burst());
    PortMeters.port(meter.id()).ifPresent(port -> putPort(json, "port", port));
    PortMeters.purpose(meter.id()).ifPresent(p -> json.put("purpose", p.text()));
    return json.put("source", meter.source());
  }

  public static ObjectNode of(Diagnostic diagnostic) {
    return JSON.objectNode()
        .put("severity", word(diagnostic.severity()))
        .put("code", word(diagnostic.code()))
        .put("subject", diagnostic.subject())
        .put("message", diagnostic.message());
  }

  /** Writes the number of an ordinary port, or the word for another one, as LOCAL. */
  public static void putPort(ObjectNode json, String field, OfPort port) {
    if (port.toLong() <= OfPort.MAX) {
      json.put(field, port.toLong());
    } else {
      json.put(field, port.toString());
    }
  }

  /** A constant's name in lower case, with hyphens. */
  public static String word(Enum<?> constant) {
    return Ascii.toLowerCase(constant.name()).replace('_', '-');
  }
}
