/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.slowpath;

import com.google.common.base.Ascii;

/** Why a packet ended as it did on the slow path: one reason for each packet. */
public enum Reason {
  ANSWERED_IPV4(
      "The sender was told the MTU with ICMP type 3 code 4, since the packet has DF set."),
  ANSWERED_IPV6("The sender was told the MTU with ICMPv6 type 2."),
  DELIVERED_BY_EXCEPTION("The packet was let through, for the tunnel endpoint to fragment."),
  FRAGMENTED("The packet was fragmented before encapsulation, since DF is clear."),
  FITS("The packet fits the tunnel and was let through."),
  CLAMPED("The MSS of the SYN was lowered to what fits the tunnel."),
  CLAMP_NOT_NEEDED("The packet was let through unchanged: no MSS in it had to be lowered."),
  ADVERTISED("The MTU of the network was set in a DHCP reply or router advertisement."),
  ADVERTISE_NOT_NEEDED(
      "The DHCP reply or router advertisement tells an MTU that fits already, or is of a kind that"
          + " tells none."),
  ADVERTISE_NOT_UNDERSTOOD(
      "The DHCP reply or router advertisement is not well formed, or a fragment, and was let"
          + " through as it is."),
  ADVERTISE_SIGNED(
      "The DHCP reply or router advertisement is signed, and was let through as it is."),
  ADVERTISE_NO_ROOM(
      "The DHCP reply or router advertisement has no room for the MTU, and was let through as it"
          + " is."),
  ADVERTISE_IPV6_MINIMUM(
      "The MTU of the network is less than the 1280 bytes that a router advertisement may tell."),
  SUPPRESSED_PORT("The port of the sender used up its share of the slow path for now.", true),
  SUPPRESSED_PAIR("This sender was told about this destination often enough for now.", true),
  DROPPED_MALFORMED("The frame is not what its headers say, and no host could use it.", true),
  DROPPED_NOT_IP("The frame is too large and no IP packet: nobody can be told the MTU.", true),
  DROPPED_ICMP_ERROR("No error is sent about an ICMP error.", true),
  DROPPED_FRAGMENT("No error is sent about a fragment other than the first.", true),
  DROPPED_MULTICAST("No error is sent about a multicast or broadcast.", true),
  DROPPED_MARTIAN("The packet has an address that no host may have or send to.", true),
  DROPPED_IPV6_MINIMUM(
      "The packet has at most 1280 bytes, the tunnel carries less, and its endpoint does not"
          + " fragment.",
      true),
  DROPPED_TOO_MANY_FRAGMENTS("Fragmenting the packet would take more than 64 fragments.", true),
  DROPPED_UNKNOWN_ENDPOINT("Sender or destination of the packet is no known endpoint.", true);

  private final String text = Ascii.toLowerCase(name()).replace('_', '-');
  private final String description;
  private final boolean drop;

  Reason(String description) {
    this(description, false);
  }

  Reason(String description, boolean drop) {
    this.description = description;
    this.drop = drop;
  }

  /** The name in kebab case, as in {@code answered-ipv4}; it never changes. */
  public String text() {
    return text;
  }

  /** Whether the packet went nowhere, and nobody was told. */
  public boolean isDrop() {
    return drop;
  }

  /** One sentence for people. */
  public String description() {
    return description;
  }
}
