/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.flowrules.trace.path;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Lists;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Function;
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
  private static final int VXLAN_PORT = 4789;

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
      int before = walk.assumptions();
      cross(tunnels.size() > 1 ? depth + 1 : depth, tunnel, port, frames);
      walk.forget(before);
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
    List<Outer> sent = new ArrayList<>();
    frames.forEach(f -> sizes.send(f).ifPresent(sent::add));
    Optional<Node> out = surroundings.underlayBridge(tunnel.from());
    Optional<Node> in = surroundings.underlayBridge(tunnel.to());
    MacAddress from = out.map(TunnelCrossing::hostMac).orElse(ROUTER);
    MacAddress to = in.map(TunnelCrossing::hostMac).orElse(ROUTER);
    List<Outer> left = sent;
    if (out.isPresent()) {
      Node bridge = out.get();
      OfPort host = management(bridge).port();
      left =
          pass(
              depth,
              tunnel,
              sent,
              bridge,
              o -> pieces(tunnel, o, host, from, to),
              Surroundings::isUplink);
    }
    List<Outer> carried = new ArrayList<>();
    left.forEach(o -> sizes.carry(o).ifPresent(carried::add));
    List<Outer> arrived = carried;
    if (in.isPresent()) {
      Node bridge = in.get();
      OfPort uplink = Surroundings.uplink(bridge).get().port();
      arrived =
          pass(
              depth,
              tunnel,
              carried,
              bridge,
              o -> pieces(tunnel, o, uplink, from, to),
              Surroundings::isManagement);
    }
    receive(depth, tunnel, arrived);
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

  private static ManagementPort management(Node bridge) {
    return Surroundings.uplink(bridge).flatMap(Uplink::management).get();
  }

  private static MacAddress hostMac(Node bridge) {
    return management(bridge).mac();
  }

  private static List<TracedPacket> pieces(
      Tunnel tunnel, Outer outer, OfPort inPort, MacAddress from, MacAddress to) {
    boolean df =
        tunnel.family() == AddressFamily.IPV4 && !tunnel.from().fragmentsOver(tunnel.family());
    List<TracedPacket> pieces = new ArrayList<>();
    for (int length : outer.pieces()) {
      FragmentClass fragment =
          !outer.isFragmented()
              ? FragmentClass.WHOLE
              : pieces.isEmpty() ? FragmentClass.FIRST : FragmentClass.LATER;
      pieces.add(
          TracedPacket.builder(inPort, from, to)
              .udp(tunnel.source().get(), tunnel.destination().get(), SOURCE_PORT, VXLAN_PORT)
              .dontFragment(df)
              .fragment(fragment)
              .length(ETHERNET + length)
              .build());
    }
    return pieces;
  }

  /**
   * Those that leave a bridge in full at a wanted port; what becomes of the rest is told. Where it
   * is the bridge's choice, they do leave, and all that follows is told to depend on it.
   */
  private List<Outer> pass(
      int depth,
      Tunnel tunnel,
      List<Outer> outers,
      Node bridge,
      Function<Outer, List<TracedPacket>> piecesOf,
      BiPredicate<Node, OfPort> wanted) {
    if (!tunnel.source().isPresent() || !tunnel.destination().isPresent()) {
      return outers;
    }
    List<TracedPacket> pieces = new ArrayList<>();
    outers.forEach(o -> pieces.addAll(piecesOf.apply(o)));
    Set<TracedPacket> passed = new HashSet<>();
    for (Alike alike : walk.through(bridge, pieces)) {
      walk.tell(depth, bridge, alike, PathStep.InSwitch.Layer.OUTER);
      List<Disposition> passing = new ArrayList<>();
      boolean mayFail = false;
      for (Disposition end : alike.trace().dispositions()) {
        if (end.kind() == Disposition.Kind.OUTPUT && wanted.test(bridge, end.port().get())) {
          passing.add(end);
        } else {
          walk.end(depth, bridge, end, alike.packets());
          mayFail |= !end.choices().isEmpty();
        }
      }
      if (!passing.isEmpty()) {
        passed.addAll(alike.packets());
      }
      if (mayFail && passing.stream().noneMatch(p -> p.choices().isEmpty())) {
        passing.stream().findFirst().ifPresent(p -> walk.assume(bridge, p.choices()));
      }
    }
    List<Outer> whole = new ArrayList<>();
    for (Outer outer : outers) {
      List<TracedPacket> all = piecesOf.apply(outer);
      long there = all.stream().filter(passed::contains).count();
      if (there == all.size()) {
        whole.add(outer);
      } else if (there > 0) {
        String reason = "only " + there + " of " + all.size() + " fragments go on from here";
        lost(depth, bridge, PathEnd.Cause.FRAGMENT_MISSING, outer.frame(), reason);
      }
    }
    return whole;
  }

  private void receive(int depth, Tunnel tunnel, List<Outer> outers) {
    Node to = tunnel.to();
    Optional<OfPort> port = surroundings.arrival(tunnel);
    List<TracedPacket> frames = new ArrayList<>();
    for (Outer outer : outers) {
      if (outer.isFragmented() && !to.reassembles()) {
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
