/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.slowpath;

import static org.overlane.slowpath.Bytes.u16;
import static org.overlane.slowpath.Bytes.u8;

import java.util.Optional;

/** What stands between an IPv6 header and the upper layer (RFC 8200 4, RFC 7045 2). */
final class Ipv6Extensions {
  /** More than any packet has for a purpose; RFC 8200 4.1 knows eight. */
  private static final int MAX_HEADERS = 16;

  private static final int HOP_BY_HOP = 0;
  private static final int ROUTING = 43;
  private static final int FRAGMENT = 44;
  private static final int AUTHENTICATION = 51;
  private static final int DESTINATION_OPTIONS = 60;
  private static final int MOBILITY = 135;
  private static final int HOST_IDENTITY = 139;
  private static final int SHIM6 = 140;

  /** Every extension header is at least as long. */
  private static final int MIN_LENGTH = 8;

  private static final int OFFSET_MASK = 0xfff8;
  private static final int MORE_FRAGMENTS = 1;
  private static final int NOTHING = -1;

  private int upperProtocol;
  private int upperStart;
  private int switchProtocol = NOTHING;
  private boolean fragment;
  private boolean laterFragment;
  private boolean authenticated;

  private Ipv6Extensions(int protocol, int start) {
    this.upperProtocol = protocol;
    this.upperStart = start;
  }

  /**
   * The headers from the start to the end of the payload, the first of which has this number.
   * Absent if one does not end there, or if there are more than 16.
   */
  static Optional<Ipv6Extensions> parse(byte[] bytes, int protocol, int start, int end) {
    Ipv6Extensions extensions = new Ipv6Extensions(protocol, start);
    for (int count = 0; extensions.isAtExtension(); count++) {
      if (count == MAX_HEADERS || !extensions.step(bytes, end)) {
        return Optional.empty();
      }
    }
    return Optional.of(extensions);
  }

  /** Behind the header of a later fragment there is data of any kind. */
  private boolean isAtExtension() {
    return !laterFragment && (isKnownToSwitches() || isUnknownToSwitches());
  }

  private boolean isKnownToSwitches() {
    return upperProtocol == HOP_BY_HOP
        || upperProtocol == ROUTING
        || upperProtocol == FRAGMENT
        || upperProtocol == AUTHENTICATION
        || upperProtocol == DESTINATION_OPTIONS;
  }

  private boolean isUnknownToSwitches() {
    return upperProtocol == MOBILITY || upperProtocol == HOST_IDENTITY || upperProtocol == SHIM6;
  }

  /** Passes one header; false if it does not end within the packet. */
  private boolean step(byte[] bytes, int end) {
    if (end - upperStart < MIN_LENGTH) {
      return false;
    }
    int length = length(u8(bytes, upperStart + 1));
    if (length > end - upperStart) {
      return false;
    }
    if (switchProtocol == NOTHING && isUnknownToSwitches()) {
      switchProtocol = upperProtocol;
    }
    authenticated |= upperProtocol == AUTHENTICATION;
    if (upperProtocol == FRAGMENT) {
      int field = u16(bytes, upperStart + 2);
      laterFragment = (field & OFFSET_MASK) != 0;
      fragment |= laterFragment || (field & MORE_FRAGMENTS) != 0;
    }
    upperProtocol = u8(bytes, upperStart);
    upperStart += length;
    return true;
  }

  private int length(int field) {
    if (upperProtocol == FRAGMENT) {
      return MIN_LENGTH;
    }
    // RFC 4302 2.2 counts in words of four bytes, RFC 8200 4.3 and all others in eight.
    int length = upperProtocol == AUTHENTICATION ? (field + 2) * 4 : (field + 1) * 8;
    return Math.max(length, MIN_LENGTH);
  }

  /** The upper layer's number; of a later fragment, what its fragment header says. */
  int upperProtocol() {
    return upperProtocol;
  }

  int upperStart() {
    return upperStart;
  }

  /** The number that Open vSwitch matches: it knows fewer extension headers. */
  int switchProtocol() {
    return switchProtocol == NOTHING ? upperProtocol : switchProtocol;
  }

  boolean isFragment() {
    return fragment;
  }

  boolean isLaterFragment() {
    return laterFragment;
  }

  boolean isAuthenticated() {
    return authenticated;
  }
}
