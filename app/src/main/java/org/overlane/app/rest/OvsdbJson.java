/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.rest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.overlane.app.tunnels.OvsdbReport;
import org.overlane.app.tunnels.ProvisionReport;
import org.overlane.config.ModelWriter;
import org.overlane.config.ProvisionConfig;
import org.overlane.tunnels.discovery.BridgeFacts;
import org.overlane.tunnels.discovery.DeviceDiscovery;
import org.overlane.tunnels.ovsdb.ConnectionState;

/** The database of a device's host as JSON. */
public final class OvsdbJson {
  private OvsdbJson() {}

  /** The connection, and what is known of the bridge. */
  public static ObjectNode of(OvsdbReport report) {
    ConnectionState connection = report.connection();
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("address", report.address().toString());
    json.put("state", connection.phase().name());
    json.put("since", connection.since().toString());
    connection.lastError().ifPresent(error -> json.put("lastError", error));
    connection.lastErrorAt().ifPresent(at -> json.put("lastErrorAt", at.toString()));
    report.version().ifPresent(version -> json.put("version", version));
    report
        .discovery()
        .flatMap(DeviceDiscovery::bridge)
        .ifPresent(bridge -> json.set("bridge", json(bridge)));
    report.provisioning().ifPresent(p -> json.set("provisioning", of(p)));
    return json;
  }

  /** {@code {"provisioning": [...]}}: how far the set-up of each device is. */
  public static ObjectNode of(Iterable<ProvisionReport> reports) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    ArrayNode list = json.putArray("provisioning");
    reports.forEach(report -> list.add(of(report)));
    return json;
  }

  /** How far the set-up of a device is. */
  public static ObjectNode of(ProvisionReport report) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("device", report.device().toString());
    json.put("policy", report.policy().map(ProvisionConfig.Policy::text).orElse("remove"));
    json.put("state", report.state().name());
    report.bridge().ifPresent(bridge -> json.put("bridge", bridge));
    ArrayNode changes = json.putArray("changes");
    report.changes().forEach(changes::add);
    ArrayNode conflicts = json.putArray("conflicts");
    report
        .conflicts()
        .forEach(
            w ->
                conflicts
                    .addObject()
                    .put("subject", w.subject())
                    .put("message", w.message())
                    .put("remedy", w.remedy()));
    report.lastError().ifPresent(error -> json.put("lastError", error));
    report.lastErrorAt().ifPresent(at -> json.put("lastErrorAt", at.toString()));
    return json;
  }

  private static ObjectNode json(BridgeFacts bridge) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("name", bridge.name());
    json.put("datapath", bridge.datapathType());
    bridge.comparesLengths().ifPresent(compares -> json.put("checkPktLen", compares));
    json.put("failMode", bridge.failMode().orElse("standalone"));
    json.put("ports", bridge.ports().size());
    return json;
  }

  /** The endpoints that ports announce, as those that are declared. */
  static ArrayNode endpoints(DeviceDiscovery discovery) {
    ArrayNode endpoints = JsonNodeFactory.instance.arrayNode();
    discovery.endpoints().forEach(endpoint -> endpoints.add(ModelWriter.toJson(endpoint)));
    return endpoints;
  }
}
