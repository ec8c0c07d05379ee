/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.tunnels.plan;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.overlane.config.CapabilityJson;
import org.overlane.flowrules.model.AddressFamily;
import org.overlane.flowrules.model.PathLimit;

/**
 * A {@link MtuPlan} as JSON; all sizes are bytes:
 *
 * <pre>
 * {"networks": [{"network": "blue", "vni": 100, "mtu": 1450, "mss": {"ipv4": 1410, "ipv6": 1390},
 *                "derivation": "1450 = 1500 - 50, VXLAN over IPv4, towards 192.0.2.2",
 *                "vlanTags": 0,
 *                "paths": [{"from": "of:...", "to": "of:...", "remote": "192.0.2.2",
 *                           "family": "ipv4", "underlayMtu": 1500, "overhead": 50, "mtu": 1450,
 *                           "frameLimit": 1464, "fragments": true, "derivation": "1450 = ..."}]}],
 *  "nodes": [{"device": "of:...", "underlayMtu": 1500, "mtu": 1450,
 *             "capabilities": [{"case": "TX-4", "title": "IPv4, DF clear", "holds": true,
 *                               "means": "..."}]}],
 *  "warnings": [{"kind": "narrow-underlay", "subject": "of:...", "reason": "...", "remedy": "...",
 *                "devices": ["of:..."]}]}
 * </pre>
 *
 * There is no {@code mtu} and {@code mss} where there is no path, and no {@code remote} where no
 * address of the other end is known. Where not all paths are listed, {@code pathsTotal} is their
 * number, and {@code hint} says how to see more.
 */
public final class MtuPlanJson {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private MtuPlanJson() {}

  public static ObjectNode of(MtuPlan plan) {
    ObjectNode json = JSON.objectNode();
    ArrayNode networks = json.putArray("networks");
    plan.networks().forEach(n -> networks.add(of(n)));
    ArrayNode nodes = json.putArray("nodes");
    plan.nodes().forEach(n -> nodes.add(of(n)));
    json.set("warnings", of(plan.warnings()));
    return json;
  }

  static ArrayNode of(Iterable<PlanWarning> warnings) {
    ArrayNode json = JSON.arrayNode();
    for (PlanWarning warning : warnings) {
      ArrayNode devices =
          json.addObject()
              .put("kind", warning.kind().text())
              .put("subject", warning.subject())
              .put("reason", warning.reason())
              .put("remedy", warning.remedy())
              .putArray("devices");
      warning.devices().forEach(d -> devices.add(d.toString()));
    }
    return json;
  }

  private static ObjectNode of(MtuPlan.OfNetwork network) {
    ObjectNode json =
        JSON.objectNode()
            .put("network", network.network().id().toString())
            .put("vni", network.network().vni().toInt());
    network.mtu().ifPresent(mtu -> json.put("mtu", mtu));
    for (AddressFamily family : AddressFamily.values()) {
      network.mss(family).ifPresent(mss -> json.with("mss").put(family.text(), mss));
    }
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

  private static ObjectNode of(MtuPlan.OfNode node) {
    ObjectNode json =
        JSON.objectNode()
            .put("device", node.device().toString())
            .put("underlayMtu", node.underlayMtu());
    node.smallest().ifPresent(limit -> json.put("mtu", limit.ipMtu()));
    json.set("capabilities", CapabilityJson.of(node.capabilities()));
    return json;
  }
}
