/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.flowrules.trace.path;

import com.google.common.collect.ImmutableList;
import java.util.Collections;
import java.util.Optional;
import java.util.OptionalInt;
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
  private final OptionalInt probed;
  private final boolean fragments;
  private final PathTracer.Walk walk;

  OuterSizes(Tunnel tunnel, int depth, Surroundings surroundings, PathTracer.Walk walk) {
    this.tunnel = tunnel;
    this.depth = depth;
    this.own = surroundings.underlayMtu(tunnel.from());
    this.other = surroundings.underlayMtu(tunnel.to());
    this.probed = surroundings.pathMtu(tunnel);
    this.fragments = tunnel.from().fragmentsOver(tunnel.family());
    this.walk = walk;
  }

  /** As the endpoint sends it, perhaps in fragments; empty if it is lost, which is told. */
  Optional<Outer> send(TracedPacket frame) {
    int length = tunnel.outerLength(frame.length());
    if (length > LARGEST_PACKET) {
      String reason = "an outer packet of " + length + " bytes cannot be: 65535 is the most";
      return lost(frame, tunnel.from(), PathEnd.Cause.TOO_LARGE_FOR_ENDPOINT, reason);
    }
    int mtu = fragments && tunnel.family() == AddressFamily.IPV6 ? Math.min(own, other) : own;
    if (length > mtu && !fragments) {
      String reason =
          exceeds(length, own)
              + ", and the tunnel endpoint does not fragment over "
              + tunnel.family().title();
      return lost(frame, tunnel.from(), PathEnd.Cause.TOO_LARGE_FOR_ENDPOINT, reason);
    }
    ImmutableList<Integer> sent = Fragmentation.lengths(length, mtu, tunnel.family());
    if (sent.size() > 1) {
      tell(false, mtu < own ? tunnel.to() : tunnel.from(), mtu, length, sent);
    }
    return Optional.of(Outer.of(frame, length, sent));
  }

  /** As it arrives at the receiving node; empty if it is lost on the way, which is told. */
  Optional<Outer> carry(Outer outer) {
    if (probed.orElse(other) < Math.min(own, other) && outer.length() > probed.getAsInt()) {
      String reason =
          "the outer packet of "
              + outer.length()
              + " bytes exceeds the "
              + probed.getAsInt()
              + " that get through, as probes have found, and pieces that the endpoint makes for its"
              + " own link do, too";
      return lost(outer.frame(), tunnel.to(), PathEnd.Cause.TOO_LARGE_FOR_UNDERLAY, reason);
    }
    int largest = Collections.max(outer.pieces());
    if (largest <= other) {
      return Optional.of(outer);
    }
    if (!fragments) {
      String reason =
          exceeds(largest, other) + ", and the sending endpoint lets nobody fragment it";
      return lost(outer.frame(), tunnel.to(), PathEnd.Cause.TOO_LARGE_FOR_UNDERLAY, reason);
    }
    ImmutableList.Builder<Integer> arriving = ImmutableList.builder();
    outer.pieces().forEach(p -> arriving.addAll(Fragmentation.lengths(p, other, tunnel.family())));
    tell(true, tunnel.to(), other, largest, arriving.build());
    return Optional.of(Outer.of(outer.frame(), outer.length(), arriving.build()));
  }

  private static String exceeds(int length, int mtu) {
    return "the outer packet of " + length + " bytes exceeds the underlay MTU of " + mtu;
  }

  private Optional<Outer> lost(TracedPacket frame, Node at, PathEnd.Cause cause, String reason) {
    walk.end(
        depth,
        PathEnd.builder(PathEnd.Kind.LOST, cause, at.id(), ImmutableList.of(frame))
            .reason(reason)
            .build());
    return Optional.empty();
  }

  private void tell(
      boolean byUnderlay, Node narrow, int mtu, int before, ImmutableList<Integer> after) {
    walk.add(
        PathStep.Fragmented.of(
            depth, tunnel.from().id(), byUnderlay, narrow.id(), mtu, before, after));
  }
}
