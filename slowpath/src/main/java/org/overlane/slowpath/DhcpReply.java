/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.slowpath;

import static org.overlane.slowpath.Bytes.putU16;
import static org.overlane.slowpath.Bytes.u16;
import static org.overlane.slowpath.Bytes.u8;

import java.util.Arrays;

/**
 * Sets the interface MTU option (RFC 2132 5.1) in a DHCPv4 offer or acknowledgement. A smaller one
 * that is there stays; all other options stay in any case. What does not keep to RFC 2131 and 2132
 * in every respect that matters here is let through as it is.
 */
final class DhcpReply {
  /** What every client must take in one piece, in bytes with IP header (RFC 2131 2). */
  private static final int MAX_LENGTH = 576;

  private static final int UDP = 17;
  private static final int UDP_HEADER = 8;
  private static final int LENGTH_FIELD = 4;
  private static final int CHECKSUM_FIELD = 6;
  private static final int SERVER = 67;
  private static final int CLIENT = 68;

  private static final int BOOT_REPLY = 2;
  private static final int SERVER_NAME_FIELD = 44;
  private static final int SERVER_NAME_LENGTH = 64;
  private static final int FILE_FIELD = 108;
  private static final int FILE_LENGTH = 128;
  private static final int COOKIE_FIELD = 236;
  private static final int OPTIONS_FIELD = 240;
  private static final int COOKIE_HIGH = 0x6382;
  private static final int COOKIE_LOW = 0x5363;

  private static final int MTU_LENGTH = 2;
  private static final int OPTION_LENGTH = 2 + MTU_LENGTH;

  private final Ipv4Packet packet;
  private final int mtu;
  private final byte[] bytes;
  private final int udp;

  private DhcpReply(Ipv4Packet packet, int mtu) {
    this.packet = packet;
    this.mtu = mtu;
    this.bytes = packet.frame().bytes();
    this.udp = packet.upperStart();
  }

  static Verdict advertise(Ipv4Packet packet, int mtu) {
    return new DhcpReply(packet, mtu).verdict();
  }

  private Verdict verdict() {
    if (!isDhcpReply()) {
      return unchanged(Reason.ADVERTISE_NOT_UNDERSTOOD);
    }
    DhcpOptions options = new DhcpOptions(bytes);
    int message = udp + UDP_HEADER;
    boolean understood = options.read(message + OPTIONS_FIELD, packet.end());
    int overload = options.overload();
    if (understood && (overload & DhcpOptions.IN_FILE) != 0) {
      understood = options.readMore(message + FILE_FIELD, FILE_LENGTH);
    }
    if (understood && (overload & DhcpOptions.IN_SERVER_NAME) != 0) {
      understood = options.readMore(message + SERVER_NAME_FIELD, SERVER_NAME_LENGTH);
    }
    if (!understood) {
      return unchanged(Reason.ADVERTISE_NOT_UNDERSTOOD);
    }
    if (options.isAuthenticated()) {
      return unchanged(Reason.ADVERTISE_SIGNED);
    }
    if (mtu == SlowPath.NO_MTU || !options.isOfferOrAcknowledgement()) {
      return unchanged(Reason.ADVERTISE_NOT_NEEDED);
    }
    return options.mtuAt() == DhcpOptions.NOWHERE ? insert(options) : lower(options.mtuAt());
  }

  private boolean isDhcpReply() {
    int length = packet.end() - udp;
    return packet.upperProtocol() == UDP
        && !packet.isFragment()
        && length >= UDP_HEADER + OPTIONS_FIELD
        && u16(bytes, udp) == SERVER
        && u16(bytes, udp + 2) == CLIENT
        && u16(bytes, udp + LENGTH_FIELD) == length
        && (u16(bytes, udp + CHECKSUM_FIELD) == 0
            || packet.upperChecksum(bytes, udp, length, UDP) == 0)
        && u8(bytes, udp + UDP_HEADER) == BOOT_REPLY
        && u16(bytes, udp + UDP_HEADER + COOKIE_FIELD) == COOKIE_HIGH
        && u16(bytes, udp + UDP_HEADER + COOKIE_FIELD + 2) == COOKIE_LOW;
  }

  private Verdict unchanged(Reason reason) {
    return Verdict.deliver(reason, packet.frame().copy(bytes.length));
  }

  private Verdict lower(int at) {
    if (u16(bytes, at) <= mtu) {
      return unchanged(Reason.ADVERTISE_NOT_NEEDED);
    }
    byte[] frame = packet.trimmedFrame();
    putU16(frame, at, mtu);
    return advertised(frame);
  }

  /**
   * Puts the option before the end, or before that of a relay agent, which should be the last (RFC
   * 3046 2.1). Padding behind the end makes room for it, else the message grows.
   */
  private Verdict insert(DhcpOptions options) {
    int growth = isPadding(options.endAt() + 1, OPTION_LENGTH) ? 0 : OPTION_LENGTH;
    if (packet.length() + growth > Math.min(MAX_LENGTH, mtu) && growth > 0) {
      return unchanged(Reason.ADVERTISE_NO_ROOM);
    }
    int at = options.insertAt();
    byte[] frame = Arrays.copyOf(bytes, packet.end() + growth);
    System.arraycopy(bytes, at, frame, at + OPTION_LENGTH, frame.length - at - OPTION_LENGTH);
    frame[at] = DhcpOptions.INTERFACE_MTU;
    frame[at + 1] = MTU_LENGTH;
    putU16(frame, at + 2, mtu);
    packet.writeLength(frame, packet.length() + growth);
    putU16(frame, udp + LENGTH_FIELD, frame.length - udp);
    return advertised(frame);
  }

  private boolean isPadding(int from, int length) {
    if (packet.end() - from < length) {
      return false;
    }
    for (int i = from; i < packet.end(); i++) {
      if (bytes[i] != 0) {
        return false;
      }
    }
    return true;
  }

  /** No checksum stays none (RFC 768). */
  private Verdict advertised(byte[] frame) {
    if (u16(frame, udp + CHECKSUM_FIELD) != 0) {
      putU16(frame, udp + CHECKSUM_FIELD, 0);
      int checksum = packet.upperChecksum(frame, udp, frame.length - udp, UDP);
      putU16(frame, udp + CHECKSUM_FIELD, checksum == 0 ? 0xffff : checksum);
    }
    return Verdict.deliver(Reason.ADVERTISED, frame);
  }
}
