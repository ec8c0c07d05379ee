/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.slowpath;

import static org.overlane.slowpath.Bytes.putU16;

import com.google.common.collect.ImmutableSet;
import java.util.Optional;
import org.overlane.flowrules.model.IpAddress;

/** What becomes of an IPv4 packet that is too large. */
final class Ipv4Oversize {
  private static final int ICMP = 1;
  private static final int ICMP_HEADER = 8;

  /**
   * The types that are no errors: echo, router discovery, timestamp, information, address mask,
   * extended echo.
   */
  private static final ImmutableSet<Integer> ICMP_QUERIES =
      ImmutableSet.of(0, 8, 9, 10, 13, 14, 15, 16, 17, 18, 42, 43);

  /** An error is no longer than every host must accept (RFC 1812 4.3.2.3). */
  private static final int MAX_ANSWER = 576;

  private static final int UNREACHABLE = 3;
  private static final int FRAGMENTATION_NEEDED = 4;
  private static final int CHECKSUM_FIELD = 2;
  private static final int MTU_FIELD = 6;

  /** Version 4, a header of five words. */
  private static final byte VERSION_AND_LENGTH = 0x45;

  /** Precedence 6, internetwork control (RFC 1812 4.3.2.5). */
  private static final byte INTERNETWORK_CONTROL = (byte) 0xc0;

  private static final byte TIME_TO_LIVE = 64;

  private Ipv4Oversize() {}

  static Verdict of(Ipv4Packet packet, TunnelLimits limits) {
    Optional<Reason> unfit = unfitAddress(packet);
    if (unfit.isPresent()) {
      return Verdict.drop(unfit.get());
    }
    if (packet.isDontFragment()) {
      return packet
          .unanswerable(isIcmpError(packet))
          .map(Verdict::drop)
          .orElseGet(() -> Verdict.answer(Reason.ANSWERED_IPV4, answer(packet, limits)));
    }
    if (limits.endpointFragments()) {
      return Verdict.exception(packet);
    }
    return Ipv4Fragmenter.fragment(packet, limits.ipMtu(packet.frame().tags()));
  }

  /** RFC 1812 5.3.7: what must not be forwarded; class E is no valid address of either kind. */
  private static Optional<Reason> unfitAddress(Ipv4Packet packet) {
    int source = packet.octet(Ipv4Packet.SOURCE_FIELD);
    int destination = packet.octet(Ipv4Packet.DESTINATION_FIELD);
    if (isThisNetworkOrLoopback(source) || isMulticast(source) || isClassE(source)) {
      return Optional.of(Reason.DROPPED_MARTIAN);
    }
    if (isMulticast(destination) || isBroadcast(packet)) {
      return Optional.of(Reason.DROPPED_MULTICAST);
    }
    return isThisNetworkOrLoopback(destination) || isClassE(destination)
        ? Optional.of(Reason.DROPPED_MARTIAN)
        : Optional.empty();
  }

  private static boolean isThisNetworkOrLoopback(int firstOctet) {
    return firstOctet == 0 || firstOctet == 127;
  }

  private static boolean isMulticast(int firstOctet) {
    return firstOctet >>> 4 == 0xe;
  }

  private static boolean isClassE(int firstOctet) {
    return firstOctet >>> 4 == 0xf;
  }

  private static boolean isBroadcast(Ipv4Packet packet) {
    return packet.word(Ipv4Packet.DESTINATION_FIELD) == 0xffff
        && packet.word(Ipv4Packet.DESTINATION_FIELD + 2) == 0xffff;
  }

  private static boolean isIcmpError(Ipv4Packet packet) {
    boolean query =
        packet.payloadLength() >= ICMP_HEADER
            && ICMP_QUERIES.contains(packet.octet(packet.headerLength()));
    return packet.upperProtocol() == ICMP && !query;
  }

  /** ICMP type 3 code 4 with the MTU of the next hop (RFC 1191 4). */
  private static byte[] answer(Ipv4Packet packet, TunnelLimits limits) {
    int headers = Ipv4Packet.MIN_HEADER + ICMP_HEADER;
    int quote = Math.min(packet.length(), MAX_ANSWER - headers);
    byte[] frame = packet.frame().replyWithPayload(headers + quote);
    int start = packet.start();
    writeIpHeader(frame, packet, limits);
    int icmp = start + Ipv4Packet.MIN_HEADER;
    frame[icmp] = UNREACHABLE;
    frame[icmp + 1] = FRAGMENTATION_NEEDED;
    putU16(frame, icmp + MTU_FIELD, limits.ipMtu(packet.frame().tags()));
    System.arraycopy(packet.frame().bytes(), start, frame, icmp + ICMP_HEADER, quote);
    putU16(
        frame, icmp + CHECKSUM_FIELD, Checksum.of(Checksum.sum(frame, icmp, ICMP_HEADER + quote)));
    return frame;
  }

  /** An atomic packet: DF set, so that its identification may be 0 (RFC 6864 4.1). */
  private static void writeIpHeader(byte[] frame, Ipv4Packet packet, TunnelLimits limits) {
    int start = packet.start();
    IpAddress source = limits.ipv4Gateway().orElseGet(packet::destination);
    frame[start] = VERSION_AND_LENGTH;
    frame[start + Ipv4Packet.TOS_FIELD] = INTERNETWORK_CONTROL;
    putU16(frame, start + Ipv4Packet.LENGTH_FIELD, frame.length - start);
    putU16(frame, start + Ipv4Packet.FLAGS_FIELD, Ipv4Packet.DONT_FRAGMENT);
    frame[start + Ipv4Packet.TTL_FIELD] = TIME_TO_LIVE;
    frame[start + Ipv4Packet.PROTOCOL_FIELD] = ICMP;
    System.arraycopy(
        source.octets(), 0, frame, start + Ipv4Packet.SOURCE_FIELD, IpPacket.ADDRESS_IPV4);
    System.arraycopy(
        packet.source().octets(),
        0,
        frame,
        start + Ipv4Packet.DESTINATION_FIELD,
        IpPacket.ADDRESS_IPV4);
    Ipv4Packet.writeChecksum(frame, start, Ipv4Packet.MIN_HEADER);
  }
}
