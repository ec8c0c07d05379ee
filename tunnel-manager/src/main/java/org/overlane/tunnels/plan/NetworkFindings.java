/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.tunnels.plan;

import com.google.common.collect.ImmutableSortedSet;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.overlane.flowrules.feature.Obstacle;
import org.overlane.flowrules.model.Endpoint;
import org.overlane.flowrules.model.Network;
import org.overlane.flowrules.model.Node;
import org.overlane.flowrules.model.NodeId;
import org.overlane.flowrules.model.PathLimit;
import org.overlane.flowrules.pipeline.PortMeters.Purpose;
import org.overlane.tunnels.plan.PlanWarning.Kind;

/**
 * What is wrong about the paths of one network, in words, once for all devices. Not thread-safe.
 */
final class NetworkFindings {
  /** The smallest path carries less than this part of the largest one: worth a word. */
  private static final double UNEQUAL = 0.8;

  private final Findings fabric;
  private final Network network;
  private final String subject;
  private final Map<Obstacle, Cut> cuts = new EnumMap<>(Obstacle.class);
  private final SortedMap<NodeId, PathLimit> narrowed = new TreeMap<>();
  private final SortedMap<NodeId, Integer> widest = new TreeMap<>();
  private final Senders controller = new Senders();
  private final Senders unchecked = new Senders();
  private final Senders unclamped = new Senders();
  private Optional<PathLimit> smallest = Optional.empty();
  private int largest;

  NetworkFindings(Findings fabric, Network network) {
    this.fabric = fabric;
    this.network = network;
    this.subject = "network " + network.id();
  }

  void path(PathLimit limit, Node from, Node to) {
    if (!smallest.isPresent() || limit.compareTo(smallest.get()) < 0) {
      smallest = Optional.of(limit);
    }
    largest = Math.max(largest, limit.ipMtu());
    if (!limit.endpointFragments()) {
      (from.checksSize() ? controller : unchecked).add(limit);
    } else if (!fabric.reassembles(to)) {
      fabric.notReassembled(network, limit);
    }
    if (network.mssClamping() && !from.checksSize()) {
      unclamped.add(limit);
    }
    NodeId end = limit.narrowest();
    int own = fabric.model().underlayMtu(end.equals(from.id()) ? from : to);
    int peer = fabric.model().underlayMtu(end.equals(from.id()) ? to : from);
    if (own == limit.underlayMtu() && peer > own) {
      narrowed.merge(end, limit, (a, b) -> a.compareTo(b) <= 0 ? a : b);
      widest.merge(end, peer, Math::max);
    }
  }

  void noPath(Node from, Node to, Obstacle obstacle) {
    cuts.computeIfAbsent(obstacle, o -> new Cut(from.id(), to.id())).add(from.id(), to.id());
  }

  /** All paths are known. */
  void end() {
    cuts.forEach((obstacle, cut) -> cut(obstacle, cut));
    endpoints();
    smallest.ifPresent(this::sizes);
    smallest.ifPresent(this::vmPorts);
    narrowed.forEach(this::narrowed);
  }

  private void endpoints() {
    controller.warn(
        Kind.ENDPOINT_DOES_NOT_FRAGMENT,
        (from, limit) ->
            "the tunnel endpoint of "
                + from
                + " does not fragment: of IPv4 packets over "
                + limit.ipMtu()
                + " bytes with DF clear, the controller fragments at most "
                + Purpose.OVERSIZE.rate()
                + " a second for each VM port, and such frames that are not IP or go to many are"
                + " dropped and counted",
        limit ->
            "Give the VMs an MTU of "
                + limit.ipMtu()
                + ", raise the underlay MTU by "
                + limit.overhead()
                + ", or use a management-os endpoint over IPv4; where the endpoint does fragment,"
                + " say so in tunnel.fragments");
    unchecked.warn(
        Kind.NO_SIZE_CHECK,
        (from, limit) ->
            "neither can the switch of "
                + from
                + " compare lengths, nor does its endpoint fragment: packets over "
                + limit.ipMtu()
                + " bytes vanish without an answer",
        limit ->
            "Give the VMs an MTU of "
                + limit.ipMtu()
                + ", or raise the underlay MTU by "
                + limit.overhead());
    unclamped.warn(
        Kind.NO_MSS_CLAMPING,
        (from, limit) ->
            "the MSS of TCP connections from "
                + from
                + " is not clamped: the switch or its southbound cannot match TCP flags",
        limit -> "Give the VMs an MTU of " + limit.ipMtu());
  }

  private void sizes(PathLimit least) {
    if (least.ipMtu() < PathLimit.IPV6_MINIMUM) {
      add(
          Kind.BELOW_IPV6_MINIMUM,
          "its MTU of "
              + least.ipMtu()
              + " is less than the "
              + PathLimit.IPV6_MINIMUM
              + " that every IPv6 link must have: no router may advertise it, and IPv6 packets"
              + " between the two sizes arrive only where the endpoint fragments",
          "Raise the underlay MTU of "
              + least.narrowest()
              + ", or of the bridge that connects it, to "
              + (PathLimit.IPV6_MINIMUM + least.overhead())
              + " or more",
          ImmutableSortedSet.of(least.from(), least.to()));
    }
    if (least.ipMtu() < UNEQUAL * largest) {
      add(
          Kind.UNEQUAL_PATHS,
          "its paths carry from "
              + least.ipMtu()
              + " to "
              + largest
              + " bytes: with the MTU of the network the VMs do not use the wide ones, with a"
              + " larger one they meet the narrow ones in large packets",
          "Give the VMs "
              + least.ipMtu()
              + ", bring the underlay MTUs together, or divide the network",
          ImmutableSortedSet.of(least.from(), least.to()));
    }
  }

  private void vmPorts(PathLimit least) {
    SortedMap<Integer, List<Endpoint>> byMtu = new TreeMap<>();
    for (Endpoint endpoint : fabric.model().endpointsOf(network.id())) {
      OptionalInt mtu =
          endpoint.port().isPresent()
              ? fabric.facts().mtu(endpoint.node(), endpoint.port().get())
              : OptionalInt.empty();
      if (mtu.isPresent() && mtu.getAsInt() != least.ipMtu()) {
        byMtu.computeIfAbsent(mtu.getAsInt(), m -> new ArrayList<>()).add(endpoint);
      }
    }
    byMtu.forEach((mtu, endpoints) -> vmPorts(least.ipMtu(), mtu, endpoints));
  }

  private void vmPorts(int fits, int mtu, List<Endpoint> endpoints) {
    ImmutableSortedSet.Builder<NodeId> devices = ImmutableSortedSet.naturalOrder();
    List<String> ids = new ArrayList<>();
    for (Endpoint endpoint : endpoints) {
      ids.add(endpoint.id());
      devices.add(endpoint.node());
    }
    String ports = (ids.size() == 1 ? "the port of " : "the ports of ") + Names.some(ids);
    String have = ids.size() == 1 ? " has" : " have";
    boolean large = mtu > fits;
    add(
        large ? Kind.VM_MTU_TOO_LARGE : Kind.VM_MTU_TOO_SMALL,
        ports
            + have
            + " an MTU of "
            + mtu
            + ", the network "
            + fits
            + ": "
            + (large
                ? "each packet in between costs an answer, fragments or a drop"
                : "packets in between that other VMs send do not get in"),
        large
            ? "Give the VMs an MTU of " + fits + ", by DHCP, router advertisement or the host"
            : "Raise the MTU of the ports to " + fits + ", or give all VMs of the network " + mtu,
        devices.build());
  }

  private void cut(Obstacle obstacle, Cut cut) {
    add(
        Kind.NO_PATH,
        "frames of "
            + cut.from
            + " cannot reach "
            + cut.to
            + ": "
            + obstacle.title()
            + (cut.pairs == 1
                ? ""
                : "; so it is with " + Names.count(cut.pairs - 1L, "other pair", "other pairs")),
        remedy(obstacle),
        cut.devices);
  }

  private String remedy(Obstacle obstacle) {
    switch (obstacle) {
      case NO_TUNNEL:
        return "Declare the tunnel of the sending device, or move its endpoints";
      case NO_COMMON_ZONE:
        return "Give the two devices a common zone, or keep the endpoints of the network in zones"
            + " that meet";
      case NO_COMMON_FAMILY:
        return "Add a VTEP address on either side";
      case NO_NETWORK_PORT:
        return "Create the port of VNI " + network.vni() + " and add it to the tunnel's ports";
      case NO_REMOTE_PORT:
        return "Create the tunnel port and add it to the tunnel's ports";
      default:
        throw new AssertionError(obstacle);
    }
  }

  private void narrowed(NodeId device, PathLimit limit) {
    int peer = widest.get(device);
    fabric.narrow(
        device,
        peer,
        "paths of "
            + subject
            + " carry "
            + limit.ipMtu()
            + " bytes instead of up to "
            + (limit.ipMtu() + peer - limit.underlayMtu()));
  }

  private void add(Kind kind, String reason, String remedy, Iterable<NodeId> devices) {
    fabric.add(PlanWarning.of(kind, subject, reason, remedy, devices));
  }

  /** Pairs of devices without a path, all for one reason. */
  private static final class Cut {
    private final NodeId from;
    private final NodeId to;
    private final SortedSet<NodeId> devices = new TreeSet<>();
    private int pairs;

    Cut(NodeId from, NodeId to) {
      this.from = from;
      this.to = to;
    }

    void add(NodeId one, NodeId other) {
      pairs++;
      devices.add(one);
      devices.add(other);
    }
  }

  /** Senders that share a defect, and the smallest of their paths. */
  private final class Senders {
    private final SortedSet<NodeId> devices = new TreeSet<>();
    private Optional<PathLimit> least = Optional.empty();

    void add(PathLimit limit) {
      devices.add(limit.from());
      if (!least.isPresent() || limit.compareTo(least.get()) < 0) {
        least = Optional.of(limit);
      }
    }

    void warn(
        Kind kind,
        BiFunction<String, PathLimit, String> reason,
        Function<PathLimit, String> remedy) {
      least.ifPresent(
          l ->
              NetworkFindings.this.add(
                  kind, reason.apply(Names.first(devices), l), remedy.apply(l), devices));
    }
  }
}
