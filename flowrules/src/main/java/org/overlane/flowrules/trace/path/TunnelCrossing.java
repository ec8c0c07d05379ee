/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.flowrules.trace.path;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Lists;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.overlane.flowrules.model.AddressFamily;
import org.overlane.flowrules.model.MacAddress;
import org.overlane.flowrules.model.ManagementPort;
import org.overlane.flowrules.model.Node;
import org.overlane.flowrules.model.OfPort;
import org.overlane.flowrules.model.TunnelEndpoint;
import org.overlane.flowrules.model.Uplink;
import org.overlane.flowrules.trace.Disposition;
import org.overlane.flowrules.trace.FragmentClass;
import org.overlane.flowrules.trace.TracedPacket;

/**
 * Takes frames from a tunnel port to the switch at the other end: encapsulation, outer
 * fragmentation, the bridges that connect both endpoints to the underlay, reassembly,
 * decapsulation.
 */
final class TunnelCrossing {
  static final int VXLAN_PORT = 4789;

  /** Any: endpoints choose it by the flow inside, so that paths are shared (RFC 7348 section 5). */
  private static final int SOURCE_PORT = 49_152;

  /** Of a router, where the model does not say who is next. */
  private static final MacAddress ROUTER = MacAddress.of(0x0200000000feL);

  private static final int ETHERNET = 14;

  private static final String NOT_REASSEMBLED =
      "the receiving endpoint does not put fragments together: the userspace datapath of Open"
          + " vSwitch never does; the kernel's does, which tunnel.fragments would say";

  private final Surroundings surroundings;
  private final PathTracer.Walk walk;

  TunnelCrossing(Surroundings surroundings, PathTracer.Walk walk) {
    this.surroundings = surroundings;
    this.walk = walk;
  }

  /** Frames of one sender to one destination, output to a tunnel port. */
  void send(int depth, Node from, Disposition output, List<TracedPacket> frames) {
    OfPort port = output.port().get();
    ImmutableList<Tunnel> tunnels =
        surroundings.tunnels(from, port, output.fields(), frames.get(0).ethDst());
    if (tunnels.isEmpty()) {
      walk.end(
          depth,
          PathEnd.builder(PathEnd.Kind.LOST, PathEnd.Cause.NO_REMOTE, from.id(), frames)
              .port(port)
              .entry(output.entry())
              .reason(noRemote(output))
              .build());
    }
    for (Tunnel tunnel : tunnels) {
      cross(tunnels.size() > 1 ? depth + 1 : depth, tunnel, port, frames);
    }
  }

  private static String noRemote(Disposition output) {
    return output
        .fields()
        .tunnelDestination()
        .map(d -> "no node of the model has the VTEP address " + d)
        .orElse("the tunnel endpoint knows no node for this destination");
  }

  private void cross(int depth, Tunnel tunnel, OfPort port, List<TracedPacket> frames) {
    walk.add(encapsulated(depth, tunnel, port, frames));
    OuterSizes sizes = new OuterSizes(tunnel, depth, surroundings, walk);
    List<Outer> outers = new ArrayList<>();
    frames.forEach(f -> sizes.fit(f).ifPresent(outers::add));
    if (!outers.isEmpty()) {
      receive(depth, tunnel, underlay(depth, tunnel, outers));
    }
  }

  private static PathStep encapsulated(
      int depth, Tunnel tunnel, OfPort port, List<TracedPacket> frames) {
    List<Integer> lengths = Lists.transform(frames, TracedPacket::length);
    return new AutoValue_PathStep_Encapsulated.Builder()
        .depth(depth)
        .node(tunnel.from().id())
        .mode(tunnel.from().tunnel().get().mode())
        .port(port)
        .vni(tunnel.vni())
        .to(tunnel.to().id())
        .family(tunnel.family())
        .source(tunnel.source())
        .destination(tunnel.destination())
        .frames(lengths)
        .packets(Lists.transform(lengths, tunnel::outerLength))
        .build();
  }

  /** From the sending endpoint to the receiving one; gives what arrives there in full. */
  private List<Outer> underlay(int depth, Tunnel tunnel, List<Outer> outers) {
    if (!tunnel.source().isPresent() || !tunnel.destination().isPresent()) {
      return outers;
    }
    Optional<Node> out = surroundings.underlayBridge(tunnel.from());
    Optional<Node> in = surroundings.underlayBridge(tunnel.to());
    MacAddress from = out.map(TunnelCrossing::hostMac).orElse(ROUTER);
    MacAddress to = in.map(TunnelCrossing::hostMac).orElse(ROUTER);
    List<TracedPacket> pieces = new ArrayList<>();
    outers.forEach(o -> pieces.addAll(pieces(tunnel, o, from, to)));
    Set<TracedPacket> arrived = ImmutableSet.copyOf(pieces);
    if (out.isPresent()) {
      Node bridge = out.get();
      arrived = pass(depth, bridge, pieces, management(bridge).port(), p -> isUplink(bridge, p));
    }
    if (in.isPresent() && !arrived.isEmpty()) {
      Node bridge = in.get();
      List<TracedPacket> left = new ArrayList<>(pieces);
      left.retainAll(arrived);
      OfPort uplink = Surroundings.uplink(bridge).get().port();
      arrived = pass(depth, bridge, left, uplink, p -> Surroundings.isManagement(bridge, p));
    }
    return whole(depth, tunnel, outers, arrived, from, to);
  }

  private static boolean isUplink(Node bridge, OfPort port) {
    return Surroundings.isUplink(bridge, port);
  }

  private static ManagementPort management(Node bridge) {
    return Surroundings.uplink(bridge).flatMap(Uplink::management).get();
  }

  private static MacAddress hostMac(Node bridge) {
    return management(bridge).mac();
  }

  private static List<TracedPacket> pieces(
      Tunnel tunnel, Outer outer, MacAddress from, MacAddress to) {
    boolean df =
        tunnel.family() == AddressFamily.IPV4 && !tunnel.from().fragmentsOver(tunnel.family());
    List<TracedPacket> pieces = new ArrayList<>();
    for (int length : outer.pieces()) {
      FragmentClass fragment =
          !outer.isFragmented()
              ? FragmentClass.WHOLE
              : pieces.isEmpty() ? FragmentClass.FIRST : FragmentClass.LATER;
      pieces.add(
          TracedPacket.builder(OfPort.LOCAL, from, to)
              .udp(tunnel.source().get(), tunnel.destination().get(), SOURCE_PORT, VXLAN_PORT)
              .dontFragment(df)
              .fragment(fragment)
              .length(ETHERNET + length)
              .build());
    }
    return pieces;
  }

  /** Those of the packets that leave a bridge at the wanted port; the ends of others are told. */
  private Set<TracedPacket> pass(
      int depth, Node bridge, List<TracedPacket> packets, OfPort inPort, Predicate<OfPort> wanted) {
    List<TracedPacket> arriving = Lists.transform(packets, p -> at(p, inPort));
    ImmutableSet.Builder<TracedPacket> passed = ImmutableSet.builder();
    for (Alike alike : walk.through(bridge, arriving)) {
      walk.tell(depth, bridge, alike, true);
      for (Disposition end : alike.trace().dispositions()) {
        if (end.kind() == Disposition.Kind.OUTPUT && wanted.test(end.port().get())) {
          alike.packets().forEach(p -> passed.add(at(p, OfPort.LOCAL)));
        } else {
          walk.end(depth, bridge, end, alike.packets());
        }
      }
    }
    return passed.build();
  }

  private static TracedPacket at(TracedPacket packet, OfPort port) {
    return packet.toBuilder().inPort(port).build();
  }

  private List<Outer> whole(
      int depth,
      Tunnel tunnel,
      List<Outer> outers,
      Set<TracedPacket> arrived,
      MacAddress from,
      MacAddress to) {
    List<Outer> whole = new ArrayList<>();
    for (Outer outer : outers) {
      List<TracedPacket> pieces = pieces(tunnel, outer, from, to);
      long there = pieces.stream().filter(arrived::contains).count();
      if (there == pieces.size()) {
        whole.add(outer);
      } else if (there > 0) {
        String reason = there + " of " + pieces.size() + " fragments arrived: never put together";
        lost(depth, tunnel.to(), PathEnd.Cause.FRAGMENT_MISSING, outer.frame(), reason);
      }
    }
    return whole;
  }

  private void receive(int depth, Tunnel tunnel, List<Outer> outers) {
    Node to = tunnel.to();
    Optional<OfPort> port = surroundings.arrival(tunnel);
    List<TracedPacket> frames = new ArrayList<>();
    for (Outer outer : outers) {
      if (outer.isFragmented() && !Surroundings.reassembles(to)) {
        lost(depth, to, PathEnd.Cause.NOT_REASSEMBLED, outer.frame(), NOT_REASSEMBLED);
        continue;
      }
      if (outer.isFragmented()) {
        walk.add(PathStep.Reassembled.of(depth, to.id(), outer.pieces().size(), outer.length()));
      }
      if (port.isPresent()) {
        frames.add(decapsulated(tunnel, outer.frame(), port.get()));
      } else {
        String reason = "the node has no tunnel for VNI " + tunnel.vni();
        lost(depth, to, PathEnd.Cause.NO_TUNNEL, outer.frame(), reason);
      }
    }
    if (!frames.isEmpty()) {
      walk.add(
          PathStep.Decapsulated.of(
              depth,
              to.id(),
              to.tunnel().get().mode(),
              port.get(),
              tunnel.vni(),
              Lists.transform(frames, TracedPacket::length)));
      walk.enter(depth, to, frames, surroundings.networkOf(tunnel.vni()));
    }
  }

  /** Switches that encapsulate show tunnel and outer destination, plain ports show nothing. */
  private static TracedPacket decapsulated(Tunnel tunnel, TracedPacket frame, OfPort port) {
    TracedPacket.Builder arriving = frame.toBuilder().inPort(port).noTunnel();
    boolean plain = tunnel.to().tunnel().get().mode() == TunnelEndpoint.Mode.MANAGEMENT_OS;
    if (!plain && tunnel.destination().isPresent()) {
      arriving.tunnel(tunnel.vni().toInt(), tunnel.destination().get());
    }
    return arriving.build();
  }

  private void lost(int depth, Node at, PathEnd.Cause cause, TracedPacket frame, String reason) {
    walk.end(
        depth,
        PathEnd.builder(PathEnd.Kind.LOST, cause, at.id(), ImmutableList.of(frame))
            .reason(reason)
            .build());
  }
}
