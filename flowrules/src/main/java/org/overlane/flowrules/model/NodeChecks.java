/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.flowrules.model;

import java.util.HashMap;
import java.util.Map;

/** What a node must satisfy by itself, whatever the rest of the model holds. */
final class NodeChecks {
  private NodeChecks() {}

  static void check(Node node) {
    checkPorts(node);
    for (IpAddress vtep : node.vteps()) {
      require(vtep.isUnicast(), node, "VTEP address must be unicast: " + vtep);
    }
    require(
        node.vteps().stream().distinct().count() == node.vteps().size(),
        node,
        "a VTEP address is listed twice: " + node.vteps());
    require(!node.zones().isEmpty(), node, "it must be in at least one zone");
    require(
        node.underlayMtu() >= Node.MIN_UNDERLAY_MTU && node.underlayMtu() <= Node.MAX_UNDERLAY_MTU,
        node,
        "underlay MTU must be 576 to 65535 bytes, not " + node.underlayMtu());
    int rate = node.fragmentRate().orElse(1);
    require(
        rate >= 1 && rate <= Node.MAX_FRAGMENT_RATE,
        node,
        "fragment rate must be 1 to " + Node.MAX_FRAGMENT_RATE + " packets a second, not " + rate);
    require(
        !node.fragmentRate().isPresent() || node.profile() == Profile.OVS,
        node,
        "a plain OpenFlow 1.3 switch cannot tell fragments from other packets");
    require(
        !(node.profile() == Profile.OPENFLOW13
            && node.tunnel().isPresent()
            && node.tunnel().get().mode() == TunnelEndpoint.Mode.NATIVE),
        node,
        "a plain OpenFlow 1.3 switch cannot set a tunnel's remote address: use port-per-remote");
    require(
        !node.host().filter(node.id()::equals).isPresent(), node, "a node cannot be its own host");
  }

  private static void checkPorts(Node node) {
    Map<OfPort, String> purposes = new HashMap<>();
    for (Uplink uplink : node.uplinks()) {
      claim(node, purposes, uplink.port(), "uplink");
      uplink.management().ifPresent(m -> claim(node, purposes, m.port(), "management port"));
    }
    node.tunnel().ifPresent(t -> t.ports().forEach(p -> claim(node, purposes, p, "tunnel port")));
  }

  private static void claim(Node node, Map<OfPort, String> purposes, OfPort port, String purpose) {
    require(port.isAttachable(), node, purpose + " cannot be the reserved port " + port);
    String other = purposes.put(port, purpose);
    require(other == null, node, "port " + port + " is both " + other + " and " + purpose);
  }

  private static void require(boolean condition, Node node, String reason) {
    if (!condition) {
      throw new IllegalArgumentException("node " + node.id() + ": " + reason);
    }
  }
}
