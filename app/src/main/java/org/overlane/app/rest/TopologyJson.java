/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.rest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.overlane.app.api.OverlaneService;
import org.overlane.app.reconcile.SwitchStatus;
import org.overlane.config.FlowTablesJson;
import org.overlane.config.ModelDocument;
import org.overlane.flowrules.model.Endpoint;
import org.overlane.flowrules.model.NetworkModel;
import org.overlane.flowrules.model.Node;

/**
 * Everything that a map shows, as far as it is in force:
 *
 * <pre>
 * {"devices": [{"device": "of:...", "name": "hv1", "state": "IN_SYNC", "configured": true,
 *               "profile": "ovs", "tunnel": "native", "vteps": ["192.0.2.1"],
 *               "underlayMtu": 1500, "host": "of:...", "warnings": 0, "pending": 0}],
 *  "networks": [{"id": "blue", "vni": 100, "endpoints": 4}],
 *  "endpoints": [{"id": "vm1", "network": "blue", "mac": "...", "device": "of:...", "port": 11,
 *                 "ips": ["10.0.0.11"], "declared": true}],
 *  "problem": "..."}
 * </pre>
 *
 * A switch that nobody has configured has name and state only, an endpoint whose port is not there
 * yet has no {@code port}. {@code host} is there on a bridge that serves another one, {@code
 * problem} if the model cannot be put to work.
 */
final class TopologyJson {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private TopologyJson() {}

  static ObjectNode of(OverlaneService overlane) {
    ModelDocument document = overlane.model().document();
    NetworkModel model = overlane.assembly(document).model();
    ObjectNode json = JSON.objectNode();
    overlane.problem().ifPresent(problem -> json.put("problem", problem));
    ArrayNode devices = json.putArray("devices");
    overlane.statuses().values().forEach(s -> devices.add(device(s, document, model)));
    ArrayNode networks = json.putArray("networks");
    model
        .networks()
        .values()
        .forEach(
            n ->
                networks
                    .addObject()
                    .put("id", n.id().toString())
                    .put("vni", n.vni().toInt())
                    .put("endpoints", model.endpointsOf(n.id()).size()));
    ArrayNode endpoints = json.putArray("endpoints");
    model.endpoints().values().forEach(e -> endpoints.add(endpoint(e, document)));
    return json;
  }

  private static ObjectNode device(
      SwitchStatus status, ModelDocument document, NetworkModel model) {
    ObjectNode json =
        JSON.objectNode()
            .put("device", status.id().toString())
            .put("name", StatusJson.name(status, document))
            .put("state", status.state().name())
            .put("configured", document.devices().containsKey(status.id()));
    ArrayNode vteps = json.putArray("vteps");
    if (model.node(status.id()).isPresent()) {
      Node node = model.node(status.id()).get();
      json.put("profile", node.profile().text());
      node.tunnel().ifPresent(tunnel -> json.put("tunnel", tunnel.mode().text()));
      node.vteps().forEach(vtep -> vteps.add(vtep.toString()));
      node.host().ifPresent(host -> json.put("host", host.toString()));
      json.put("underlayMtu", model.underlayMtu(node));
    }
    return json.put("warnings", status.notices().size()).put("pending", status.pending().size());
  }

  private static ObjectNode endpoint(Endpoint endpoint, ModelDocument document) {
    ObjectNode json =
        JSON.objectNode()
            .put("id", endpoint.id())
            .put("network", endpoint.network().toString())
            .put("mac", endpoint.mac().toString())
            .put("device", endpoint.node().toString());
    endpoint.port().ifPresent(port -> FlowTablesJson.putPort(json, "port", port));
    ArrayNode ips = json.putArray("ips");
    endpoint.ips().forEach(ip -> ips.add(ip.toString()));
    return json.put("declared", document.endpoints().containsKey(endpoint.id()));
  }
}
