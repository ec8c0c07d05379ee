/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.probing;

import com.google.common.collect.ImmutableSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.overlane.flowrules.model.AddressFamily;
import org.overlane.flowrules.model.Endpoint;
import org.overlane.flowrules.model.IpAddress;
import org.overlane.flowrules.model.MacAddress;
import org.overlane.flowrules.model.Network;
import org.overlane.flowrules.model.NetworkId;
import org.overlane.flowrules.model.NetworkModel;
import org.overlane.flowrules.model.Node;
import org.overlane.flowrules.model.NodeId;
import org.overlane.flowrules.model.OfPort;
import org.overlane.flowrules.model.TunnelEndpoint;
import org.overlane.flowrules.model.Vni;
import org.overlane.tunnels.probing.ProbePath;

/** Short words for models with tunnels. */
final class Sites {
  private static final OfPort TUNNEL = OfPort.of(9);

  private Sites() {}

  static NodeId id(int number) {
    return NodeId.of(String.format("of:%016x", number));
  }

  static Node.Builder node(int number) {
    return Node.builder(id(number))
        .vteps(List.of(IpAddress.parse("192.0.2." + number)))
        .tunnel(TunnelEndpoint.Native.of(TUNNEL))
        .takesProbes(true);
  }

  static Network network(String id, int vni) {
    return Network.of(NetworkId.of(id), Vni.of(vni));
  }

  static Endpoint endpoint(String network, int node, int number) {
    return Endpoint.of(
        network + number,
        NetworkId.of(network),
        MacAddress.of(0x020000000000L | number),
        id(node),
        Optional.of(OfPort.of(100 + number)),
        ImmutableSet.of());
  }

  static TunnelEndpoint managementOs(String network, int port) {
    return TunnelEndpoint.ManagementOs.of(Map.of(NetworkId.of(network), OfPort.of(port)));
  }

  /** Nodes 1 and 2 share blue; node 3 has red alone. */
  static NetworkModel.Builder plain() {
    return NetworkModel.builder()
        .add(node(1).build())
        .add(node(2).build())
        .add(node(3).build())
        .add(network("blue", 100))
        .add(network("red", 200))
        .add(endpoint("blue", 1, 1))
        .add(endpoint("blue", 2, 2))
        .add(endpoint("blue", 2, 3))
        .add(endpoint("red", 3, 4));
  }

  static ProbePath path(int from, int to) {
    return ProbePath.of(id(from), id(to), AddressFamily.IPV4);
  }
}
