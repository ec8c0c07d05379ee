/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.slowpath;

import static org.overlane.slowpath.Bytes.putU16;
import static org.overlane.slowpath.Bytes.putU32;
import static org.overlane.slowpath.Bytes.u16;
import static org.overlane.slowpath.Bytes.u8;

import com.google.common.primitives.Ints;
import java.util.Arrays;
import org.overlane.flowrules.model.PathLimit;

/**
 * Sets the MTU option (RFC 4861 4.6.4) in a router advertisement. Smaller ones that are there stay,
 * and so do all other options. An advertisement that a host would not take (RFC 4861 6.1.2), or
 * that is signed (RFC 3971), is left as it is.
 */
final class RouterAdvertisement {
  private static final int ICMPV6 = 58;
  private static final int TYPE = 134;
  private static final int HOP_LIMIT = 255;
  private static final int CHECKSUM_FIELD = 2;
  private static final int OPTIONS_FIELD = 16;
  private static final int UNIT = 8;

  private static final int MTU = 5;
  private static final int RSA_SIGNATURE = 12;

  private final Ipv6Packet packet;
  private final int mtu;
  private final byte[] frame;
  private final int icmp;

  private boolean signed;
  private boolean found;
  private boolean lowered;

  private RouterAdvertisement(Ipv6Packet packet, int mtu) {
    this.packet = packet;
    this.mtu = mtu;
    this.frame = packet.trimmedFrame();
    this.icmp = packet.upperStart();
  }

  static Verdict advertise(Ipv6Packet packet, int mtu) {
    if (mtu == SlowPath.NO_MTU) {
      return Verdict.leave(Reason.ADVERTISE_NOT_NEEDED);
    }
    return mtu < PathLimit.IPV6_MINIMUM
        ? Verdict.leave(Reason.ADVERTISE_IPV6_MINIMUM)
        : new RouterAdvertisement(packet, mtu).verdict();
  }

  private Verdict verdict() {
    if (packet.isAuthenticated()) {
      return Verdict.leave(Reason.ADVERTISE_SIGNED);
    }
    if (!isValid() || !readOptions()) {
      return Verdict.leave(Reason.ADVERTISE_NOT_UNDERSTOOD);
    }
    if (signed) {
      return Verdict.leave(Reason.ADVERTISE_SIGNED);
    }
    if (found) {
      return lowered ? advertised(frame) : Verdict.leave(Reason.ADVERTISE_NOT_NEEDED);
    }
    return packet.length() + UNIT > mtu
        ? Verdict.leave(Reason.ADVERTISE_NO_ROOM)
        : advertised(withOption());
  }

  /** No extension header: a fragment is not allowed (RFC 6980), and others have no purpose here. */
  private boolean isValid() {
    int length = packet.end() - icmp;
    return packet.upperProtocol() == ICMPV6
        && icmp == packet.start() + Ipv6Packet.HEADER
        && length >= OPTIONS_FIELD
        && u16(frame, icmp) == TYPE << 8
        && u8(frame, packet.start() + Ipv6Packet.HOP_LIMIT_FIELD) == HOP_LIMIT
        && (u16(frame, packet.start() + Ipv6Packet.SOURCE_FIELD) & 0xffc0) == 0xfe80
        && packet.upperChecksum(frame, icmp, length, ICMPV6) == 0;
  }

  /** Notes what is there, and lowers what is too large; false if an option is not well formed. */
  private boolean readOptions() {
    int at = icmp + OPTIONS_FIELD;
    while (at < packet.end()) {
      int length = packet.end() - at < UNIT ? 0 : u8(frame, at + 1) * UNIT;
      if (length == 0 || length > packet.end() - at) {
        return false;
      }
      int type = u8(frame, at);
      if (type == MTU) {
        if (length != UNIT) {
          return false;
        }
        lower(at + 4);
      }
      signed |= type == RSA_SIGNATURE;
      at += length;
    }
    return true;
  }

  private void lower(int at) {
    found = true;
    long told = u16(frame, at) * 0x10000L + u16(frame, at + 2);
    if (told > mtu) {
      putU32(frame, at, mtu);
      lowered = true;
    }
  }

  private byte[] withOption() {
    byte[] longer = Arrays.copyOf(frame, frame.length + UNIT);
    longer[frame.length] = MTU;
    longer[frame.length + 1] = 1;
    System.arraycopy(Ints.toByteArray(mtu), 0, longer, frame.length + 4, Ints.BYTES);
    packet.writeLength(longer, packet.length() + UNIT);
    return longer;
  }

  private Verdict advertised(byte[] amended) {
    putU16(amended, icmp + CHECKSUM_FIELD, 0);
    int checksum = packet.upperChecksum(amended, icmp, amended.length - icmp, ICMPV6);
    putU16(amended, icmp + CHECKSUM_FIELD, checksum);
    return Verdict.deliver(Reason.ADVERTISED, amended);
  }
}
