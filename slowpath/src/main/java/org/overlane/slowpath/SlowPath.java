/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.slowpath;

import java.util.Optional;

/**
 * Decides what becomes of a frame that a VM sent and a switch handed over. Stateless, thread-safe.
 *
 * <p>Any bytes get a verdict; nothing but a null argument makes these functions throw. They never
 * change the frame that they are given, and the frames of a verdict are new arrays.
 */
public final class SlowPath {
  /** In place of an MTU: there is none to be told. */
  public static final int NO_MTU = 0;

  private SlowPath() {}

  /**
   * What becomes of a frame that may be too large for the tunnel to its destination.
   *
   * <p>Whoever can be told the MTU is: the sender of an IPv4 packet with DF set (RFC 1191), and of
   * an IPv6 packet (RFC 8201). An IPv4 packet with DF clear is delivered: by the tunnel endpoint
   * where that fragments, otherwise in fragments. What must not be answered (RFC 1122 3.2.2, RFC
   * 1812 4.3.2.7, RFC 4443 2.4(e)) is dropped. An IPv6 multicast might be answered (2.4(e.3)), but
   * is not, since each of the tunnels that it goes to would give an answer.
   *
   * <p>No link of IPv6 may carry less than 1280 bytes, and no sender believes in less (RFC 8200 5).
   * Where the tunnel does, packets up to that size are delivered if its endpoint fragments, and
   * dropped if not.
   *
   * <p>A frame that fits is delivered unseen, unless its destination is a group: no tunnel leads to
   * one destination then. Padding and trailer are cut where the frame does not fit with them.
   *
   * @param frame an Ethernet II frame without FCS
   */
  public static Verdict oversize(byte[] frame, TunnelLimits limits) {
    Optional<EthernetFrame> parsed = EthernetFrame.parse(frame);
    return parsed.isPresent()
        ? oversize(parsed.get(), limits)
        : Verdict.drop(Reason.DROPPED_MALFORMED);
  }

  private static Verdict oversize(EthernetFrame frame, TunnelLimits limits) {
    if (frame.isToGroup()) {
      return Verdict.drop(Reason.DROPPED_MULTICAST);
    }
    if (frame.length() <= limits.frameLimit()) {
      return Verdict.deliver(Reason.FITS, frame.copy(frame.length()));
    }
    switch (frame.type()) {
      case EthernetFrame.IPV4:
        return Ipv4Packet.parse(frame)
            .map(packet -> fits(packet, limits).orElseGet(() -> Ipv4Oversize.of(packet, limits)))
            .orElseGet(() -> Verdict.drop(Reason.DROPPED_MALFORMED));
      case EthernetFrame.IPV6:
        return Ipv6Packet.parse(frame)
            .map(packet -> fits(packet, limits).orElseGet(() -> Ipv6Oversize.of(packet, limits)))
            .orElseGet(() -> Verdict.drop(Reason.DROPPED_MALFORMED));
      default:
        return Verdict.drop(Reason.DROPPED_NOT_IP);
    }
  }

  private static Optional<Verdict> fits(IpPacket packet, TunnelLimits limits) {
    return packet.end() <= limits.frameLimit()
        ? Optional.of(Verdict.deliver(Reason.FITS, packet.trimmedFrame()))
        : Optional.empty();
  }

  /**
   * Lowers the MSS of a TCP SYN or SYN-ACK to what fits the tunnel, so that the packets that follow
   * need no error. What is no SYN is delivered unchanged.
   *
   * <p>The limit is the IP MTU without 40 bytes (IPv4) or 60 bytes (IPv6), whatever the options
   * (RFC 6691 2), but at least 88 bytes: a smaller MSS leaves no room for data if IP and TCP
   * headers have all their options (60 + 60 bytes, and 8 of data, in a packet of 88 + 40). An MSS
   * is never raised. Where there is none, the receiver assumes 536 bytes (IPv4) or 1220 (IPv6) (RFC
   * 9293 3.7.1); if that is too much, an option is added, provided that the header, the packet and
   * the tunnel have room for it.
   *
   * <p>Nothing is changed that a signature covers, since the receiver would discard it: segments
   * under an authentication header (RFC 4302) or with a TCP authentication option (RFC 5925); with
   * an MD5 option (RFC 2385), which covers all but the options, no option is added.
   *
   * <p>If the SYN is too large by itself, as one with data can be, it ends as in {@link #oversize}:
   * in its changed form if it is delivered, whereas an answer quotes what the VM sent.
   *
   * @param frame an Ethernet II frame without FCS
   */
  public static Verdict syn(byte[] frame, TunnelLimits limits) {
    Optional<EthernetFrame> parsed = EthernetFrame.parse(frame);
    if (!parsed.isPresent()) {
      return Verdict.drop(Reason.DROPPED_MALFORMED);
    }
    switch (parsed.get().type()) {
      case EthernetFrame.IPV4:
        return Ipv4Packet.parse(parsed.get())
            .map(packet -> MssClamp.ipv4(packet, limits).verdict())
            .orElseGet(() -> Verdict.drop(Reason.DROPPED_MALFORMED));
      case EthernetFrame.IPV6:
        return Ipv6Packet.parse(parsed.get())
            .map(packet -> MssClamp.ipv6(packet, limits).verdict())
            .orElseGet(() -> Verdict.drop(Reason.DROPPED_MALFORMED));
      default:
        return unchanged(parsed.get(), limits);
    }
  }

  /**
   * Tells the client of a DHCPv4 server the MTU, by the interface MTU option of an offer or
   * acknowledgement (RFC 2132 5.1). A smaller one stays. Whatever is not understood, signed (RFC
   * 3118), or would become larger than any client must take is delivered as it is.
   *
   * @param frame an Ethernet II frame without FCS, which waits for the verdict
   * @param mtu of the network, in bytes with IP header, at least 68; or {@link #NO_MTU}
   * @return always delivered
   */
  public static Verdict dhcpReply(byte[] frame, int mtu) {
    return EthernetFrame.parse(frame)
        .filter(parsed -> parsed.type() == EthernetFrame.IPV4)
        .flatMap(Ipv4Packet::parse)
        .map(packet -> DhcpReply.advertise(packet, mtu))
        .orElseGet(() -> Verdict.deliver(Reason.ADVERTISE_NOT_UNDERSTOOD, frame.clone()));
  }

  /**
   * Tells the receivers of an IPv6 router advertisement the MTU, by its MTU option (RFC 4861
   * 4.6.4). A smaller one stays.
   *
   * @param frame an Ethernet II frame without FCS, which the switch has sent on already
   * @param mtu of the network, in bytes with IP header, or {@link #NO_MTU}
   * @return delivered once more with the MTU in it, or left
   */
  public static Verdict routerAdvertisement(byte[] frame, int mtu) {
    return EthernetFrame.parse(frame)
        .filter(parsed -> parsed.type() == EthernetFrame.IPV6)
        .flatMap(Ipv6Packet::parse)
        .map(packet -> RouterAdvertisement.advertise(packet, mtu))
        .orElseGet(() -> Verdict.leave(Reason.ADVERTISE_NOT_UNDERSTOOD));
  }

  private static Verdict unchanged(EthernetFrame frame, TunnelLimits limits) {
    return frame.length() <= limits.frameLimit()
        ? Verdict.deliver(Reason.CLAMP_NOT_NEEDED, frame.copy(frame.length()))
        : oversize(frame, limits);
  }
}
