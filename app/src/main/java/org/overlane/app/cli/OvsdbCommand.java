/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.overlane.app.rest.OvsdbJson;
import org.overlane.app.tunnels.OvsdbReport;
import org.overlane.flowrules.model.NodeId;
import org.overlane.tunnels.discovery.BridgeFacts;
import org.overlane.tunnels.discovery.DeviceDiscovery;

/** Shows how the databases of hosts are doing. */
@Service
@Command(
    scope = "onos",
    name = "overlane-ovsdb",
    description = "Shows the connections to the databases of hosts, and which bridge they have")
public final class OvsdbCommand extends OverlaneCommand {
  @Override
  void run() {
    ImmutableSortedMap.Builder<NodeId, OvsdbReport> reports = ImmutableSortedMap.naturalOrder();
    for (NodeId id : overlane().model().document().devices().keySet()) {
      overlane().ovsdb(id).ifPresent(report -> reports.put(id, report));
    }
    if (outputJson()) {
      show(json(reports.build()));
      return;
    }
    List<List<String>> rows = new ArrayList<>();
    rows.add(
        ImmutableList.of(
            "DEVICE", "ADDRESS", "STATE", "SINCE", "VERSION", "BRIDGE", "ENDPOINTS", "LAST ERROR"));
    reports.build().forEach((id, report) -> rows.add(row(id, report)));
    table(rows);
    overlane().unknownHosts().forEach(host -> print("Nobody has declared the host %s", host));
  }

  private static List<String> row(NodeId id, OvsdbReport report) {
    Optional<DeviceDiscovery> discovery = report.discovery();
    return ImmutableList.of(
        id.toString(),
        report.address().toString(),
        report.connection().phase().name(),
        report.connection().since().toString(),
        report.version().orElse("-"),
        discovery.flatMap(DeviceDiscovery::bridge).map(BridgeFacts::name).orElse("-"),
        discovery.map(d -> Integer.toString(d.endpoints().size())).orElse("-"),
        report.connection().lastError().orElse("-"));
  }

  /** The {@code ovsdb} of each switch in the status, by device. */
  private static ObjectNode json(ImmutableSortedMap<NodeId, OvsdbReport> reports) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    ArrayNode list = json.putArray("databases");
    reports.forEach(
        (id, report) ->
            list.addObject().put("device", id.toString()).set("ovsdb", OvsdbJson.of(report)));
    return json;
  }
}
