/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.slowpath;

import static org.overlane.slowpath.Bytes.putU16;
import static org.overlane.slowpath.Bytes.putU32;
import static org.overlane.slowpath.Bytes.u8;

import java.util.Optional;
import org.overlane.flowrules.model.IpAddress;

/** What becomes of an IPv6 packet that is too large. */
final class Ipv6Oversize {
  /** What every link carries, and the largest error (RFC 8200 5, RFC 4443 2.4(c)). */
  private static final int MIN_MTU = 1280;

  private static final byte ICMP = 58;
  private static final int ICMP_HEADER = 8;
  private static final int FIRST_INFORMATIONAL = 128;
  private static final int REDIRECT = 137;

  private static final byte PACKET_TOO_BIG = 2;
  private static final int CHECKSUM_FIELD = 2;
  private static final int MTU_FIELD = 4;

  private static final byte VERSION = 0x60;
  private static final byte HOP_LIMIT = 64;

  private Ipv6Oversize() {}

  static Verdict of(Ipv6Packet packet, TunnelLimits limits) {
    Optional<Reason> unfit = unfitAddress(packet);
    if (unfit.isPresent()) {
      return Verdict.drop(unfit.get());
    }
    // Nobody can be told of such an MTU: nodes send 1280 bytes whatever they are told.
    if (limits.ipMtu(packet.frame().tags()) < MIN_MTU && packet.length() <= MIN_MTU) {
      return minimal(packet, limits);
    }
    return packet
        .unanswerable(isIcmpError(packet))
        .map(Verdict::drop)
        .orElseGet(() -> Verdict.answer(Reason.ANSWERED_IPV6, answer(packet, limits)));
  }

  private static Verdict minimal(Ipv6Packet packet, TunnelLimits limits) {
    if (!limits.endpointFragments()) {
      return Verdict.drop(Reason.DROPPED_IPV6_MINIMUM);
    }
    return Verdict.exception(packet);
  }

  /** RFC 4291 2.5.2, 2.5.3 and 2.7; IPv4-mapped addresses belong on no wire (RFC 4942 2.2). */
  private static Optional<Reason> unfitAddress(Ipv6Packet packet) {
    int source = packet.start() + Ipv6Packet.SOURCE_FIELD;
    int destination = packet.start() + Ipv6Packet.DESTINATION_FIELD;
    byte[] bytes = packet.frame().bytes();
    if (isMulticast(bytes, source) || isNoUnicast(bytes, source)) {
      return Optional.of(Reason.DROPPED_MARTIAN);
    }
    if (isMulticast(bytes, destination)) {
      return Optional.of(Reason.DROPPED_MULTICAST);
    }
    return isNoUnicast(bytes, destination) ? Optional.of(Reason.DROPPED_MARTIAN) : Optional.empty();
  }

  private static boolean isMulticast(byte[] bytes, int address) {
    return u8(bytes, address) == 0xff;
  }

  /** Whether this is ::, ::1 or ::ffff:0:0/96. */
  private static boolean isNoUnicast(byte[] bytes, int address) {
    for (int i = 0; i < 10; i++) {
      if (bytes[address + i] != 0) {
        return false;
      }
    }
    int word = Bytes.u16(bytes, address + 10);
    int high = Bytes.u16(bytes, address + 12);
    int low = Bytes.u16(bytes, address + 14);
    return word == 0xffff || (word == 0 && high == 0 && low <= 1);
  }

  private static boolean isIcmpError(Ipv6Packet packet) {
    return packet.upperProtocol() == ICMP && !isInformational(packet);
  }

  private static boolean isInformational(Ipv6Packet packet) {
    if (packet.end() - packet.upperStart() < ICMP_HEADER) {
      return false;
    }
    int type = u8(packet.frame().bytes(), packet.upperStart());
    return type >= FIRST_INFORMATIONAL && type != REDIRECT;
  }

  /** ICMPv6 type 2 with the MTU of the next hop (RFC 4443 3.2). */
  private static byte[] answer(Ipv6Packet packet, TunnelLimits limits) {
    int quote = Math.min(packet.length(), MIN_MTU - Ipv6Packet.HEADER - ICMP_HEADER);
    byte[] frame = packet.frame().replyWithPayload(Ipv6Packet.HEADER + ICMP_HEADER + quote);
    int start = packet.start();
    writeIpHeader(frame, packet, limits);
    int icmp = start + Ipv6Packet.HEADER;
    frame[icmp] = PACKET_TOO_BIG;
    int mtu = Math.max(limits.ipMtu(packet.frame().tags()), MIN_MTU);
    putU32(frame, icmp + MTU_FIELD, mtu);
    System.arraycopy(packet.frame().bytes(), start, frame, icmp + ICMP_HEADER, quote);
    putU16(frame, icmp + CHECKSUM_FIELD, icmpChecksum(frame, start));
    return frame;
  }

  private static void writeIpHeader(byte[] frame, Ipv6Packet packet, TunnelLimits limits) {
    int start = packet.start();
    IpAddress source = limits.ipv6Gateway().orElseGet(packet::destination);
    frame[start] = VERSION;
    putU16(frame, start + Ipv6Packet.LENGTH_FIELD, frame.length - start - Ipv6Packet.HEADER);
    frame[start + Ipv6Packet.NEXT_FIELD] = ICMP;
    frame[start + Ipv6Packet.HOP_LIMIT_FIELD] = HOP_LIMIT;
    System.arraycopy(
        source.octets(), 0, frame, start + Ipv6Packet.SOURCE_FIELD, IpPacket.ADDRESS_IPV6);
    System.arraycopy(
        packet.source().octets(),
        0,
        frame,
        start + Ipv6Packet.DESTINATION_FIELD,
        IpPacket.ADDRESS_IPV6);
  }

  /** Over addresses, length and protocol as well (RFC 8200 8.1). */
  private static int icmpChecksum(byte[] frame, int start) {
    int icmp = start + Ipv6Packet.HEADER;
    int length = frame.length - icmp;
    long addresses =
        Checksum.sum(frame, start + Ipv6Packet.SOURCE_FIELD, 2 * IpPacket.ADDRESS_IPV6);
    return Checksum.of(addresses + length + ICMP + Checksum.sum(frame, icmp, length));
  }
}
