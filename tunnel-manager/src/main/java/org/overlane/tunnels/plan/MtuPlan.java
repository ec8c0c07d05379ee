/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.tunnels.plan;

import com.google.auto.value.AutoValue;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSortedSet;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeSet;
import org.overlane.flowrules.compile.Capability;
import org.overlane.flowrules.feature.NodeContext;
import org.overlane.flowrules.feature.TunnelPath;
import org.overlane.flowrules.model.AddressFamily;
import org.overlane.flowrules.model.Network;
import org.overlane.flowrules.model.NetworkId;
import org.overlane.flowrules.model.NetworkModel;
import org.overlane.flowrules.model.Node;
import org.overlane.flowrules.model.NodeId;
import org.overlane.flowrules.model.PathLimit;

/**
 * How large the IP packets of a model's networks may be, path by path, what its nodes do with
 * larger ones, and what is wrong about that. A path leads from a node with an endpoint of the
 * network to another one that its tunnel reaches.
 */
@AutoValue
public abstract class MtuPlan {
  /** Up to so many nodes in a model, every path is listed, whatever is asked for. */
  static final int SMALL_MODEL = 32;

  /** So many paths of a network are listed where not all are. */
  static final int FEW = 20;

  /** More paths of one network than this are never listed. */
  static final int MOST = 20_000;

  private static final int TCP_HEADER = 20;

  MtuPlan() {}

  /** By id. */
  public abstract ImmutableList<OfNetwork> networks();

  /** By id. */
  public abstract ImmutableList<OfNode> nodes();

  /** About the networks of the plan; with a device given, those that concern it. Worst first. */
  public abstract ImmutableList<PlanWarning> warnings();

  /** The paths of one network. */
  @AutoValue
  public abstract static class OfNetwork {
    OfNetwork() {}

    public abstract Network network();

    /** Of all paths of the network, listed or not; absent if there is none. */
    public abstract Optional<PathLimit> smallest();

    /** Smallest first; only the first few where there is a {@link #hint}. */
    public abstract ImmutableList<PathLimit> paths();

    /** How many paths were to be listed. */
    public abstract int pathsTotal();

    /**
     * What to advertise to the VMs, by DHCP (option 26) and router advertisement: the MTU of the
     * network in bytes, with IP header. Absent if no path limits it.
     */
    public Optional<Integer> mtu() {
      return smallest().map(PathLimit::ipMtu);
    }

    /** Bytes of TCP payload that fit with this MTU, without options (RFC 9293 3.7.1). */
    public Optional<Integer> mss(AddressFamily family) {
      int headers = (family == AddressFamily.IPV4 ? 20 : 40) + TCP_HEADER;
      return mtu().map(mtu -> mtu - headers);
    }

    /** How the MTU of the network comes about, for people. */
    public String derivation() {
      return smallest().map(PathLimit::derivation).orElse("no path to another node");
    }

    /** How to see the other paths, where not all are listed. */
    public Optional<String> hint() {
      return paths().size() == pathsTotal()
          ? Optional.empty()
          : Optional.of(
              "the "
                  + paths().size()
                  + " smallest of "
                  + pathsTotal()
                  + " paths; ask for a single "
                  + (pathsTotal() > MOST ? "device" : "network or device")
                  + " to see more");
    }
  }

  /** One switch and the paths from it. */
  @AutoValue
  public abstract static class OfNode {
    OfNode() {}

    public abstract NodeId device();

    /** Bytes, IP header included; of host and bridge the smaller one. */
    public abstract int underlayMtu();

    /** The path from the node with the smallest MTU, over all networks; absent if there is none. */
    public abstract Optional<PathLimit> smallest();

    /** None without a tunnel. */
    public abstract ImmutableList<Capability> capabilities();
  }

  /** Everything; of a large model, only the smallest paths of each network. */
  public static MtuPlan of(NetworkModel model) {
    return of(model, PlanFacts.NONE, Optional.empty(), Optional.empty());
  }

  /**
   * A part of the plan. A filter selects, it changes no figure: the MTU of a network is that of all
   * its paths, the MTU of a node that of all its networks. An id that the model does not have
   * selects nothing.
   *
   * @param facts what hosts tell besides; it changes no figure, but gives reason for warnings
   * @param network this network and its nodes only
   * @param device this node, its networks, and the paths from it only
   */
  public static MtuPlan of(
      NetworkModel model, PlanFacts facts, Optional<NetworkId> network, Optional<NodeId> device) {
    return new Survey(model, facts, network, device).plan();
  }

  /** Goes over all paths that matter, each once. Not thread-safe. */
  private static final class Survey {
    private static final Comparator<PathLimit> BY_MTU =
        Comparator.comparingInt(PathLimit::ipMtu).thenComparing(Comparator.naturalOrder());

    private final NetworkModel model;
    private final Optional<NodeId> device;
    private final boolean all;
    private final ImmutableSortedSet<NetworkId> networks;
    private final ImmutableSortedSet<NodeId> nodes;
    private final Map<NodeId, PathLimit> ofNodes = new HashMap<>();
    private final Findings findings;

    Survey(
        NetworkModel model, PlanFacts facts, Optional<NetworkId> network, Optional<NodeId> device) {
      this.model = model;
      this.findings = new Findings(model, facts);
      this.device = device;
      all = network.isPresent() || device.isPresent() || model.nodes().size() <= SMALL_MODEL;
      networks =
          model.networks().keySet().stream()
              .filter(id -> network.map(id::equals).orElse(true))
              .filter(id -> device.map(d -> model.networksAt(d).contains(id)).orElse(true))
              .collect(ImmutableSortedSet.toImmutableSortedSet(Comparator.naturalOrder()));
      Set<NodeId> members = network.<Set<NodeId>>map(model::nodesOf).orElse(model.nodes().keySet());
      nodes =
          members.stream()
              .filter(id -> device.map(id::equals).orElse(true))
              .collect(ImmutableSortedSet.toImmutableSortedSet(Comparator.naturalOrder()));
    }

    MtuPlan plan() {
      ImmutableList.Builder<OfNetwork> ofNetworks = ImmutableList.builder();
      for (NetworkId id : networks) {
        ofNetworks.add(network(id));
      }
      // What a filter leaves out of the networks still counts for the MTU of a node.
      Set<NetworkId> others = new TreeSet<>();
      nodes.forEach(node -> others.addAll(model.networksAt(node)));
      others.removeAll(networks);
      for (NetworkId id : others) {
        ImmutableSortedSet<NodeId> members = model.nodesOf(id);
        for (NodeId from : members) {
          if (nodes.contains(from)) {
            limits(model.networks().get(id), from, members, Optional.empty()).forEach(this::count);
          }
        }
      }
      return new AutoValue_MtuPlan(
          ofNetworks.build(),
          nodes.stream().map(this::node).collect(ImmutableList.toImmutableList()),
          findings.warnings().stream()
              .filter(w -> device.map(w.devices()::contains).orElse(true))
              .collect(ImmutableList.toImmutableList()));
    }

    private OfNetwork network(NetworkId id) {
      Network network = model.networks().get(id);
      Smallest listed = new Smallest(all ? MOST : FEW);
      Smallest ofNetwork = new Smallest(1);
      NetworkFindings found = new NetworkFindings(findings, network);
      ImmutableSortedSet<NodeId> members = model.nodesOf(id);
      for (NodeId from : members) {
        for (PathLimit limit : limits(network, from, members, Optional.of(found))) {
          count(limit);
          ofNetwork.add(limit);
          if (device.map(from::equals).orElse(true)) {
            listed.add(limit);
          }
        }
      }
      found.end();
      return new AutoValue_MtuPlan_OfNetwork(
          network, ofNetwork.list().stream().findFirst(), listed.list(), listed.total);
    }

    private List<PathLimit> limits(
        Network network,
        NodeId fromId,
        ImmutableSet<NodeId> members,
        Optional<NetworkFindings> found) {
      Node from = model.node(fromId).get();
      NodeContext context = new NodeContext(model, from);
      List<PathLimit> limits = new ArrayList<>(members.size());
      for (NodeId toId : members) {
        if (toId.equals(fromId)) {
          continue;
        }
        Node to = model.node(toId).get();
        if (TunnelPath.between(context, network, to).isPresent()) {
          PathLimit limit = PathLimit.between(model, network, from, to);
          limits.add(limit);
          found.ifPresent(f -> f.path(limit, from, to));
        } else {
          found.ifPresent(f -> f.noPath(from, to, TunnelPath.obstacle(context, network, to)));
        }
      }
      return limits;
    }

    private void count(PathLimit limit) {
      ofNodes.merge(limit.from(), limit, (a, b) -> BY_MTU.compare(a, b) <= 0 ? a : b);
    }

    private OfNode node(NodeId id) {
      Node node = model.node(id).get();
      Node owner = node.host().flatMap(model::node).orElse(node);
      return new AutoValue_MtuPlan_OfNode(
          id,
          model.underlayMtu(owner),
          Optional.ofNullable(ofNodes.get(id)),
          Capability.of(model, id));
    }
  }

  /** Keeps the smallest limits, up to a number. Not thread-safe. */
  private static final class Smallest {
    private final PriorityQueue<PathLimit> largestFirst =
        new PriorityQueue<>(Comparator.<PathLimit>reverseOrder());
    private final int capacity;
    private int total;

    Smallest(int capacity) {
      this.capacity = capacity;
    }

    void add(PathLimit limit) {
      total++;
      if (largestFirst.size() < capacity) {
        largestFirst.add(limit);
      } else if (limit.compareTo(largestFirst.peek()) < 0) {
        largestFirst.poll();
        largestFirst.add(limit);
      }
    }

    /** Smallest first: all of them, or where they are too many, a few. */
    ImmutableList<PathLimit> list() {
      ImmutableList<PathLimit> sorted = ImmutableList.sortedCopyOf(largestFirst);
      return total <= capacity ? sorted : sorted.subList(0, Math.min(FEW, sorted.size()));
    }
  }
}
