/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.slowpath;

import static org.overlane.slowpath.Bytes.u8;

/** What the options of a DHCPv4 message say, as far as it matters here. Not thread-safe. */
final class DhcpOptions {
  static final int INTERFACE_MTU = 26;
  static final int NOWHERE = -1;

  /** Bits of the overload option (RFC 2132 9.3). */
  static final int IN_FILE = 1;

  static final int IN_SERVER_NAME = 2;

  private static final int PAD = 0;
  private static final int OVERLOAD = 52;
  private static final int MESSAGE_TYPE = 53;
  private static final int RELAY_AGENT = 82;
  private static final int AUTHENTICATION = 90;
  private static final int END = 255;

  private static final int OFFER = 2;
  private static final int ACKNOWLEDGEMENT = 5;

  private final byte[] bytes;
  private int messageType;
  private int overload;
  private int mtuAt = NOWHERE;
  private int relayAgentAt = NOWHERE;
  private int endAt = NOWHERE;
  private boolean authenticated;

  DhcpOptions(byte[] bytes) {
    this.bytes = bytes;
  }

  /**
   * Reads the options field.
   *
   * @return whether it is well formed: each option within it, the end option behind the last one,
   *     and those that matter here once and of the right length (RFC 3396 divides long options, of
   *     which they are none)
   */
  boolean read(int from, int to) {
    int at = from;
    while (at < to && u8(bytes, at) != END) {
      int length = u8(bytes, at) == PAD ? 1 : length(at, to);
      if (length == 0 || !note(at, length)) {
        return false;
      }
      at += length;
    }
    endAt = at;
    return at < to;
  }

  /** Reads options in another field; its end is of no interest. */
  boolean readMore(int from, int length) {
    int end = endAt;
    int agent = relayAgentAt;
    boolean understood = read(from, from + length);
    endAt = end;
    relayAgentAt = agent;
    return understood;
  }

  /** Bytes of the option, or 0 if it does not end in time. */
  private int length(int at, int to) {
    int length = to - at < 2 ? 0 : 2 + u8(bytes, at + 1);
    return length > to - at ? 0 : length;
  }

  private boolean note(int at, int length) {
    switch (u8(bytes, at)) {
      case INTERFACE_MTU:
        boolean first = mtuAt == NOWHERE;
        mtuAt = at + 2;
        return first && length == 4;
      case MESSAGE_TYPE:
        boolean only = messageType == 0;
        messageType = length == 3 ? u8(bytes, at + 2) : 0;
        return only && messageType != 0;
      case OVERLOAD:
        boolean single = overload == 0;
        overload = length == 3 ? u8(bytes, at + 2) : 0;
        return single && overload >= IN_FILE && overload <= (IN_FILE | IN_SERVER_NAME);
      case RELAY_AGENT:
        relayAgentAt = relayAgentAt == NOWHERE ? at : relayAgentAt;
        return true;
      case AUTHENTICATION:
        authenticated = true;
        return true;
      default:
        return true;
    }
  }

  /** Which other fields hold options, as bits; 0 for none. */
  int overload() {
    return overload;
  }

  /** Whether the message is signed (RFC 3118). */
  boolean isAuthenticated() {
    return authenticated;
  }

  boolean isOfferOrAcknowledgement() {
    return messageType == OFFER || messageType == ACKNOWLEDGEMENT;
  }

  /** Where the interface MTU is, in network order; {@link #NOWHERE} if it is not. */
  int mtuAt() {
    return mtuAt;
  }

  /** Where the end option of the options field is. */
  int endAt() {
    return endAt;
  }

  /** Where another option may be put: before the end, and before what a relay agent has added. */
  int insertAt() {
    return relayAgentAt == NOWHERE ? endAt : relayAgentAt;
  }
}
