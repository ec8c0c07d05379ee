/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.flowrules.model;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What the parts of a model must satisfy together. */
final class ModelChecks {
  private ModelChecks() {}

  static List<String> contradictions(NetworkModel model) {
    List<String> found = new ArrayList<>();
    checkVnis(model, found);
    checkVteps(model, found);
    checkEndpoints(model, found);
    return found;
  }

  private static void checkVnis(NetworkModel model, List<String> found) {
    Map<Vni, Network> owners = new HashMap<>();
    for (Network network : model.networks().values()) {
      Network other = owners.putIfAbsent(network.vni(), network);
      if (other != null) {
        found.add(
            "networks " + other.id() + " and " + network.id() + " share VNI " + network.vni());
      }
    }
  }

  private static void checkVteps(NetworkModel model, List<String> found) {
    Map<IpAddress, Node> owners = new HashMap<>();
    for (Node node : model.nodes().values()) {
      if (node.host().isPresent()) {
        continue;
      }
      for (IpAddress vtep : node.vteps()) {
        Node other = owners.putIfAbsent(vtep, node);
        if (other != null) {
          found.add("nodes " + other.id() + " and " + node.id() + " share VTEP address " + vtep);
        }
      }
    }
    for (Node bridge : model.nodes().values()) {
      bridge.host().ifPresent(host -> checkBridge(model, bridge, host, found));
    }
  }

  private static void checkBridge(
      NetworkModel model, Node bridge, NodeId hostId, List<String> found) {
    Node host = model.nodes().get(hostId);
    if (host == null) {
      found.add("node " + bridge.id() + " serves unknown host " + hostId);
      return;
    }
    for (IpAddress vtep : bridge.vteps()) {
      if (!host.vteps().contains(vtep)) {
        found.add(
            "node "
                + bridge.id()
                + " serves VTEP address "
                + vtep
                + " which its host "
                + hostId
                + " does not own");
      }
    }
  }

  private static void checkEndpoints(NetworkModel model, List<String> found) {
    Map<String, Endpoint> macs = new HashMap<>();
    Map<String, Endpoint> ports = new HashMap<>();
    for (Endpoint endpoint : model.endpoints().values()) {
      if (!model.networks().containsKey(endpoint.network())) {
        found.add("endpoint " + endpoint.id() + " is in unknown network " + endpoint.network());
      }
      Node node = model.nodes().get(endpoint.node());
      if (node == null) {
        found.add("endpoint " + endpoint.id() + " is on unknown node " + endpoint.node());
      } else if (endpoint.port().isPresent()) {
        checkPort(node, endpoint, found);
        Endpoint other =
            ports.putIfAbsent(
                node.id() + "/" + endpoint.port().get() + "/" + endpoint.mac(), endpoint);
        if (other != null) {
          found.add(
              "endpoints "
                  + other.id()
                  + " and "
                  + endpoint.id()
                  + " share MAC "
                  + endpoint.mac()
                  + " on port "
                  + endpoint.port().get()
                  + " of node "
                  + node.id());
        }
      }
      Endpoint other = macs.putIfAbsent(endpoint.network() + "/" + endpoint.mac(), endpoint);
      if (other != null) {
        found.add(
            "endpoints "
                + other.id()
                + " and "
                + endpoint.id()
                + " share MAC "
                + endpoint.mac()
                + " in network "
                + endpoint.network());
      }
    }
  }

  private static void checkPort(Node node, Endpoint endpoint, List<String> found) {
    OfPort port = endpoint.port().get();
    boolean uplink =
        node.uplinks().stream()
            .anyMatch(
                u ->
                    u.port().equals(port)
                        || u.management().filter(m -> m.port().equals(port)).isPresent());
    boolean tunnel = node.tunnel().filter(t -> t.ports().contains(port)).isPresent();
    if (uplink || tunnel) {
      found.add(
          "endpoint "
              + endpoint.id()
              + " is on port "
              + port
              + " of node "
              + node.id()
              + ", which is "
              + (tunnel ? "a tunnel port" : "an uplink or management port"));
    }
  }
}
