/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.tunnels.plan;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
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
import org.overlane.flowrules.model.Profile;
import org.overlane.flowrules.model.TunnelEndpoint;
import org.overlane.flowrules.model.Vni;
import org.overlane.flowrules.model.Zone;

/** Small models with paths of every kind; one seed always gives the same one. */
final class RandomFabrics {
  private static final int NETWORKS = 3;

  private final Random random;
  private final NetworkModel.Builder model = NetworkModel.builder();
  private int nodes;

  private RandomFabrics(long seed) {
    random = new Random(seed);
  }

  static NodeId id(int node) {
    return NodeId.of(String.format("of:%016x", node));
  }

  static NetworkModel of(long seed) {
    return new RandomFabrics(seed).model();
  }

  private NetworkModel model() {
    nodes = 1 + random.nextInt(5);
    for (int i = 1; i <= NETWORKS; i++) {
      model.add(
          Network.builder(NetworkId.of("net" + i), Vni.of(i))
              .underlay(maybe(AddressFamily.values()[random.nextInt(2)], 6))
              .mssClamping(random.nextBoolean())
              .vlanTags(Math.max(0, random.nextInt(4) - 1))
              .build());
    }
    for (int i = 1; i <= nodes; i++) {
      Node node = node(i);
      model.add(node);
      if (random.nextInt(4) == 0) {
        model.add(
            Node.builder(id(100 + i))
                .host(node.id())
                .vteps(node.vteps())
                .underlayMtu(mtu())
                .build());
      }
      for (int n = 1; n <= NETWORKS; n++) {
        if (random.nextInt(3) > 0) {
          model.add(endpoint(i, n));
        }
      }
    }
    return model.build();
  }

  private <T> Optional<T> maybe(T value, int oneIn) {
    return random.nextInt(oneIn) == 0 ? Optional.of(value) : Optional.empty();
  }

  int mtu() {
    return random.nextBoolean() ? 1500 : 1280 + random.nextInt(8000);
  }

  private static Endpoint endpoint(int node, int network) {
    return Endpoint.of(
        "vm" + node + "-" + network,
        NetworkId.of("net" + network),
        MacAddress.of(0x0200_0000_0000L + node),
        id(node),
        Optional.of(OfPort.of(100 + network)),
        ImmutableSet.of());
  }

  private static IpAddress vtep(int node, AddressFamily family) {
    return IpAddress.parse((family == AddressFamily.IPV4 ? "192.0.2." : "2001:db8::") + node);
  }

  private Node node(int number) {
    Node.Builder node =
        Node.builder(id(number))
            .vteps(vteps(number))
            .underlayMtu(mtu())
            .zones(zones())
            .sizeCheck(random.nextInt(5) > 0)
            .declaredFragments(
                maybe(
                    random.nextBoolean()
                        ? ImmutableSet.of()
                        : ImmutableSet.of(AddressFamily.values()[random.nextInt(2)]),
                    2));
    Map<IpAddress, OfPort> remotes = new HashMap<>();
    Map<NetworkId, OfPort> networks = new HashMap<>();
    switch (random.nextInt(7)) {
      case 0:
        return node.build();
      case 1:
        for (int i = 1; i <= nodes; i++) {
          remotes.put(vtep(i, AddressFamily.IPV4), OfPort.of(40L + i));
        }
        return node.profile(Profile.values()[random.nextInt(2)])
            .tunnel(TunnelEndpoint.PortPerRemote.of(remotes))
            .build();
      case 2:
      case 3:
        for (int i = 1; i <= NETWORKS; i++) {
          networks.put(NetworkId.of("net" + i), OfPort.of(20L + i));
        }
        return node.tunnel(TunnelEndpoint.ManagementOs.of(networks)).build();
      default:
        return node.tunnel(TunnelEndpoint.Native.of(OfPort.of(9))).build();
    }
  }

  private List<IpAddress> vteps(int number) {
    List<IpAddress> vteps = new ArrayList<>();
    vteps.add(vtep(number, AddressFamily.IPV4));
    if (random.nextBoolean()) {
      vteps.add(random.nextInt(2), vtep(number, AddressFamily.IPV6));
    }
    return random.nextInt(6) == 0 ? vteps.subList(1, vteps.size()) : vteps;
  }

  private Iterable<Zone> zones() {
    return random.nextInt(3) > 0
        ? Zone.DEFAULT
        : ImmutableList.of(Zone.of(random.nextBoolean() ? "default" : "a"), Zone.of("b"));
  }
}
