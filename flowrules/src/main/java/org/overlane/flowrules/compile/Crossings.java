/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.flowrules.compile;

import com.google.auto.value.AutoValue;
import com.google.common.base.Supplier;
import com.google.common.base.Suppliers;
import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.overlane.flowrules.feature.NetworkContext;
import org.overlane.flowrules.feature.NodeContext;
import org.overlane.flowrules.feature.OversizeException;
import org.overlane.flowrules.feature.TunnelPath;
import org.overlane.flowrules.model.Endpoint;
import org.overlane.flowrules.model.IpAddress;
import org.overlane.flowrules.model.MacAddress;
import org.overlane.flowrules.model.Network;
import org.overlane.flowrules.model.NetworkId;
import org.overlane.flowrules.model.NetworkModel;
import org.overlane.flowrules.model.Node;
import org.overlane.flowrules.model.NodeId;
import org.overlane.flowrules.model.OfPort;
import org.overlane.flowrules.model.PathLimit;
import org.overlane.flowrules.openflow.Action;
import org.overlane.flowrules.openflow.FlowEntry;

/**
 * What the entries of a model know about a frame that a VM sends to another node, for those frames
 * that a switch has handed to the controller. Immutable, thread-safe; looks the destination up in
 * constant time, and the sender among the endpoints of its node.
 */
public final class Crossings {
  private final NetworkModel model;

  /** Linear in the number of endpoints, so only made when the first frame comes. */
  private final Supplier<Map<NetworkId, Map<MacAddress, Endpoint>>> byMac =
      Suppliers.memoize(this::index);

  public Crossings(NetworkModel model) {
    this.model = model;
  }

  private Map<NetworkId, Map<MacAddress, Endpoint>> index() {
    Map<NetworkId, Map<MacAddress, Endpoint>> index = new HashMap<>();
    for (Endpoint endpoint : model.endpoints().values()) {
      index.computeIfAbsent(endpoint.network(), n -> new HashMap<>()).put(endpoint.mac(), endpoint);
    }
    return index;
  }

  public NetworkModel model() {
    return model;
  }

  /** A frame's way from a VM to one on another node. */
  @AutoValue
  public abstract static class Crossing {
    Crossing() {}

    public abstract Network network();

    public abstract Endpoint from();

    public abstract Endpoint to();

    public abstract PathLimit limit();

    /** What a packet-out with the frame must do so that it is sent to the other node. */
    public abstract ImmutableList<Action> send();

    abstract NodeContext node();

    /** The node of {@link #from}. */
    public Node sender() {
      return node().node();
    }

    /** See {@link OversizeException#entry}. */
    public FlowEntry exception(IpAddress source, IpAddress destination, int protocol) {
      return OversizeException.entry(node(), network(), source, destination, protocol);
    }
  }

  /**
   * The crossing of a frame; empty if the port and the source are no endpoint's, or the destination
   * is on the same node, unknown, or cannot be reached.
   */
  public Optional<Crossing> of(NodeId id, OfPort port, MacAddress source, MacAddress destination) {
    return endpoint(id, port, source).flatMap(from -> of(from, destination));
  }

  /** The same for the endpoint that sends the frame, which {@link #endpoint} has found. */
  public Optional<Crossing> of(Endpoint from, MacAddress destination) {
    Network network = model.networks().get(from.network());
    Endpoint to = byMac.get().get(network.id()).get(destination);
    if (to == null || to.node().equals(from.node())) {
      return Optional.empty();
    }
    NodeContext context = new NodeContext(model, model.node(from.node()).get());
    Node remote = model.node(to.node()).get();
    return TunnelPath.between(context, network, remote)
        .map(
            path ->
                new AutoValue_Crossings_Crossing(
                    network,
                    from,
                    to,
                    PathLimit.between(model, network, context.node(), remote),
                    path.send(network.vni()),
                    context));
  }

  /** Where a frame of a VM goes, for a packet-out that takes it there past the tables. */
  @AutoValue
  public abstract static class Delivery {
    Delivery() {}

    /** Copies for VMs on the same node; empty for none. */
    public abstract ImmutableList<Action> local();

    /** Copies for other nodes, all or none, as many packet-outs as it takes; empty for none. */
    public abstract ImmutableList<ImmutableList<Action>> remote();

    /** The way of the only copy for another node; absent for broadcast and multicast. */
    public abstract Optional<Crossing> crossing();

    /**
     * Bytes of the largest frame that {@link #remote} may be used for, Ethernet header included.
     */
    public abstract int frameLimit();

    static Delivery of(
        List<Action> local,
        List<ImmutableList<Action>> remote,
        Optional<Crossing> crossing,
        int frameLimit) {
      return new AutoValue_Crossings_Delivery(
          ImmutableList.copyOf(local), ImmutableList.copyOf(remote), crossing, frameLimit);
    }
  }

  /**
   * Where a frame from an endpoint goes: what Forward, Oversize and Encapsulate do with it as long
   * as it fits. A frame that is larger than the limit is not for {@link Delivery#remote}, but for
   * the slow path with {@link Delivery#crossing}, or, where there is none, dropped.
   *
   * @param from what {@link #endpoint} has found
   */
  public Delivery delivery(Endpoint from, MacAddress destination) {
    Node node = model.node(from.node()).get();
    if (destination.isMulticast()) {
      return multicast(from, new NodeContext(model, node).network(from.network()));
    }
    Optional<Crossing> crossing = of(from, destination);
    if (crossing.isPresent()) {
      return Delivery.of(
          ImmutableList.of(),
          ImmutableList.of(crossing.get().send()),
          crossing,
          crossing.get().limit().frameLimit());
    }
    Endpoint to = byMac.get().get(from.network()).get(destination);
    List<Action> local = new ArrayList<>();
    if (to != null && to.node().equals(from.node()) && !to.port().equals(from.port())) {
      to.port().map(Action::output).ifPresent(local::add);
    }
    return Delivery.of(local, ImmutableList.of(), Optional.empty(), 0);
  }

  private static Delivery multicast(Endpoint from, NetworkContext network) {
    List<Action> local = new ArrayList<>();
    for (OfPort port : network.localPorts()) {
      if (!from.port().filter(port::equals).isPresent()) {
        local.add(Action.output(port));
      }
    }
    int limit = network.smallestUnfragmented().map(PathLimit::frameLimit).orElse(Integer.MAX_VALUE);
    return Delivery.of(local, TunnelPath.sendToAll(network), Optional.empty(), limit);
  }

  /** The endpoint that sends from a port with a MAC address, if there is one. */
  public Optional<Endpoint> endpoint(NodeId id, OfPort port, MacAddress source) {
    for (Endpoint endpoint : model.endpointsAt(id)) {
      if (endpoint.mac().equals(source) && endpoint.port().filter(port::equals).isPresent()) {
        return Optional.of(endpoint);
      }
    }
    return Optional.empty();
  }
}
