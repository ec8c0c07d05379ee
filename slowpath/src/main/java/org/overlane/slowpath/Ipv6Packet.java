/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.slowpath;

import static org.overlane.slowpath.Bytes.putU16;
import static org.overlane.slowpath.Bytes.u16;
import static org.overlane.slowpath.Bytes.u8;

import java.util.Optional;
import org.overlane.flowrules.model.IpAddress;

/** An IPv6 packet (RFC 8200 3) and its extension headers. */
final class Ipv6Packet extends IpPacket {
  static final int HEADER = 40;

  static final int LENGTH_FIELD = 4;
  static final int NEXT_FIELD = 6;
  static final int HOP_LIMIT_FIELD = 7;
  static final int SOURCE_FIELD = 8;
  static final int DESTINATION_FIELD = 24;

  private static final int VERSION = 6;

  private final Ipv6Extensions extensions;

  private Ipv6Packet(EthernetFrame frame, Ipv6Extensions extensions) {
    super(frame);
    this.extensions = extensions;
  }

  /**
   * Absent if version or lengths are wrong, or an extension header does not end within the packet.
   * A payload length of 0 is wrong as well: either there is nothing in the packet, or it is a
   * jumbogram (RFC 2675), which no tunnel carries.
   */
  static Optional<Ipv6Packet> parse(EthernetFrame frame) {
    int start = frame.headerLength();
    if (frame.length() - start < HEADER || u8(frame.bytes(), start) >>> 4 != VERSION) {
      return Optional.empty();
    }
    int payload = u16(frame.bytes(), start + LENGTH_FIELD);
    int end = start + HEADER + payload;
    if (payload == 0 || end > frame.length()) {
      return Optional.empty();
    }
    return Ipv6Extensions.parse(
            frame.bytes(), u8(frame.bytes(), start + NEXT_FIELD), start + HEADER, end)
        .map(extensions -> new Ipv6Packet(frame, extensions));
  }

  @Override
  int length() {
    return HEADER + u16(frame().bytes(), start() + LENGTH_FIELD);
  }

  @Override
  int upperStart() {
    return extensions.upperStart();
  }

  @Override
  int upperProtocol() {
    return extensions.upperProtocol();
  }

  @Override
  boolean isFragment() {
    return extensions.isFragment();
  }

  @Override
  boolean isLaterFragment() {
    return extensions.isLaterFragment();
  }

  @Override
  boolean isAuthenticated() {
    return extensions.isAuthenticated();
  }

  IpAddress source() {
    return address(SOURCE_FIELD, ADDRESS_IPV6);
  }

  IpAddress destination() {
    return address(DESTINATION_FIELD, ADDRESS_IPV6);
  }

  @Override
  ExceptionKey exceptionKey() {
    return ExceptionKey.of(source(), destination(), extensions.switchProtocol());
  }

  @Override
  long addressSum() {
    return Checksum.sum(frame().bytes(), start() + SOURCE_FIELD, 2 * ADDRESS_IPV6);
  }

  @Override
  void writeLength(byte[] frameBytes, int newLength) {
    putU16(frameBytes, start() + LENGTH_FIELD, newLength - HEADER);
  }
}
