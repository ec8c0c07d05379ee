/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.flowrules.testing;

import java.util.Optional;
import org.overlane.flowrules.model.AddressFamily;
import org.overlane.flowrules.model.Endpoint;
import org.overlane.flowrules.model.IpAddress;
import org.overlane.flowrules.model.Network;
import org.overlane.flowrules.model.NetworkModel;
import org.overlane.flowrules.model.Node;
import org.overlane.flowrules.model.NodeId;
import org.overlane.flowrules.model.Profile;
import org.overlane.flowrules.model.TunnelEndpoint;

/** What fits between two nodes, worked out from the bare facts: nothing of the code under test. */
public record Underlay(NetworkModel model) {
  /** UDP and VXLAN headers. */
  private static final int ENCAPSULATION = 16;

  /** Bytes of the largest frame that fits once it is encapsulated. */
  public int frameLimit(Endpoint from, Endpoint to) {
    return Math.min(declared(from, to), probed(from, to)) - outerIpHeader(from, to) - ENCAPSULATION;
  }

  private int declared(Endpoint from, Endpoint to) {
    return Math.min(mtu(from.node()), mtu(to.node()));
  }

  private int probed(Endpoint from, Endpoint to) {
    return model.pathMtus().of(from.node(), to.node(), family(from, to)).orElse(Integer.MAX_VALUE);
  }

  /** Bytes. */
  public int outerIpHeader(Endpoint from, Endpoint to) {
    return family(from, to) == AddressFamily.IPV4 ? 20 : 40;
  }

  /** The smallest MTU of a node and of the bridges that connect it. */
  public int mtu(NodeId id) {
    return model.nodes().values().stream()
        .filter(n -> n.id().equals(id) || n.host().equals(Optional.of(id)))
        .mapToInt(Node::underlayMtu)
        .min()
        .orElseThrow();
  }

  /**
   * Whether the sender's tunnel endpoint fragments outer packets that are too large, into pieces
   * that get through.
   */
  public boolean fragments(Endpoint from, Endpoint to) {
    Node node = node(from.node());
    AddressFamily family = family(from, to);
    if (probed(from, to) < declared(from, to)) {
      return false;
    }
    if (node.declaredFragments().isPresent()) {
      return node.declaredFragments().get().contains(family);
    }
    boolean host = node.tunnel().orElseThrow().mode() == TunnelEndpoint.Mode.MANAGEMENT_OS;
    return host && family == AddressFamily.IPV4;
  }

  /** Whether the sender's switch looks at lengths. */
  public boolean checks(NodeId id) {
    Node node = node(id);
    return node.profile() == Profile.OVS && node.sizeCheck() && node.tunnel().isPresent();
  }

  /** The first one of the sender that both have, and the network allows. */
  private AddressFamily family(Endpoint from, Endpoint to) {
    Network network = model.networks().get(from.network());
    for (IpAddress own : node(from.node()).vteps()) {
      boolean allowed = network.underlay().map(AddressFamily.of(own)::equals).orElse(true);
      for (IpAddress other : node(to.node()).vteps()) {
        if (allowed && other.isIpv4() == own.isIpv4()) {
          return AddressFamily.of(own);
        }
      }
    }
    throw new IllegalArgumentException("no common family: " + from + " and " + to);
  }

  private Node node(NodeId id) {
    return model.node(id).orElseThrow();
  }
}
