/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.slowpath;

import static org.overlane.slowpath.Bytes.u16;
import static org.overlane.slowpath.Bytes.u8;

import java.util.Arrays;
import java.util.Optional;

/** An Ethernet II frame without FCS, with up to two VLAN tags. Never changed. */
final class EthernetFrame {
  static final int MAX_TAGS = 2;
  static final int IPV4 = 0x0800;
  static final int IPV6 = 0x86dd;

  private static final int MAC_LENGTH = 6;
  private static final int TYPE_OFFSET = 2 * MAC_LENGTH;
  private static final int TYPE_LENGTH = 2;
  private static final int TAG_LENGTH = 4;
  private static final int CUSTOMER_TAG = 0x8100;
  private static final int SERVICE_TAG = 0x88a8;
  private static final int OLD_SERVICE_TAG = 0x9100;

  private final byte[] bytes;
  private final int tags;

  private EthernetFrame(byte[] bytes, int tags) {
    this.bytes = bytes;
    this.tags = tags;
  }

  /** Absent if the frame ends before its type, or has a third tag. */
  static Optional<EthernetFrame> parse(byte[] bytes) {
    int tags = 0;
    int type = TYPE_OFFSET;
    while (type + TYPE_LENGTH <= bytes.length) {
      if (!isTag(u16(bytes, type))) {
        return Optional.of(new EthernetFrame(bytes, tags));
      }
      if (tags == MAX_TAGS) {
        return Optional.empty();
      }
      tags++;
      type += TAG_LENGTH;
    }
    return Optional.empty();
  }

  private static boolean isTag(int type) {
    return type == CUSTOMER_TAG || type == SERVICE_TAG || type == OLD_SERVICE_TAG;
  }

  /** Not a copy: for reading only. */
  byte[] bytes() {
    return bytes;
  }

  int length() {
    return bytes.length;
  }

  int tags() {
    return tags;
  }

  /** The type behind the tags; below 0x600 it is a length (IEEE 802.3). */
  int type() {
    return u16(bytes, headerLength() - TYPE_LENGTH);
  }

  /** Tags and type included. */
  int headerLength() {
    return TYPE_OFFSET + tags * TAG_LENGTH + TYPE_LENGTH;
  }

  boolean isToGroup() {
    return isGroup(0);
  }

  /** Whether a station can have sent this: the source MAC is neither a group's nor zero. */
  boolean isFromStation() {
    if (isGroup(MAC_LENGTH)) {
      return false;
    }
    int bits = 0;
    for (int i = MAC_LENGTH; i < TYPE_OFFSET; i++) {
      bits |= bytes[i];
    }
    return bits != 0;
  }

  private boolean isGroup(int mac) {
    return (u8(bytes, mac) & 1) != 0;
  }

  /** A copy of the first bytes. */
  byte[] copy(int length) {
    return Arrays.copyOf(bytes, length);
  }

  /** A new frame with this one's header, and room for an IP packet. */
  byte[] withPayload(int payloadLength) {
    byte[] frame = new byte[headerLength() + payloadLength];
    System.arraycopy(bytes, 0, frame, 0, headerLength());
    return frame;
  }

  /** The same in the opposite direction, with the same tags. */
  byte[] replyWithPayload(int payloadLength) {
    byte[] frame = withPayload(payloadLength);
    System.arraycopy(bytes, 0, frame, MAC_LENGTH, MAC_LENGTH);
    System.arraycopy(bytes, MAC_LENGTH, frame, 0, MAC_LENGTH);
    return frame;
  }
}
