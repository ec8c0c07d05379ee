/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.tunnels.plan;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.overlane.flowrules.model.Network;
import org.overlane.flowrules.model.NetworkModel;
import org.overlane.flowrules.model.Node;
import org.overlane.flowrules.model.NodeId;
import org.overlane.flowrules.model.PathLimit;
import org.overlane.flowrules.model.TunnelEndpoint;
import org.overlane.tunnels.discovery.BridgeFacts.Datapath;
import org.overlane.tunnels.plan.PlanWarning.Kind;

/**
 * Collects what is wrong about networks, and about devices whatever the network. Not thread-safe.
 */
final class Findings {
  private final NetworkModel model;
  private final PlanFacts facts;
  private final List<PlanWarning> warnings = new ArrayList<>();
  private final SortedMap<NodeId, Unreassembled> unreassembled = new TreeMap<>();
  private final SortedMap<NodeId, Narrow> narrow = new TreeMap<>();

  /** The narrowest bridge of each host. */
  private final Map<NodeId, Node> bridges = new HashMap<>();

  Findings(NetworkModel model, PlanFacts facts) {
    this.model = model;
    this.facts = facts;
    for (Node bridge : model.nodes().values()) {
      bridge
          .host()
          .ifPresent(
              host ->
                  bridges.merge(
                      host, bridge, (a, b) -> a.underlayMtu() <= b.underlayMtu() ? a : b));
    }
  }

  /** Outer fragments that a device gets and cannot use. */
  private static final class Unreassembled {
    private final SortedSet<NodeId> senders = new TreeSet<>();
    private final SortedSet<String> networks = new TreeSet<>();
    private int smallest = Integer.MAX_VALUE;
  }

  /** What the underlay of a device costs. */
  private static final class Narrow {
    private final List<String> costs = new ArrayList<>();
    private final SortedSet<NodeId> devices = new TreeSet<>();
    private int widest;
  }

  NetworkModel model() {
    return model;
  }

  PlanFacts facts() {
    return facts;
  }

  void add(PlanWarning warning) {
    warnings.add(warning);
  }

  /**
   * Whether a device puts outer fragments together: the management OS and the kernel do, the
   * userspace datapath does not. Where nobody tells, as the model has it.
   */
  boolean reassembles(Node node) {
    boolean known = !node.tunnel().isPresent() || isManagementOs(node);
    Optional<Datapath> datapath = facts.datapath(node.id()).filter(d -> d != Datapath.OTHER);
    return known || datapath.map(d -> d == Datapath.KERNEL).orElse(node.reassembles());
  }

  private static boolean isManagementOs(Node node) {
    return node.tunnel().filter(t -> t.mode() == TunnelEndpoint.Mode.MANAGEMENT_OS).isPresent();
  }

  /** The sender of a path fragments, the receiver does not put together. */
  void notReassembled(Network network, PathLimit limit) {
    Unreassembled lost = unreassembled.computeIfAbsent(limit.to(), id -> new Unreassembled());
    lost.senders.add(limit.from());
    lost.networks.add(network.id().toString());
    lost.smallest = Math.min(lost.smallest, limit.ipMtu());
  }

  /**
   * A device whose underlay carries less than that of a peer; or a bridge that connects the device
   * is to blame.
   *
   * @param peer the widest underlay MTU that the device talks to
   * @param cost what one network loses by it
   */
  void narrow(NodeId device, int peer, String cost) {
    Node own = model.requireNode(device);
    Node bridge = bridges.getOrDefault(device, own);
    NodeId narrowest = bridge.underlayMtu() < own.underlayMtu() ? bridge.id() : device;
    Narrow found = narrow.computeIfAbsent(narrowest, id -> new Narrow());
    found.devices.add(device);
    found.devices.add(narrowest);
    found.widest = Math.max(found.widest, peer);
    found.costs.add(cost);
  }

  /** All of them, in order. */
  ImmutableList<PlanWarning> warnings() {
    unreassembled.forEach((device, lost) -> warnings.add(warning(device, lost)));
    SortedMap<String, List<NodeId>> alike = new TreeMap<>();
    narrow.forEach(
        (device, found) ->
            alike.computeIfAbsent(reason(device, found), r -> new ArrayList<>()).add(device));
    alike.forEach((reason, devices) -> warnings.add(warning(reason, devices)));
    return ImmutableList.sortedCopyOf(warnings);
  }

  private PlanWarning warning(NodeId device, Unreassembled lost) {
    List<NodeId> devices = new ArrayList<>(lost.senders);
    devices.add(device);
    return PlanWarning.of(
        Kind.FRAGMENTS_NOT_RECEIVED,
        device.toString(),
        Names.first(lost.senders)
            + " may send it outer packets in fragments, which "
            + (facts.datapath(device).isPresent()
                ? "its userspace datapath"
                : "its endpoint, as far as the model tells,")
            + " does not put together: packets over "
            + lost.smallest
            + " bytes of "
            + (lost.networks.size() == 1 ? "network " : "networks ")
            + Names.some(lost.networks)
            + " are lost there",
        "Use tunnel mode management-os there, or say \"fragments\": [] at the senders, so that the"
            + " controller fragments inner packets instead; if its kernel puts fragments together,"
            + " say so in its tunnel.fragments",
        devices);
  }

  private String reason(NodeId device, Narrow found) {
    return "the underlay carries "
        + model.requireNode(device).underlayMtu()
        + " bytes here, up to "
        + found.widest
        + " at peers: "
        + Names.some(found.costs);
  }

  private PlanWarning warning(String reason, List<NodeId> devices) {
    int wide = narrow.get(devices.get(0)).widest;
    SortedSet<NodeId> all = new TreeSet<>();
    devices.forEach(device -> all.addAll(narrow.get(device).devices));
    return PlanWarning.of(
        Kind.NARROW_UNDERLAY,
        Names.first(devices),
        reason,
        "Raise the MTU of the uplinks, then underlayMtu; what that does: ./overlane mtu --what-if "
            + devices.get(0)
            + "="
            + wide,
        all);
  }
}
