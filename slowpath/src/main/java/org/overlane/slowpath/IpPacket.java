/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.slowpath;

import java.util.Arrays;
import java.util.Optional;
import org.overlane.flowrules.model.IpAddress;

/**
 * An IP packet in a frame, of either family, whose headers are within the frame. What is behind the
 * packet in the frame, padding or a trailer, is no part of it. Offsets count from the start of the
 * frame.
 */
abstract class IpPacket {
  static final int ADDRESS_IPV4 = 4;
  static final int ADDRESS_IPV6 = 16;

  private final EthernetFrame frame;

  IpPacket(EthernetFrame frame) {
    this.frame = frame;
  }

  final EthernetFrame frame() {
    return frame;
  }

  /** Where the IP header starts. */
  final int start() {
    return frame.headerLength();
  }

  /** Bytes from the start of the IP header to the end of the packet. */
  abstract int length();

  /** Where the packet ends: the length of its frame without padding and trailer. */
  final int end() {
    return start() + length();
  }

  /** Where the upper layer starts, behind all options and extension headers. */
  abstract int upperStart();

  /** The protocol number of the upper layer, 0 to 255. */
  abstract int upperProtocol();

  /** Whether this is part of a larger packet. */
  abstract boolean isFragment();

  /** Whether this is part of a larger packet, and not its beginning. */
  abstract boolean isLaterFragment();

  /** Whether an authentication header covers the upper layer (RFC 4302). */
  abstract boolean isAuthenticated();

  /** What a switch can match of this packet. */
  abstract ExceptionKey exceptionKey();

  /** The sum of the addresses, as upper layers include it in their checksums. */
  abstract long addressSum();

  /**
   * What an upper layer's checksum amounts to over the pseudo header (RFC 768, RFC 8200 8.1) and
   * what starts at an offset of a frame with the addresses of this packet; 0 if it includes a
   * correct checksum.
   */
  final int upperChecksum(byte[] frameBytes, int offset, int length, int protocol) {
    return Checksum.of(addressSum() + protocol + length + Checksum.sum(frameBytes, offset, length));
  }

  /** Writes a new length of this packet to a frame with the same headers, checksum included. */
  abstract void writeLength(byte[] frameBytes, int newLength);

  /**
   * Why no error may be sent about this packet, if so (RFC 1122 3.2.2, RFC 4443 2.4(e)).
   *
   * @param icmpError whether it is an ICMP error, or may be one
   */
  final Optional<Reason> unanswerable(boolean icmpError) {
    if (isLaterFragment()) {
      return Optional.of(Reason.DROPPED_FRAGMENT);
    }
    if (icmpError) {
      return Optional.of(Reason.DROPPED_ICMP_ERROR);
    }
    return frame.isFromStation() ? Optional.empty() : Optional.of(Reason.DROPPED_MARTIAN);
  }

  /** The address of so many bytes at this offset from the start of the IP header. */
  final IpAddress address(int field, int length) {
    int from = start() + field;
    return IpAddress.of(Arrays.copyOfRange(frame.bytes(), from, from + length));
  }

  /** A copy of the frame, without padding and trailer. */
  final byte[] trimmedFrame() {
    return frame.copy(end());
  }
}
