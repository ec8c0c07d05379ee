/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.flowrules.testing;

import static org.overlane.flowrules.testing.Models.id;
import static org.overlane.flowrules.testing.Models.mac;
import static org.overlane.flowrules.testing.Models.port;
import static org.overlane.flowrules.testing.Models.uplink;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.overlane.flowrules.model.AddressFamily;
import org.overlane.flowrules.model.Announcement;
import org.overlane.flowrules.model.Endpoint;
import org.overlane.flowrules.model.IpAddress;
import org.overlane.flowrules.model.Network;
import org.overlane.flowrules.model.NetworkId;
import org.overlane.flowrules.model.NetworkModel;
import org.overlane.flowrules.model.Node;
import org.overlane.flowrules.model.OfPort;
import org.overlane.flowrules.model.PathMtus;
import org.overlane.flowrules.model.Profile;
import org.overlane.flowrules.model.Replication;
import org.overlane.flowrules.model.TunnelEndpoint;
import org.overlane.flowrules.model.Uplink;
import org.overlane.flowrules.model.Vni;
import org.overlane.flowrules.model.Zone;

/** Small models of every kind; one seed always gives the same one. */
public final class RandomModels {
  private static final int MAX_NODES = 5;
  private static final int MAX_NETWORKS = 4;

  private final Random random;

  /** Every model can be reached, so that most pairs can talk: no missing families or ports. */
  private final boolean complete;

  private RandomModels(long seed, boolean complete) {
    this.random = new Random(seed);
    this.complete = complete;
  }

  /** Anything that a model may be. */
  public static NetworkModel any(long seed) {
    return new RandomModels(seed, false).model();
  }

  /** Every endpoint has a port, every node a tunnel to every other one, for every network. */
  public static NetworkModel complete(long seed) {
    return new RandomModels(seed, true).model();
  }

  /** A model with some parts of another one changed, added or removed. */
  public static NetworkModel changed(NetworkModel model, long seed) {
    RandomModels random = new RandomModels(seed, false);
    NetworkModel other = random.model();
    for (int attempt = 0; attempt < 20; attempt++) {
      try {
        return random.mix(model, other).build();
      } catch (IllegalArgumentException contradiction) {
        continue;
      }
    }
    return other;
  }

  private NetworkModel.Builder mix(NetworkModel model, NetworkModel other) {
    NetworkModel.Builder mixed = model.toBuilder();
    for (int i = 0; i <= random.nextInt(3); i++) {
      switch (random.nextInt(5)) {
        case 4:
          mixed.pathMtus(other.pathMtus());
          break;
        case 0:
          pick(other.nodes().values()).ifPresent(mixed::add);
          break;
        case 1:
          pick(other.networks().values()).ifPresent(mixed::add);
          break;
        case 2:
          pick(other.endpoints().values()).ifPresent(mixed::add);
          break;
        default:
          pick(model.endpoints().keySet()).ifPresent(mixed::removeEndpoint);
          break;
      }
    }
    return mixed;
  }

  private <T> Optional<T> pick(java.util.Collection<T> items) {
    return items.isEmpty()
        ? Optional.empty()
        : Optional.of(new ArrayList<>(items).get(random.nextInt(items.size())));
  }

  private NetworkModel model() {
    NetworkModel.Builder model = NetworkModel.builder();
    List<NetworkId> networks = new ArrayList<>();
    for (int i = 1; i <= 1 + random.nextInt(MAX_NETWORKS); i++) {
      Network network = network(i);
      networks.add(network.id());
      model.add(network);
    }
    int nodes = 1 + random.nextInt(MAX_NODES);
    List<Node> hosts = new ArrayList<>();
    Map<Integer, List<IpAddress>> vteps = new HashMap<>();
    for (int i = 1; i <= nodes; i++) {
      vteps.put(i, vteps(i));
    }
    for (int i = 1; i <= nodes; i++) {
      Node node = limited(node(i, vteps, networks));
      hosts.add(node);
      model.add(node);
      if (node.uplinks().isEmpty() && random.nextBoolean()) {
        model.add(
            Models.node(100 + i)
                .vteps(node.vteps())
                .uplinks(ImmutableList.of(uplink(1, OfPort.LOCAL)))
                .host(node.id())
                .underlayMtu(underlayMtu())
                .fragmentRate(fragmentRate())
                .build());
      }
    }
    endpoints(model, hosts, networks);
    return model.pathMtus(pathMtus(nodes)).build();
  }

  private PathMtus pathMtus(int nodes) {
    Map<PathMtus.Path, Integer> found = new HashMap<>();
    for (int i = random.nextInt(6) - 2; i > 0; i--) {
      found.put(
          PathMtus.Path.of(
              id(1 + random.nextInt(nodes)),
              id(1 + random.nextInt(nodes)),
              AddressFamily.values()[random.nextInt(2)]),
          underlayMtu());
    }
    return PathMtus.of(found);
  }

  private Network network(int number) {
    Optional<AddressFamily> family =
        complete || random.nextInt(4) > 0
            ? Optional.empty()
            : Optional.of(AddressFamily.values()[random.nextInt(2)]);
    return Network.builder(NetworkId.of("net" + number), Vni.of(number * 1_000_003L))
        .underlay(family)
        .mssClamping(random.nextBoolean())
        .advertiseMtu(
            Stream.of(Announcement.values())
                .filter(a -> random.nextInt(3) == 0)
                .collect(Collectors.toList()))
        .vlanTags(Math.max(0, random.nextInt(5) - 2))
        .gateways(gateways())
        .build();
  }

  private List<IpAddress> gateways() {
    List<IpAddress> gateways = new ArrayList<>();
    if (random.nextInt(3) == 0) {
      gateways.add(IpAddress.parse("10.0.0." + (250 + random.nextInt(4))));
    }
    if (random.nextInt(3) == 0) {
      gateways.add(IpAddress.parse("fd00::fe"));
    }
    return gateways;
  }

  private int underlayMtu() {
    return random.nextInt(3) == 0 ? Node.DEFAULT_UNDERLAY_MTU : 576 + random.nextInt(9001 - 576);
  }

  private Optional<ImmutableSet<AddressFamily>> fragments() {
    switch (random.nextInt(5)) {
      case 0:
        return Optional.of(ImmutableSet.of());
      case 1:
        return Optional.of(
            ImmutableSet.of(AddressFamily.values()[random.nextInt(AddressFamily.values().length)]));
      case 2:
        return Optional.of(ImmutableSet.copyOf(AddressFamily.values()));
      default:
        return Optional.empty();
    }
  }

  /** Mostly the default; else so few that some nodes meet, some do not, and not all the same. */
  private Set<Zone> zones() {
    if (complete || random.nextInt(5) > 0) {
      return Zone.DEFAULT;
    }
    switch (random.nextInt(4)) {
      case 0:
        return Set.of(Zone.of("a"));
      case 1:
        return Set.of(Zone.of("b"));
      case 2:
        return Set.of(Zone.of("a"), Zone.of("b"));
      default:
        return Set.of(Zone.of("default"), Zone.of("b"));
    }
  }

  private List<IpAddress> vteps(int node) {
    IpAddress ipv4 = IpAddress.parse("192.0.2." + node);
    IpAddress ipv6 = IpAddress.parse("2001:db8::" + node);
    switch (random.nextInt(complete ? 3 : 5)) {
      case 0:
        return List.of(ipv4);
      case 1:
        return List.of(ipv4, ipv6);
      case 2:
        return List.of(ipv6, ipv4);
      case 3:
        return List.of(ipv6);
      default:
        return List.of();
    }
  }

  private Node node(int number, Map<Integer, List<IpAddress>> vteps, List<NetworkId> networks) {
    Node.Builder node =
        Node.builder(id(number))
            .vteps(vteps.get(number))
            .zones(zones())
            .underlayMtu(underlayMtu())
            .declaredFragments(fragments())
            .sizeCheck(random.nextInt(5) > 0)
            .takesProbes(random.nextInt(3) == 0)
            .replication(Replication.values()[random.nextInt(2)]);
    if (random.nextInt(3) > 0) {
      List<Uplink> uplinks = new ArrayList<>();
      uplinks.add(uplink(1, OfPort.LOCAL));
      if (random.nextInt(4) == 0) {
        uplinks.add(uplink(2, port(3)));
      }
      node.uplinks(uplinks);
    }
    switch (random.nextInt(complete ? 3 : 4)) {
      case 0:
        return node.tunnel(Models.nativeTunnel(9)).build();
      case 1:
        return profile(node).tunnel(managementOs(networks)).build();
      case 2:
        return profile(node).tunnel(portPerRemote(number, vteps)).build();
      default:
        return profile(node).build();
    }
  }

  private Node limited(Node node) {
    return node.profile() == Profile.OVS
        ? node.toBuilder().fragmentRate(fragmentRate()).build()
        : node;
  }

  private Optional<Integer> fragmentRate() {
    return random.nextInt(3) == 0 ? Optional.of(1 + random.nextInt(1000)) : Optional.empty();
  }

  private Node.Builder profile(Node.Builder node) {
    return node.profile(Profile.values()[random.nextInt(2)]);
  }

  private TunnelEndpoint managementOs(List<NetworkId> networks) {
    Map<NetworkId, OfPort> ports = new HashMap<>();
    for (NetworkId network : networks) {
      if (complete || random.nextInt(5) > 0) {
        ports.put(network, port(20 + ports.size()));
      }
    }
    return TunnelEndpoint.ManagementOs.of(ports);
  }

  private TunnelEndpoint portPerRemote(int own, Map<Integer, List<IpAddress>> vteps) {
    Map<IpAddress, OfPort> ports = new HashMap<>();
    vteps.forEach(
        (node, addresses) -> {
          for (IpAddress address : addresses) {
            if (node != own && (complete || random.nextInt(5) > 0)) {
              ports.put(address, port(40 + ports.size()));
            }
          }
        });
    return TunnelEndpoint.PortPerRemote.of(ports);
  }

  private void endpoints(NetworkModel.Builder model, List<Node> hosts, List<NetworkId> networks) {
    Set<String> used = new HashSet<>();
    int count = random.nextInt(24);
    for (int i = 0; i < count; i++) {
      Node node = hosts.get(random.nextInt(hosts.size()));
      NetworkId network = networks.get(random.nextInt(networks.size()));
      int mac = 1 + random.nextInt(12);
      int port = random.nextInt(8) == 0 ? 70_000 + random.nextInt(2) : 100 + random.nextInt(8);
      boolean free = used.add(network + "/" + mac) && used.add(node.id() + "/" + port + "/" + mac);
      boolean hasPort = complete || random.nextInt(6) > 0;
      if (free) {
        model.add(
            Endpoint.of(
                "ep" + i,
                network,
                mac(mac),
                node.id(),
                hasPort ? Optional.of(port(port)) : Optional.empty(),
                Set.of()));
      }
    }
  }
}
