/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.flowrules.model;

import com.google.auto.value.AutoValue;
import com.google.common.collect.ImmutableSortedSet;
import java.util.Optional;

/** An overlay network: one broadcast domain, one VNI. */
@AutoValue
public abstract class Network {
  /** Most tags that a frame keeps inside the overlay: 802.1ad and 802.1Q. */
  public static final int MAX_VLAN_TAGS = 2;

  Network() {}

  public abstract NetworkId id();

  public abstract Vni vni();

  /** The underlay family that its tunnels must use; absent: the first that both ends have. */
  public abstract Optional<AddressFamily> underlay();

  /** Whether the MSS of TCP connections to other nodes is lowered to what fits (RFC 9293 3.7.1). */
  public abstract boolean mssClamping();

  /**
   * Where the VMs are told the MTU of the network: in the DHCP replies (RFC 2132 section 5.1) and
   * router advertisements (RFC 4861 section 4.6.4) that other VMs send them.
   */
  public abstract ImmutableSortedSet<Announcement> advertiseMtu();

  /**
   * The addresses that ICMP errors about packets of this network come from, at most one of each
   * family. Where there is none, an error comes from the address that the packet was sent to.
   */
  public abstract ImmutableSortedSet<IpAddress> gateways();

  /** VLAN tags that the VMs' frames keep inside the overlay, 0 to 2: each takes 4 bytes. */
  public abstract int vlanTags();

  public static Network of(NetworkId id, Vni vni) {
    return builder(id, vni).build();
  }

  public static Network of(NetworkId id, Vni vni, Optional<AddressFamily> underlay) {
    return builder(id, vni).underlay(underlay).build();
  }

  public static Builder builder(NetworkId id, Vni vni) {
    return new AutoValue_Network.Builder()
        .id(id)
        .vni(vni)
        .mssClamping(false)
        .advertiseMtu(ImmutableSortedSet.of())
        .gateways(ImmutableSortedSet.of())
        .vlanTags(0);
  }

  public abstract Builder toBuilder();

  /** Collects the parts of a network. Not thread-safe. */
  @AutoValue.Builder
  public abstract static class Builder {
    abstract Builder id(NetworkId id);

    abstract Builder vni(Vni vni);

    public abstract Builder underlay(Optional<AddressFamily> family);

    public abstract Builder mssClamping(boolean clamp);

    /** Given in any order; see {@link Network#advertiseMtu}. */
    public abstract Builder advertiseMtu(Iterable<Announcement> where);

    /** Given in any order; see {@link Network#gateways}. */
    public abstract Builder gateways(Iterable<IpAddress> addresses);

    /** 0 to {@link #MAX_VLAN_TAGS}. */
    public abstract Builder vlanTags(int tags);

    abstract Network autoBuild();

    /**
     * The network.
     *
     * @throws IllegalArgumentException if a gateway is not unicast, two are of one family, or the
     *     number of tags is out of range
     */
    public Network build() {
      Network network = autoBuild();
      long ipv4 = network.gateways().stream().filter(IpAddress::isIpv4).count();
      require(ipv4 <= 1 && network.gateways().size() - ipv4 <= 1, network, "one gateway a family");
      require(
          network.gateways().stream().allMatch(IpAddress::isUnicast), network, "unicast gateways");
      require(
          network.vlanTags() >= 0 && network.vlanTags() <= MAX_VLAN_TAGS,
          network,
          "0 to " + MAX_VLAN_TAGS + " VLAN tags");
      return network;
    }

    private static void require(boolean condition, Network network, String what) {
      if (!condition) {
        throw new IllegalArgumentException("network " + network.id() + " may only have " + what);
      }
    }
  }
}
