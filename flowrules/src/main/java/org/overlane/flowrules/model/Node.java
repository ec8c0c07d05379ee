/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.flowrules.model;

import com.google.auto.value.AutoValue;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSortedSet;
import java.util.Collections;
import java.util.Optional;

/** One switch and what its ports are for. */
@AutoValue
public abstract class Node {
  /**
   * Smallest underlay MTU that IPv4 allows a path to have in practice (RFC 791: every host takes
   * 576 bytes).
   */
  public static final int MIN_UNDERLAY_MTU = 576;

  public static final int MAX_UNDERLAY_MTU = 65_535;
  public static final int DEFAULT_UNDERLAY_MTU = 1500;
  public static final int MAX_FRAGMENT_RATE = 10_000_000;

  Node() {}

  public abstract NodeId id();

  public abstract Profile profile();

  /** In the order declared; empty on a bridge that has only overlay ports. */
  public abstract ImmutableList<Uplink> uplinks();

  /** The addresses of the tunnel endpoint that this node serves, preferred first. */
  public abstract ImmutableList<IpAddress> vteps();

  /** Its transport zones, at least one; of no meaning on a bridge that serves a {@link #host}. */
  public abstract ImmutableSortedSet<Zone> zones();

  /** Absent on a bridge that only connects an endpoint to the underlay (br-phy). */
  public abstract Optional<TunnelEndpoint> tunnel();

  /** Set where this bridge serves the VTEP addresses of another node (br-phy for br-int). */
  public abstract Optional<NodeId> host();

  /** Bytes, IP header included, Ethernet header not. */
  public abstract int underlayMtu();

  public abstract Replication replication();

  /**
   * Most fragments for its VTEP addresses that the node receives, packets a second, 1 to {@link
   * #MAX_FRAGMENT_RATE}; absent: as many as come.
   */
  public abstract Optional<Integer> fragmentRate();

  /**
   * The underlay families over which the tunnel endpoint fragments its outer packets, as declared;
   * see {@link #fragmentsOver}.
   */
  public abstract Optional<ImmutableSet<AddressFamily>> declaredFragments();

  /**
   * Whether switch and controller can carry what the size check takes: check_pkt_larger, nw_frag
   * and tcp_flags. Only of interest for profile ovs.
   */
  public abstract boolean sizeCheck();

  /**
   * Whether probes that come out of a tunnel and are for this node go to the controller. Without a
   * tunnel none come.
   */
  public abstract boolean takesProbes();

  /**
   * Whether the tunnel endpoint fragments an outer packet that is larger than the underlay's MTU,
   * rather than dropping it. As declared; else the management OS does over IPv4 only (Linux's VXLAN
   * devices do not over IPv6), and the switch does not (the userspace datapath of Open vSwitch).
   */
  public boolean fragmentsOver(AddressFamily family) {
    if (declaredFragments().isPresent()) {
      return declaredFragments().get().contains(family);
    }
    return family == AddressFamily.IPV4
        && tunnel().filter(t -> t.mode() == TunnelEndpoint.Mode.MANAGEMENT_OS).isPresent();
  }

  /**
   * Whether the tunnel endpoint puts outer fragments together before it takes the frame out. The
   * management OS does, over both families. So does a switch whose endpoint is declared to
   * fragment: that is the kernel's. The userspace datapath of Open vSwitch does neither.
   */
  public boolean reassembles() {
    return tunnel().filter(t -> t.mode() == TunnelEndpoint.Mode.MANAGEMENT_OS).isPresent()
        || declaredFragments().filter(f -> !f.isEmpty()).isPresent();
  }

  /** Whether there may be a tunnel between this node and another one: they have a common zone. */
  public boolean sharesZoneWith(Node other) {
    return zones().equals(other.zones()) || !Collections.disjoint(zones(), other.zones());
  }

  /** Whether the switch limits the fragments that it receives for its VTEP addresses. */
  public boolean limitsFragments() {
    return checksSize() && fragmentRate().isPresent();
  }

  /** Whether the switch can tell packets that are too large from others, and fragments. */
  public boolean checksSize() {
    return profile() == Profile.OVS && sizeCheck();
  }

  public static Builder builder(NodeId id) {
    return new AutoValue_Node.Builder()
        .id(id)
        .profile(Profile.OVS)
        .uplinks(ImmutableList.of())
        .vteps(ImmutableList.of())
        .zones(Zone.DEFAULT)
        .underlayMtu(DEFAULT_UNDERLAY_MTU)
        .replication(Replication.LIST)
        .sizeCheck(true)
        .takesProbes(false);
  }

  public abstract Builder toBuilder();

  /** Collects the parts of a node. Not thread-safe. */
  @AutoValue.Builder
  public abstract static class Builder {
    abstract Builder id(NodeId id);

    public abstract Builder profile(Profile profile);

    public abstract Builder uplinks(Iterable<Uplink> uplinks);

    public abstract Builder vteps(Iterable<IpAddress> vteps);

    /** In any order; at least one. */
    public abstract Builder zones(Iterable<Zone> zones);

    public abstract Builder tunnel(TunnelEndpoint tunnel);

    public abstract Builder tunnel(Optional<TunnelEndpoint> tunnel);

    public abstract Builder host(NodeId host);

    public abstract Builder host(Optional<NodeId> host);

    /** 576 to 65,535 bytes, IP header included, Ethernet header not. */
    public abstract Builder underlayMtu(int bytes);

    public abstract Builder replication(Replication replication);

    /** See {@link Node#fragmentRate}; needs profile ovs. */
    public abstract Builder fragmentRate(Optional<Integer> packetsPerSecond);

    /** See {@link Node#fragmentsOver}. */
    public abstract Builder declaredFragments(Optional<ImmutableSet<AddressFamily>> families);

    /** False behind a southbound that cannot carry check_pkt_larger. */
    public abstract Builder sizeCheck(boolean sizeCheck);

    /** See {@link Node#takesProbes}. */
    public abstract Builder takesProbes(boolean takesProbes);

    abstract Node autoBuild();

    /**
     * The node.
     *
     * @throws IllegalArgumentException if a port has two purposes, a VTEP address is not unicast,
     *     it is in no zone, the MTU is out of range, or profile and tunnel do not fit each other
     */
    public Node build() {
      Node node = autoBuild();
      NodeChecks.check(node);
      return node;
    }
  }
}
