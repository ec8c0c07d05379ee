/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.flowrules.trace.path;

import com.google.common.collect.ImmutableList;
import org.overlane.flowrules.model.AddressFamily;

/** The lengths of the fragments of an IP packet without options. */
final class Fragmentation {
  private static final int IPV4_HEADER = 20;

  /** With the fragment header of 8 bytes, which every fragment has (RFC 8200 section 4.5). */
  private static final int IPV6_HEADERS = 40 + 8;

  private static final int IPV6_HEADER = 40;
  private static final int UNIT = 8;

  private Fragmentation() {}

  /**
   * Bytes of each fragment, IP headers included, in order: all but the last carry as much as fits
   * in units of 8 bytes (RFC 791 section 3.2); the packet itself if it fits whole.
   */
  static ImmutableList<Integer> lengths(int packet, int mtu, AddressFamily family) {
    if (packet <= mtu) {
      return ImmutableList.of(packet);
    }
    boolean ipv4 = family == AddressFamily.IPV4;
    int headers = ipv4 ? IPV4_HEADER : IPV6_HEADERS;
    int room = mtu - headers;
    int rest = packet - (ipv4 ? IPV4_HEADER : IPV6_HEADER);
    ImmutableList.Builder<Integer> lengths = ImmutableList.builder();
    while (rest > room) {
      int payload = room / UNIT * UNIT;
      lengths.add(headers + payload);
      rest -= payload;
    }
    return lengths.add(headers + rest).build();
  }
}
