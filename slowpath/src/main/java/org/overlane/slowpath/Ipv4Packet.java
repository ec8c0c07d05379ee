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

/** An IPv4 packet (RFC 791 3.1). */
final class Ipv4Packet extends IpPacket {
  static final int MIN_HEADER = 20;
  static final int MAX_LENGTH = 65_535;

  static final int TOS_FIELD = 1;
  static final int LENGTH_FIELD = 2;
  static final int FLAGS_FIELD = 6;
  static final int TTL_FIELD = 8;
  static final int PROTOCOL_FIELD = 9;
  static final int CHECKSUM_FIELD = 10;
  static final int SOURCE_FIELD = 12;
  static final int DESTINATION_FIELD = 16;

  static final int DONT_FRAGMENT = 0x4000;
  static final int MORE_FRAGMENTS = 0x2000;
  static final int OFFSET_MASK = 0x1fff;
  static final int OFFSET_UNIT = 8;

  private static final int VERSION = 4;
  private static final int WORD = 4;

  private Ipv4Packet(EthernetFrame frame) {
    super(frame);
  }

  /**
   * Absent if version, lengths or header checksum are wrong (RFC 1812 5.2.2), or if it is a
   * fragment that no packet can be reassembled with: one that ends behind the largest packet, or
   * one with more to come that is empty or no multiple of 8 bytes long.
   */
  static Optional<Ipv4Packet> parse(EthernetFrame frame) {
    int available = frame.length() - frame.headerLength();
    Ipv4Packet packet = new Ipv4Packet(frame);
    boolean wellFormed =
        available >= MIN_HEADER
            && packet.octet(0) >>> 4 == VERSION
            && packet.headerLength() >= MIN_HEADER
            && packet.headerLength() <= packet.length()
            && packet.length() <= available
            && Checksum.of(Checksum.sum(frame.bytes(), packet.start(), packet.headerLength())) == 0
            && packet.isReassemblable();
    return wellFormed ? Optional.of(packet) : Optional.empty();
  }

  private boolean isReassemblable() {
    if (isMoreToCome() && (payloadLength() == 0 || payloadLength() % OFFSET_UNIT != 0)) {
      return false;
    }
    return offsetBytes() + length() <= MAX_LENGTH;
  }

  @Override
  int length() {
    return word(LENGTH_FIELD);
  }

  /** Options included, 20 to 60 bytes. */
  int headerLength() {
    return (octet(0) & 0xf) * WORD;
  }

  int payloadLength() {
    return length() - headerLength();
  }

  boolean isDontFragment() {
    return (word(FLAGS_FIELD) & DONT_FRAGMENT) != 0;
  }

  boolean isMoreToCome() {
    return (word(FLAGS_FIELD) & MORE_FRAGMENTS) != 0;
  }

  /** Where the payload belongs in the packet that this is a fragment of. */
  int offsetBytes() {
    return (word(FLAGS_FIELD) & OFFSET_MASK) * OFFSET_UNIT;
  }

  @Override
  int upperStart() {
    return start() + headerLength();
  }

  @Override
  int upperProtocol() {
    return octet(PROTOCOL_FIELD);
  }

  @Override
  boolean isFragment() {
    return isMoreToCome() || isLaterFragment();
  }

  @Override
  boolean isLaterFragment() {
    return offsetBytes() != 0;
  }

  /** Never: the protocol would be the authentication header's own. */
  @Override
  boolean isAuthenticated() {
    return false;
  }

  IpAddress source() {
    return address(SOURCE_FIELD, ADDRESS_IPV4);
  }

  IpAddress destination() {
    return address(DESTINATION_FIELD, ADDRESS_IPV4);
  }

  @Override
  ExceptionKey exceptionKey() {
    return ExceptionKey.of(source(), destination(), upperProtocol());
  }

  @Override
  long addressSum() {
    return Checksum.sum(frame().bytes(), start() + SOURCE_FIELD, 2 * ADDRESS_IPV4);
  }

  @Override
  void writeLength(byte[] frameBytes, int newLength) {
    int field = start() + LENGTH_FIELD;
    int checksum = u16(frameBytes, start() + CHECKSUM_FIELD);
    putU16(
        frameBytes,
        start() + CHECKSUM_FIELD,
        Checksum.update(checksum, u16(frameBytes, field), newLength));
    putU16(frameBytes, field, newLength);
  }

  /** Writes the checksum of the header of this length that starts at the offset. */
  static void writeChecksum(byte[] bytes, int start, int headerLength) {
    putU16(bytes, start + CHECKSUM_FIELD, 0);
    putU16(bytes, start + CHECKSUM_FIELD, Checksum.of(Checksum.sum(bytes, start, headerLength)));
  }

  /** The byte at this offset from the start of the header, 0 to 255. */
  int octet(int offset) {
    return u8(frame().bytes(), start() + offset);
  }

  /** The 16 bits at this offset from the start of the header. */
  int word(int offset) {
    return u16(frame().bytes(), start() + offset);
  }
}
