/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.tunnels.plan;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.overlane.flowrules.compile.ModelChange;
import org.overlane.flowrules.compile.PipelineCompiler;
import org.overlane.flowrules.feature.NodeContext;
import org.overlane.flowrules.feature.TunnelPath;
import org.overlane.flowrules.model.Endpoint;
import org.overlane.flowrules.model.Network;
import org.overlane.flowrules.model.NetworkId;
import org.overlane.flowrules.model.NetworkModel;
import org.overlane.flowrules.model.Node;
import org.overlane.flowrules.model.NodeId;
import org.overlane.flowrules.model.PathLimit;
import org.overlane.flowrules.reconcile.FlowDiff;

/** Compares a model with itself under other underlay MTUs. Not thread-safe. */
final class Comparison {
  private final NetworkModel before;
  private final NetworkModel after;
  private final PlanFacts facts;
  private final SortedMap<NodeId, Integer> mtus;
  private final Findings receivers;
  private final List<WhatIf.OfNetwork> networks = new ArrayList<>();
  private final List<WhatIf.OfEndpoint> endpoints = new ArrayList<>();
  private final List<WhatIf.OfPath> paths = new ArrayList<>();
  private final Map<List<Object>, Pairs> effects = new LinkedHashMap<>();
  private int endpointsTotal;
  private int pathsTotal;

  Comparison(NetworkModel model, PlanFacts facts, SortedMap<NodeId, Integer> mtus) {
    this.before = model;
    this.facts = facts;
    this.mtus = mtus;
    this.receivers = new Findings(model, facts);
    NetworkModel.Builder changed = model.toBuilder();
    mtus.forEach(
        (id, mtu) -> changed.add(model.requireNode(id).toBuilder().underlayMtu(mtu).build()));
    this.after = changed.build();
  }

  WhatIf whatIf() {
    affectedNetworks().forEach(id -> compare(before.networks().get(id)));
    List<WhatIf.OfDevice> devices =
        mtus.keySet().stream().map(this::device).collect(Collectors.toList());
    List<PlanWarning> now = warnings(before);
    List<PlanWarning> then = warnings(after);
    return new AutoValue_WhatIf(
        ImmutableList.copyOf(devices),
        ImmutableList.copyOf(networks),
        ImmutableList.copyOf(endpoints),
        endpointsTotal,
        ImmutableList.copyOf(paths),
        pathsTotal,
        switches(),
        MtuStep.of(devices, networks),
        effects.entrySet().stream()
            .map(e -> e.getValue().effect())
            .collect(ImmutableList.toImmutableList()),
        without(then, now),
        without(now, then));
  }

  /** The networks of all nodes whose way into the underlay changes. */
  private Set<NetworkId> affectedNetworks() {
    Set<NetworkId> affected = new TreeSet<>();
    for (NodeId id : mtus.keySet()) {
      Node owner = owner(before, id);
      if (before.underlayMtu(owner) != after.underlayMtu(owner(after, id))) {
        affected.addAll(before.networksAt(owner.id()));
      }
    }
    return affected;
  }

  /** The node whose tunnel a node carries: its host, or itself. */
  private static Node owner(NetworkModel model, NodeId id) {
    Node node = model.requireNode(id);
    return node.host().flatMap(model::node).orElse(node);
  }

  private WhatIf.OfDevice device(NodeId id) {
    Node node = after.requireNode(id);
    Node owner = owner(after, id);
    int inForce = after.underlayMtu(owner);
    Optional<String> remark =
        inForce >= node.underlayMtu()
            ? Optional.empty()
            : Optional.of(
                "the way of "
                    + owner.id()
                    + " into the underlay carries "
                    + inForce
                    + " bytes all the same: "
                    + (owner.underlayMtu() == inForce
                        ? "that is the MTU of the device itself"
                        : "that is the MTU of a bridge that connects it"));
    return new AutoValue_WhatIf_OfDevice(
        id, before.requireNode(id).underlayMtu(), node.underlayMtu(), remark);
  }

  /** The least of some limits, before and after. */
  private static final class Least {
    private int before = Integer.MAX_VALUE;
    private int after = Integer.MAX_VALUE;

    void add(int one, int other) {
      before = Math.min(before, one);
      after = Math.min(after, other);
    }

    boolean differs() {
      return before != after;
    }
  }

  private void compare(Network network) {
    Least all = new Least();
    ImmutableSet<NodeId> members = before.nodesOf(network.id());
    for (NodeId from : members) {
      Least least = new Least();
      NodeContext context = new NodeContext(before, before.requireNode(from));
      for (NodeId to : members) {
        Node receiver = before.requireNode(to);
        if (!to.equals(from) && TunnelPath.between(context, network, receiver).isPresent()) {
          PathLimit now = PathLimit.between(before, network, context.node(), receiver);
          PathLimit then =
              PathLimit.between(after, network, after.requireNode(from), after.requireNode(to));
          least.add(now.ipMtu(), then.ipMtu());
          if (now.ipMtu() != then.ipMtu()) {
            path(network, now, then, context.node(), receiver);
          }
        }
      }
      all.add(least.before, least.after);
      if (least.differs()) {
        endpoints(network, from, least);
      }
    }
    if (all.differs()) {
      networks.add(new AutoValue_WhatIf_OfNetwork(network.id(), all.before, all.after));
    }
  }

  private void endpoints(Network network, NodeId device, Least least) {
    for (Endpoint endpoint : before.endpointsAt(device)) {
      if (endpoint.network().equals(network.id()) && endpointsTotal++ < WhatIf.MOST) {
        endpoints.add(
            new AutoValue_WhatIf_OfEndpoint(
                endpoint.id(), network.id(), device, least.before, least.after));
      }
    }
  }

  private void path(Network network, PathLimit now, PathLimit then, Node from, Node to) {
    if (pathsTotal++ < WhatIf.MOST) {
      paths.add(new AutoValue_WhatIf_OfPath(network.id(), now, then));
    }
    boolean wider = then.ipMtu() > now.ipMtu();
    PathLimit smaller = wider ? now : then;
    PathLimit larger = wider ? then : now;
    ImmutableList<Fate> fates = Fate.of(network, from, smaller, receivers.reassembles(to));
    effects.computeIfAbsent(
            ImmutableList.of(network.id(), smaller.ipMtu(), larger.ipMtu(), wider, fates),
            key -> new Pairs(network.id(), smaller, larger, wider, fates))
        .count++;
  }

  /** Paths on which the same happens. */
  private static final class Pairs {
    private final NetworkId network;
    private final PathLimit smaller;
    private final PathLimit larger;
    private final boolean wider;
    private final ImmutableList<Fate> fates;
    private int count;

    Pairs(
        NetworkId network,
        PathLimit smaller,
        PathLimit larger,
        boolean wider,
        ImmutableList<Fate> fates) {
      this.network = network;
      this.smaller = smaller;
      this.larger = larger;
      this.wider = wider;
      this.fates = fates;
    }

    WhatIf.Effect effect() {
      return new AutoValue_WhatIf_Effect(
          network,
          smaller.from(),
          smaller.to(),
          count,
          smaller.ipMtu() + 1,
          larger.ipMtu(),
          wider,
          fates);
    }
  }

  private ImmutableList<WhatIf.OfSwitch> switches() {
    PipelineCompiler compiler = new PipelineCompiler();
    ImmutableList.Builder<WhatIf.OfSwitch> switches = ImmutableList.builder();
    for (NodeId id : ModelChange.between(before, after).affectedNodes()) {
      FlowDiff diff =
          FlowDiff.diff(
              compiler.compile(after, id).tables(), compiler.compile(before, id).tables());
      if (!diff.isEmpty()) {
        switches.add(
            new AutoValue_WhatIf_OfSwitch(
                id,
                diff.adds().size() + diff.groupAdds().size() + diff.meterAdds().size(),
                diff.modifies().size() + diff.groupModifies().size() + diff.meterModifies().size(),
                diff.removes().size() + diff.groupRemoves().size() + diff.meterRemoves().size()));
      }
    }
    return switches.build();
  }

  private List<PlanWarning> warnings(NetworkModel model) {
    return MtuPlan.of(model, facts, Optional.empty(), Optional.empty()).warnings();
  }

  /** Those of which the others have none of the same kind and subject. */
  private static ImmutableList<PlanWarning> without(
      List<PlanWarning> these, List<PlanWarning> others) {
    Set<List<Object>> known =
        others.stream()
            .map(w -> ImmutableList.<Object>of(w.kind(), w.subject()))
            .collect(Collectors.toSet());
    return these.stream()
        .filter(w -> !known.contains(ImmutableList.<Object>of(w.kind(), w.subject())))
        .collect(ImmutableList.toImmutableList());
  }
}
