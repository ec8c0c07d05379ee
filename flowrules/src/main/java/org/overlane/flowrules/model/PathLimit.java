/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.flowrules.model;

import com.google.auto.value.AutoValue;
import java.util.Comparator;
import java.util.Optional;

/**
 * How large a frame of one network may be so that, once encapsulated, it fits the underlay between
 * two nodes. What an inner frame takes in the underlay is its whole length, VLAN tags included,
 * plus the outer IP, UDP and VXLAN headers (RFC 7348 section 5); the outer Ethernet header does not
 * count. Ordered by frame limit.
 */
@AutoValue
public abstract class PathLimit implements Comparable<PathLimit> {
  /** Smallest MTU of an IPv6 link, in bytes with IPv6 header (RFC 8200 section 5). */
  public static final int IPV6_MINIMUM = 1280;

  private static final Comparator<PathLimit> BY_LIMIT =
      Comparator.comparingInt(PathLimit::frameLimit)
          .thenComparing(PathLimit::from)
          .thenComparing(PathLimit::to);

  private static final int ETHERNET = 14;
  private static final int VLAN_TAG = 4;
  private static final int UDP_AND_VXLAN = 8 + 8;

  PathLimit() {}

  public abstract NodeId from();

  public abstract NodeId to();

  /** The VTEP address of the other end, where one is known. */
  public abstract Optional<IpAddress> remote();

  /** The family of the outer packets. */
  public abstract AddressFamily family();

  /** Bytes with outer IP header: the smaller one of both ends, or less if probes say so. */
  public abstract int underlayMtu();

  /** Whether probes have found that the underlay carries less than both ends say. */
  public abstract boolean probed();

  /** The end whose underlay MTU it is; the sender, if it is that of neither. */
  public abstract NodeId narrowest();

  /** VLAN tags that frames of the network keep inside. */
  public abstract int vlanTags();

  /**
   * Whether the endpoint of {@link #from} fragments outer packets that are too large. It makes
   * pieces of the size that its own link carries: where probes say that these get lost, too, it is
   * of no use.
   */
  public abstract boolean endpointFragments();

  /** Bytes of the largest frame that fits: Ethernet header and VLAN tags included, FCS not. */
  public int frameLimit() {
    return underlayMtu() - outerHeaders();
  }

  /** Bytes of the largest IP packet that fits, in a frame with the network's VLAN tags. */
  public int ipMtu() {
    return underlayMtu() - overhead();
  }

  /** Bytes that encapsulation adds to an IP packet: 50 over IPv4, 70 over IPv6, 4 for each tag. */
  public int overhead() {
    return outerHeaders() + ETHERNET + VLAN_TAG * vlanTags();
  }

  private int outerHeaders() {
    return (family() == AddressFamily.IPV4 ? 20 : 40) + UDP_AND_VXLAN;
  }

  /** For people: {@code 1450 = 1500 - 50, VXLAN over IPv4, towards 192.0.2.2}. */
  public String derivation() {
    StringBuilder text = new StringBuilder();
    text.append(ipMtu()).append(" = ").append(underlayMtu()).append(" - ").append(overhead());
    text.append(", VXLAN over ").append(family().title());
    if (vlanTags() > 0) {
      text.append(" with ").append(vlanTags()).append(vlanTags() == 1 ? " VLAN tag" : " VLAN tags");
    }
    text.append(", towards ").append(remote().map(IpAddress::toString).orElse(to().toString()));
    if (narrowest().equals(to())) {
      text.append(", whose underlay MTU is the smaller one");
    }
    if (probed()) {
      text.append(", as probed");
    }
    return text.toString();
  }

  @Override
  public int compareTo(PathLimit other) {
    return BY_LIMIT.compare(this, other);
  }

  /**
   * The limit of a network between two nodes, whether there is a tunnel or not. Where no VTEP
   * address tells the family, it is that of the network, else IPv6, whose headers are larger.
   */
  public static PathLimit between(NetworkModel model, Network network, Node from, Node to) {
    Optional<IpAddress> remote = model.remoteVtep(from, network, to);
    AddressFamily family =
        remote.map(AddressFamily::of).orElse(network.underlay().orElse(AddressFamily.IPV6));
    int own = model.underlayMtu(from);
    int other = model.underlayMtu(to);
    int declared = Math.min(own, other);
    int carried =
        Math.min(declared, model.pathMtus().of(from.id(), to.id(), family).orElse(declared));
    boolean probed = carried < declared;
    return new AutoValue_PathLimit(
        from.id(),
        to.id(),
        remote,
        family,
        carried,
        probed,
        other < own && !probed ? to.id() : from.id(),
        network.vlanTags(),
        from.fragmentsOver(family) && !probed);
  }
}
