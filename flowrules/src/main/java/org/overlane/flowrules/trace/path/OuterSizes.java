/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.flowrules.trace.path;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.overlane.flowrules.model.AddressFamily;
import org.overlane.flowrules.model.Node;
import org.overlane.flowrules.trace.TracedPacket;

/**
 * Fits outer packets into the underlay. What exceeds the MTU of the sending node, its endpoint
 * fragments or drops. What fits there and exceeds the MTU of the receiving node is fragmented on
 * the way where that is allowed: an endpoint that fragments IPv4 leaves DF clear, so that routers
 * may, too; over IPv6 it is told the MTU of the path by the underlay, and fragments by that.
 */
final class OuterSizes {
  private static final int LARGEST_PACKET = 65_535;

  private final Tunnel tunnel;
  private final int depth;
  private final int own;
  private final int other;
  private final boolean fragments;
  private final PathTracer.Walk walk;

  OuterSizes(Tunnel tunnel, int depth, Surroundings surroundings, PathTracer.Walk walk) {
    this.tunnel = tunnel;
    this.depth = depth;
    this.own = surroundings.underlayMtu(tunnel.from());
    this.other = surroundings.underlayMtu(tunnel.to());
    this.fragments = tunnel.from().fragmentsOver(tunnel.family());
    this.walk = walk;
  }

  /** On its way, perhaps in fragments; empty if it is lost, which is told. */
  Optional<Outer> fit(TracedPacket frame) {
    int length = tunnel.outerLength(frame.length());
    if (length <= Math.min(own, other)) {
      return Optional.of(Outer.of(frame, length, ImmutableList.of(length)));
    }
    if (length > LARGEST_PACKET) {
      String reason = "an outer packet of " + length + " bytes cannot be: 65535 is the most";
      return lost(frame, tunnel.from(), PathEnd.Cause.TOO_LARGE_FOR_ENDPOINT, reason);
    }
    if (!fragments) {
      return refuse(frame, length);
    }
    return Optional.of(
        Outer.of(
            frame, length, tunnel.family() == AddressFamily.IPV4 ? ipv4(length) : ipv6(length)));
  }

  private Optional<Outer> refuse(TracedPacket frame, int length) {
    String exceeds = "the outer packet of " + length + " bytes exceeds the underlay MTU of ";
    String family = tunnel.family().title();
    return length > own
        ? lost(
            frame,
            tunnel.from(),
            PathEnd.Cause.TOO_LARGE_FOR_ENDPOINT,
            exceeds + own + ", and the tunnel endpoint does not fragment over " + family)
        : lost(
            frame,
            tunnel.to(),
            PathEnd.Cause.TOO_LARGE_FOR_UNDERLAY,
            exceeds + other + " there, and the sending endpoint lets nobody fragment it");
  }

  private Optional<Outer> lost(TracedPacket frame, Node at, PathEnd.Cause cause, String reason) {
    walk.end(
        depth,
        PathEnd.builder(PathEnd.Kind.LOST, cause, at.id(), ImmutableList.of(frame))
            .reason(reason)
            .build());
    return Optional.empty();
  }

  private ImmutableList<Integer> ipv4(int length) {
    ImmutableList<Integer> sent = Fragmentation.lengths(length, own, AddressFamily.IPV4);
    if (sent.size() > 1) {
      tell(false, tunnel.from(), own, length, sent);
    }
    List<Integer> arriving = new ArrayList<>();
    sent.forEach(s -> arriving.addAll(Fragmentation.lengths(s, other, AddressFamily.IPV4)));
    if (arriving.size() > sent.size()) {
      tell(true, tunnel.to(), other, length, ImmutableList.copyOf(arriving));
    }
    return ImmutableList.copyOf(arriving);
  }

  private ImmutableList<Integer> ipv6(int length) {
    int mtu = Math.min(own, other);
    ImmutableList<Integer> sent = Fragmentation.lengths(length, mtu, AddressFamily.IPV6);
    tell(false, own <= other ? tunnel.from() : tunnel.to(), mtu, length, sent);
    return sent;
  }

  private void tell(
      boolean byUnderlay, Node narrow, int mtu, int before, ImmutableList<Integer> after) {
    walk.add(
        PathStep.Fragmented.of(
            depth, tunnel.from().id(), byUnderlay, narrow.id(), mtu, before, after));
  }
}
