/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.flowrules.verify;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.overlane.flowrules.model.Endpoint;
import org.overlane.flowrules.model.IpAddress;
import org.overlane.flowrules.model.Network;
import org.overlane.flowrules.model.NetworkModel;
import org.overlane.flowrules.model.Node;
import org.overlane.flowrules.model.NodeId;
import org.overlane.flowrules.model.OfPort;
import org.overlane.flowrules.model.Profile;
import org.overlane.flowrules.model.TunnelEndpoint;
import org.overlane.flowrules.openflow.Bits;
import org.overlane.flowrules.openflow.Field;
import org.overlane.flowrules.openflow.FieldValue;
import org.overlane.flowrules.openflow.FlowEntry;
import org.overlane.flowrules.openflow.FlowTables;
import org.overlane.flowrules.trace.Disposition;
import org.overlane.flowrules.trace.FragmentMode;
import org.overlane.flowrules.trace.PacketTracer;
import org.overlane.flowrules.trace.Trace;
import org.overlane.flowrules.trace.TracedPacket;

/**
 * Finds a frame that a VM sends to another node, and that goes wrong there. It is picked from the
 * frames of which that has been shown, so that it has the source of a VM of the sender, and is for
 * VMs of the receiver; then it is taken through the tables of the sender, which must put it into
 * the tunnel as it is, and through those of the receiver.
 */
final class LostFrame {
  private static final Bits GROUP = Bits.of(1L << 40);
  private static final Bits BROADCAST = Bits.of((1L << 48) - 1);

  private final NetworkModel model;
  private final Function<NodeId, FlowTables> tables;

  LostFrame(NetworkModel model, Function<NodeId, FlowTables> tables) {
    this.model = model;
    this.tables = tables;
  }

  /** A frame from one node to another, of those that go wrong at the other, if it sends one. */
  Optional<Violation> find(
      Node from, RemotePath path, Network network, Node to, Undelivered frames) {
    Optional<IpAddress> address =
        path.address().isPresent()
            ? path.address()
            : UnderlayFacts.remoteAddress(from, network, to);
    for (PacketSet some : forNode(arriving(frames.packets(), to, address), network, to)) {
      for (Endpoint sender : endpoints(from, network)) {
        PacketSet own = some.and(Field.ETH_SRC, ValueSet.of(Field.ETH_SRC, Set.of(bits(sender))));
        if (own.isEmpty()) {
          continue;
        }
        for (TracedPacket packet : examples(own, path.frameLimit())) {
          TracedPacket frame = packet.toBuilder().inPort(sender.port().get()).noTunnel().build();
          Optional<Violation.Sent> sent = send(from, path, network, frame);
          if (sent.isPresent()) {
            TracedPacket arrives = came(packet, network, to, address);
            FragmentMode mode = frames.packets().view().mode();
            return Optional.of(violation(sender, network, to, arrives, mode, sent.get()));
          }
        }
      }
    }
    return Optional.empty();
  }

  private List<Endpoint> endpoints(Node node, Network network) {
    return model.endpointsAt(node.id()).stream()
        .filter(e -> e.network().equals(network.id()) && e.port().isPresent())
        .collect(Collectors.toList());
  }

  private static Bits bits(Endpoint endpoint) {
    return Bits.of(endpoint.mac().toLong());
  }

  private static boolean isKeyed(Node node) {
    return !(node.tunnel().get() instanceof TunnelEndpoint.ManagementOs);
  }

  /** Those that came by way of an address, where a switch can tell. */
  private static PacketSet arriving(PacketSet packets, Node to, Optional<IpAddress> address) {
    if (!packets.view().isOpenVSwitch() || !isKeyed(to) || !address.isPresent()) {
      return packets;
    }
    Bits octets = Bits.of(address.get().octets());
    boolean ipv4 = address.get().isIpv4();
    return packets
        .and(Field.TUN_DST, ValueSet.of(Field.TUN_DST, Set.of(ipv4 ? octets : Bits.ZERO)))
        .and(
            Field.TUN_IPV6_DST, ValueSet.of(Field.TUN_IPV6_DST, Set.of(ipv4 ? Bits.ZERO : octets)));
  }

  /** Those that others send to a node: unicast to its VMs; broadcast, or else other multicast. */
  private List<PacketSet> forNode(PacketSet packets, Network network, Node to) {
    Set<Bits> macs = new HashSet<>();
    endpoints(to, network).forEach(e -> macs.add(bits(e)));
    List<PacketSet> sets = new ArrayList<>();
    sets.add(packets.and(Field.ETH_DST, ValueSet.of(Field.ETH_DST, macs)));
    sets.add(packets.and(Field.ETH_DST, ValueSet.of(Field.ETH_DST, Set.of(BROADCAST))));
    sets.add(packets.and(FieldValue.masked(Field.ETH_DST, GROUP, GROUP)));
    sets.removeIf(PacketSet::isEmpty);
    return sets;
  }

  /** A packet of each kind that fits, then of each kind that does not. */
  private static List<TracedPacket> examples(PacketSet packets, int limit) {
    List<TracedPacket> examples = new ArrayList<>();
    for (PacketSet some :
        ImmutableList.of(
            packets.withLengths(0, limit), packets.withLengths(limit + 1, PacketSet.LONGEST))) {
      for (int kind = 0; kind < PacketKind.ALL.size(); kind++) {
        Witness.of(some.withKinds(some.kinds() & 1 << kind)).ifPresent(examples::add);
      }
    }
    return examples;
  }

  /** The way of a frame into the tunnel; empty if the tables do not send it there as it is. */
  private Optional<Violation.Sent> send(
      Node from, RemotePath path, Network network, TracedPacket frame) {
    FragmentMode mode =
        from.profile() == Profile.OPENFLOW13 ? FragmentMode.STANDARD : FragmentMode.NORMAL;
    try {
      Trace trace = PacketTracer.trace(tables.apply(from.id()), frame, mode);
      boolean sent =
          trace.dispositions().stream()
              .anyMatch(
                  d -> goes(d, from, path, network) && d.fields().applyTo(frame).equals(frame));
      return sent ? Optional.of(Violation.Sent.of(from.id(), trace)) : Optional.empty();
    } catch (IllegalArgumentException undefined) {
      return Optional.empty(); // the tables of the sender are wrong, which has been said
    }
  }

  private static boolean goes(Disposition end, Node from, RemotePath path, Network network) {
    return end.kind() == Disposition.Kind.OUTPUT
        && end.port().filter(path.port()::equals).isPresent()
        && (!isKeyed(from) || end.fields().tunnelId() == network.vni().toInt())
        && (!path.isByAddress() || end.fields().tunnelDestination().equals(path.address()));
  }

  /** The frame at the other end: as it was, with what its tunnel says of itself. */
  private static TracedPacket came(
      TracedPacket packet, Network network, Node to, Optional<IpAddress> address) {
    TracedPacket.Builder came = packet.toBuilder().noTunnel();
    if (isKeyed(to)) {
      came.tunnel(network.vni().toInt(), address.orElseGet(() -> to.vteps().get(0)));
    }
    return came.build();
  }

  private Violation violation(
      Endpoint sender,
      Network network,
      Node to,
      TracedPacket arrives,
      FragmentMode mode,
      Violation.Sent sent) {
    FlowTables own = tables.apply(to.id());
    List<FlowEntry> entries = ImmutableList.of();
    String becomes;
    try {
      Trace trace = PacketTracer.trace(own, arrives, mode);
      entries = trace.entries();
      becomes = becomes(trace);
    } catch (IllegalArgumentException undefined) {
      becomes = "what becomes of it is undefined";
    }
    String message =
        "a frame of network "
            + network.id()
            + " from endpoint "
            + sender.id()
            + " at "
            + sent.node()
            + " arrives at tunnel port "
            + arrives.inPort()
            + " and should go to port "
            + wanted(arrives, network, to)
            + ", but "
            + becomes;
    return Violation.endToEnd(
        to.id(), message, arrives, Findings.trace(own, arrives, mode), entries, sent);
  }

  private static String becomes(Trace trace) {
    List<String> places = new ArrayList<>();
    for (Disposition end : trace.dispositions()) {
      if (end.kind() == Disposition.Kind.TO_CONTROLLER) {
        places.add("the controller");
      } else if (end.kind() == Disposition.Kind.OUTPUT) {
        boolean same = end.fields().applyTo(trace.packet()).equals(trace.packet());
        places.add("port " + end.port().get() + (same ? "" : ", altered"));
      }
    }
    return places.isEmpty() ? "goes nowhere" : "goes to " + String.join(", ", places);
  }

  private String wanted(TracedPacket arrives, Network network, Node to) {
    Set<OfPort> ports = new TreeSet<>();
    for (Endpoint endpoint : endpoints(to, network)) {
      if (arrives.ethDst().isMulticast() || endpoint.mac().equals(arrives.ethDst())) {
        ports.add(endpoint.port().get());
      }
    }
    return ports.stream().map(OfPort::toString).collect(Collectors.joining(", "));
  }
}
