/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.tunnels.plan;

import com.google.auto.value.AutoValue;
import com.google.common.base.Ascii;
import com.google.common.collect.ImmutableList;
import org.overlane.flowrules.compile.Capability.Case;
import org.overlane.flowrules.model.Network;
import org.overlane.flowrules.model.Node;
import org.overlane.flowrules.model.PathLimit;
import org.overlane.flowrules.pipeline.PortMeters.Purpose;

/** What becomes of one kind of packets that do not fit a path. Immutable. */
@AutoValue
public abstract class Fate {
  private static final String A_SECOND = " a second for each VM port";

  Fate() {}

  /** The ways to end. */
  public enum Result {
    /** At the receiver, whole or in fragments. */
    DELIVERED,
    /** Dropped and counted, and the sender is told the MTU that fits. */
    ANSWERED,
    /** Dropped and counted, and nobody is told. */
    DROPPED,
    /** Gone without an answer or a counter of Overlane's. */
    LOST,
    /** As other kinds of packets: this case adds nothing. */
    AS_OTHERS;

    /** {@code as-others}. */
    public String text() {
      return Ascii.toLowerCase(name()).replace('_', '-');
    }
  }

  public abstract Case about();

  public abstract Result result();

  /** By what means: a clause without full stop. */
  public abstract String means();

  /**
   * All cases of a path, in order.
   *
   * @param reassembles whether the receiver puts outer fragments together
   */
  static ImmutableList<Fate> of(Network network, Node from, PathLimit limit, boolean reassembles) {
    return from.checksSize() ? checked(network, limit, reassembles) : unchecked(limit, reassembles);
  }

  private static ImmutableList<Fate> checked(
      Network network, PathLimit limit, boolean reassembles) {
    Fate fragmentable =
        limit.endpointFragments()
            ? fragmented(
                Case.IPV4_FRAGMENTABLE,
                reassembles,
                "; the first packet of two addresses goes by the controller, then an entry leads"
                    + " the rest past it")
            : of(
                Case.IPV4_FRAGMENTABLE,
                Result.DELIVERED,
                "the controller fragments the packet, at most "
                    + Purpose.OVERSIZE.rate()
                    + A_SECOND
                    + "; more are dropped and counted by its meter");
    Fate other =
        limit.endpointFragments()
            ? fragmented(Case.OTHER, reassembles, "")
            : of(Case.OTHER, Result.DROPPED, "a meter of the VM's port counts it");
    return ImmutableList.of(
        fragmentable,
        of(
            Case.IPV4_DF,
            Result.ANSWERED,
            "the controller tells the VM "
                + limit.ipMtu()
                + " by ICMP type 3 code 4, at most "
                + Purpose.OVERSIZE.rate()
                + A_SECOND),
        ipv6(limit),
        network.mssClamping()
            ? of(
                Case.TCP,
                Result.AS_OTHERS,
                "new connections agree on an MSS of at most "
                    + (limit.ipMtu() - 40)
                    + " over IPv4 and "
                    + (limit.ipMtu() - 60)
                    + " over IPv6; running ones keep theirs, so TX-5 and TX-6 shorten them")
            : of(
                Case.TCP,
                Result.AS_OTHERS,
                "the network does not clamp: TX-5 and TX-6 do the work"),
        other);
  }

  /** No sender believes in less than 1280 bytes (RFC 8200 section 5). */
  private static Fate ipv6(PathLimit limit) {
    boolean below = limit.ipMtu() < PathLimit.IPV6_MINIMUM;
    return of(
        Case.IPV6,
        Result.ANSWERED,
        "the controller tells the VM "
            + Math.max(limit.ipMtu(), PathLimit.IPV6_MINIMUM)
            + " by ICMPv6 type 2, at most "
            + Purpose.OVERSIZE.rate()
            + A_SECOND
            + (below
                ? ", the least that IPv6 has; packets of up to that are "
                    + (limit.endpointFragments()
                        ? "then fragmented by the tunnel endpoint"
                        : "then dropped and counted")
                : ""));
  }

  private static ImmutableList<Fate> unchecked(PathLimit limit, boolean reassembles) {
    ImmutableList.Builder<Fate> fates = ImmutableList.builder();
    for (Case about : Case.values()) {
      if (about == Case.TCP) {
        fates.add(of(about, Result.AS_OTHERS, "the switch cannot clamp: as TX-4 to TX-6"));
      } else if (limit.endpointFragments()) {
        fates.add(fragmented(about, reassembles, ", whatever DF of the inner one says"));
      } else {
        fates.add(
            of(
                about,
                Result.LOST,
                "the switch cannot compare lengths, and the tunnel endpoint does not fragment"));
      }
    }
    return fates.build();
  }

  private static Fate fragmented(Case about, boolean reassembles, String besides) {
    String who = "the tunnel endpoint fragments the outer packet" + besides;
    return reassembles
        ? of(about, Result.DELIVERED, who)
        : of(about, Result.LOST, who + "; but the receiver does not put fragments together");
  }

  private static Fate of(Case about, Result result, String means) {
    return new AutoValue_Fate(about, result, means);
  }
}
