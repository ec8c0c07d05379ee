/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.slowpath;

import com.google.auto.value.AutoValue;
import java.util.Optional;
import org.overlane.flowrules.model.IpAddress;

/** What fits on the way from a VM to one destination, and what happens there to what does not. */
@AutoValue
public abstract class TunnelLimits {
  /**
   * The smallest frame limit, in bytes: Ethernet header, two VLAN tags, and the 68 bytes that every
   * link must carry in one piece (RFC 791 3.2). It leaves room for the largest IPv4 header and 8
   * bytes behind it, so that everything too large can be fragmented.
   */
  public static final int MIN_FRAME_LIMIT = 90;

  /** The largest frame limit, in bytes: Ethernet header, two VLAN tags, 65,535 bytes of IP. */
  public static final int MAX_FRAME_LIMIT = 65_557;

  private static final int ETHERNET_HEADER = 14;
  private static final int VLAN_TAG = 4;

  TunnelLimits() {}

  /**
   * The largest inner frame that fits the underlay once it is encapsulated, in bytes, {@value
   * #MIN_FRAME_LIMIT} to {@value #MAX_FRAME_LIMIT}: Ethernet header and VLAN tags included, FCS
   * not.
   */
  public abstract int frameLimit();

  /** Whether the tunnel endpoint fragments outer packets that are too large. */
  public abstract boolean endpointFragments();

  /** The source of ICMP errors; where absent, the address that the packet was sent to. */
  public abstract Optional<IpAddress> ipv4Gateway();

  /** The source of ICMPv6 errors; where absent, the address that the packet was sent to. */
  public abstract Optional<IpAddress> ipv6Gateway();

  /**
   * The largest IP packet that fits, in bytes, if its frame has this many VLAN tags (0 to 2).
   *
   * @throws IllegalArgumentException for any other number of tags
   */
  public final int ipMtu(int vlanTags) {
    if (vlanTags < 0 || vlanTags > EthernetFrame.MAX_TAGS) {
      throw new IllegalArgumentException("a frame has 0 to 2 VLAN tags, not " + vlanTags);
    }
    return frameLimit() - ETHERNET_HEADER - VLAN_TAG * vlanTags;
  }

  /**
   * The limits of one destination.
   *
   * @param gateways the first address of each family becomes the source of errors
   * @throws IllegalArgumentException if the frame limit is out of range or a gateway not unicast
   */
  public static TunnelLimits of(
      int frameLimit, boolean endpointFragments, Iterable<IpAddress> gateways) {
    if (frameLimit < MIN_FRAME_LIMIT || frameLimit > MAX_FRAME_LIMIT) {
      throw new IllegalArgumentException(
          "the frame limit must be "
              + MIN_FRAME_LIMIT
              + " to "
              + MAX_FRAME_LIMIT
              + " bytes, not "
              + frameLimit);
    }
    Optional<IpAddress> ipv4 = Optional.empty();
    Optional<IpAddress> ipv6 = Optional.empty();
    for (IpAddress gateway : gateways) {
      if (!gateway.isUnicast()) {
        throw new IllegalArgumentException("a gateway's address must be unicast, not " + gateway);
      }
      if (gateway.isIpv4() && !ipv4.isPresent()) {
        ipv4 = Optional.of(gateway);
      } else if (gateway.isIpv6() && !ipv6.isPresent()) {
        ipv6 = Optional.of(gateway);
      }
    }
    return new AutoValue_TunnelLimits(frameLimit, endpointFragments, ipv4, ipv6);
  }
}
