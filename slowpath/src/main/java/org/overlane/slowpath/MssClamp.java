/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.slowpath;

import static org.overlane.slowpath.Bytes.putU16;
import static org.overlane.slowpath.Bytes.u16;
import static org.overlane.slowpath.Bytes.u8;

import java.util.Arrays;

/** Lowers the MSS in one IP packet, if it is a TCP SYN (RFC 9293 3.7.1). */
final class MssClamp {
  private static final int TCP = 6;
  private static final int MIN_HEADER = 20;
  private static final int MAX_HEADER = 60;
  private static final int WORD = 4;
  private static final int OFFSET_FIELD = 12;
  private static final int FLAGS_FIELD = 13;
  private static final int CHECKSUM_FIELD = 16;
  private static final int SYN = 0x02;

  private static final int END_OF_OPTIONS = 0;
  private static final int NO_OPERATION = 1;
  private static final int MSS = 2;
  private static final int MSS_LENGTH = 4;
  private static final int MD5_SIGNATURE = 19;
  private static final int AUTHENTICATION = 29;

  /** The IP and TCP headers without options, which alone an MSS takes account of (RFC 6691 2). */
  private static final int HEADERS_IPV4 = 40;

  private static final int HEADERS_IPV6 = 60;
  private static final int DEFAULT_IPV4 = 536;
  private static final int DEFAULT_IPV6 = 1220;

  /** A segment with all options of IP and TCP has 8 bytes of data then. */
  private static final int MIN_MSS = 88;

  private final IpPacket packet;
  private final TunnelLimits limits;
  private final int mssLimit;
  private final int defaultMss;

  private MssClamp(IpPacket packet, TunnelLimits limits, int headers, int defaultMss) {
    this.packet = packet;
    this.limits = limits;
    this.mssLimit = Math.max(limits.ipMtu(packet.frame().tags()) - headers, MIN_MSS);
    this.defaultMss = defaultMss;
  }

  static MssClamp ipv4(Ipv4Packet packet, TunnelLimits limits) {
    return new MssClamp(packet, limits, HEADERS_IPV4, DEFAULT_IPV4);
  }

  static MssClamp ipv6(Ipv6Packet packet, TunnelLimits limits) {
    return new MssClamp(packet, limits, HEADERS_IPV6, DEFAULT_IPV6);
  }

  Verdict verdict() {
    boolean tcp = packet.upperProtocol() == TCP && !packet.isLaterFragment();
    if (!tcp || packet.isAuthenticated()) {
      return unchanged();
    }
    int available = packet.end() - packet.upperStart();
    if (available < MIN_HEADER) {
      return incomplete();
    }
    if (headerLength() < MIN_HEADER) {
      return Verdict.drop(Reason.DROPPED_MALFORMED);
    }
    if (headerLength() > available) {
      return incomplete();
    }
    boolean syn = (u8(packet.frame().bytes(), packet.upperStart() + FLAGS_FIELD) & SYN) != 0;
    return syn ? clamp() : unchanged();
  }

  /** The TCP header does not end in this packet: another fragment may have the rest. */
  private Verdict incomplete() {
    return packet.isFragment() ? unchanged() : Verdict.drop(Reason.DROPPED_MALFORMED);
  }

  private int headerLength() {
    return (u8(packet.frame().bytes(), packet.upperStart() + OFFSET_FIELD) >>> 4) * WORD;
  }

  private Verdict clamp() {
    Options options = new Options();
    if (options.authenticated) {
      return unchanged();
    }
    if (options.found) {
      return deliver(options.frame, options.lowered ? Reason.CLAMPED : Reason.CLAMP_NOT_NEEDED);
    }
    // Where the default is too large, the limit is so small that no length field overflows.
    boolean room =
        headerLength() + MSS_LENGTH <= MAX_HEADER
            && packet.end() + MSS_LENGTH <= limits.frameLimit();
    boolean insert = defaultMss > mssLimit && room && !options.signed && !packet.isFragment();
    return insert ? Verdict.deliver(Reason.CLAMPED, withOption()) : unchanged();
  }

  private Verdict unchanged() {
    return deliver(packet.frame().copy(packet.frame().length()), Reason.CLAMP_NOT_NEEDED);
  }

  /** Delivers the packet in this form if it fits, if need be without padding and trailer. */
  private Verdict deliver(byte[] form, Reason reason) {
    if (form.length <= limits.frameLimit()) {
      return Verdict.deliver(reason, form);
    }
    if (packet.end() <= limits.frameLimit()) {
      return Verdict.deliver(reason, Arrays.copyOf(form, packet.end()));
    }
    Verdict verdict = SlowPath.oversize(form, limits);
    return verdict.kind() == Verdict.Kind.ANSWER
        ? SlowPath.oversize(packet.frame().bytes(), limits)
        : verdict;
  }

  /** The packet with an MSS option in front of all others, which may be malformed. */
  private byte[] withOption() {
    byte[] bytes = packet.frame().bytes();
    int tcp = packet.upperStart();
    int option = tcp + MIN_HEADER;
    byte[] frame = Arrays.copyOf(bytes, packet.end() + MSS_LENGTH);
    System.arraycopy(bytes, option, frame, option + MSS_LENGTH, packet.end() - option);
    putU16(frame, option, MSS << 8 | MSS_LENGTH);
    putU16(frame, option + 2, mssLimit);
    frame[tcp + OFFSET_FIELD] += (byte) ((MSS_LENGTH / WORD) << 4);
    packet.writeLength(frame, packet.length() + MSS_LENGTH);

    int checksum = u16(bytes, tcp + CHECKSUM_FIELD);
    int segment = packet.end() - tcp;
    checksum = Checksum.update(checksum, segment, segment + MSS_LENGTH);
    checksum =
        Checksum.update(checksum, u16(bytes, tcp + OFFSET_FIELD), u16(frame, tcp + OFFSET_FIELD));
    checksum = Checksum.update(checksum, 0, u16(frame, option));
    checksum = Checksum.update(checksum, 0, mssLimit);
    putU16(frame, tcp + CHECKSUM_FIELD, checksum);
    return frame;
  }

  /** The options of the segment, and a copy of the frame in which each MSS is low enough. */
  private final class Options {
    private final byte[] frame = packet.frame().copy(packet.frame().length());
    private boolean found;
    private boolean lowered;
    private boolean signed;
    private boolean authenticated;

    Options() {
      int at = packet.upperStart() + MIN_HEADER;
      int end = packet.upperStart() + headerLength();
      while (at < end && frame[at] != END_OF_OPTIONS) {
        int length = length(at, end);
        if (length == 0) {
          return;
        }
        read(at, length);
        at += length;
      }
    }

    /** Bytes of the option, or 0 if it has no end, and so nothing behind it a beginning. */
    private int length(int at, int end) {
      if (frame[at] == NO_OPERATION) {
        return 1;
      }
      int length = end - at < 2 ? 0 : u8(frame, at + 1);
      return length < 2 || length > end - at ? 0 : length;
    }

    private void read(int at, int length) {
      int kind = frame[at];
      signed |= kind == MD5_SIGNATURE;
      authenticated |= kind == AUTHENTICATION;
      if (kind == MSS && length == MSS_LENGTH) {
        found = true;
        lower(at + 2);
      }
    }

    private void lower(int at) {
      int mss = u16(frame, at);
      if (mss <= mssLimit) {
        return;
      }
      int checksumAt = packet.upperStart() + CHECKSUM_FIELD;
      int offset = at - packet.upperStart();
      putU16(frame, checksumAt, Checksum.update(u16(frame, checksumAt), offset, mss, mssLimit));
      putU16(frame, at, mssLimit);
      lowered = true;
    }
  }
}
