/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.config;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import org.overlane.flowrules.model.NetworkId;
import org.overlane.flowrules.model.NetworkModel;
import org.overlane.flowrules.model.NodeId;
import org.overlane.flowrules.model.PathLimit;

/**
 * A {@link MtuReport} as JSON; all sizes are bytes:
 *
 * <pre>
 * {"networks": [{"network": "blue", "vni": 100, "mtu": 1450,
 *                "derivation": "1450 = 1500 - 50, VXLAN over IPv4, towards 192.0.2.2",
 *                "vlanTags": 0,
 *                "paths": [{"from": "of:...", "to": "of:...", "remote": "192.0.2.2",
 *                           "family": "ipv4", "underlayMtu": 1500, "overhead": 50, "mtu": 1450,
 *                           "frameLimit": 1464, "fragments": true, "derivation": "1450 = ..."}]}],
 *  "nodes": [{"device": "of:...", "underlayMtu": 1500, "mtu": 1450,
 *             "capabilities": [{"case": "TX-4", "title": "IPv4, DF clear", "holds": true,
 *                               "means": "..."}]}]}
 * </pre>
 *
 * There is no {@code mtu} where there is no path, and no {@code remote} where no address of the
 * other end is known. Where not all paths are listed, {@code pathsTotal} is their number, and
 * {@code hint} says how to see more.
 */
public final class MtuJson {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private MtuJson() {}

  /** Everything; see {@link MtuReport#of(NetworkModel)}. */
  public static ObjectNode of(NetworkModel model) {
    return of(MtuReport.of(model));
  }

  /** A part; see {@link MtuReport#of(NetworkModel, Optional, Optional)}. */
  public static ObjectNode of(
      NetworkModel model, Optional<NetworkId> network, Optional<NodeId> device) {
    return of(MtuReport.of(model, network, device));
  }

  public static ObjectNode of(MtuReport report) {
    ObjectNode json = JSON.objectNode();
    ArrayNode networks = json.putArray("networks");
    report.networks().forEach(n -> networks.add(of(n)));
    ArrayNode nodes = json.putArray("nodes");
    report.nodes().forEach(n -> nodes.add(of(n)));
    return json;
  }

  private static ObjectNode of(MtuReport.OfNetwork network) {
    ObjectNode json =
        JSON.objectNode()
            .put("network", network.network().id().toString())
            .put("vni", network.network().vni().toInt());
    network.smallest().ifPresent(limit -> json.put("mtu", limit.ipMtu()));
    json.put("derivation", network.derivation());
    json.put("vlanTags", network.network().vlanTags());
    ArrayNode paths = json.putArray("paths");
    network.paths().forEach(p -> paths.add(of(p)));
    network
        .hint()
        .ifPresent(hint -> json.put("pathsTotal", network.pathsTotal()).put("hint", hint));
    return json;
  }

  private static ObjectNode of(PathLimit limit) {
    ObjectNode json =
        JSON.objectNode().put("from", limit.from().toString()).put("to", limit.to().toString());
    limit.remote().ifPresent(remote -> json.put("remote", remote.toString()));
    return json.put("family", limit.family().text())
        .put("underlayMtu", limit.underlayMtu())
        .put("overhead", limit.overhead())
        .put("mtu", limit.ipMtu())
        .put("frameLimit", limit.frameLimit())
        .put("fragments", limit.endpointFragments())
        .put("derivation", limit.derivation());
  }

  private static ObjectNode of(MtuReport.OfNode node) {
    ObjectNode json =
        JSON.objectNode()
            .put("device", node.device().toString())
            .put("underlayMtu", node.underlayMtu());
    node.smallest().ifPresent(limit -> json.put("mtu", limit.ipMtu()));
    json.set("capabilities", CapabilityJson.of(node.capabilities()));
    return json;
  }
}
