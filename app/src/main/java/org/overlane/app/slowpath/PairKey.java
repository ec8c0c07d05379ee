/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.slowpath;

import java.util.Arrays;
import org.overlane.flowrules.model.NetworkId;

/**
 * Two addresses in a network that talk to each other, as far as a frame shows them: its IP
 * addresses, else its MAC addresses.
 */
final class PairKey {
  private static final int ETHERNET_TYPE = 12;
  private static final int VLAN_TAG = 4;
  private static final int MAX_TAGS = 2;

  private final NetworkId network;
  private final byte[] addresses;

  private PairKey(NetworkId network, byte[] addresses) {
    this.network = network;
    this.addresses = addresses;
  }

  /**
   * The pair of a frame.
   *
   * @param frame at least 14 bytes
   */
  static PairKey of(NetworkId network, byte[] frame) {
    int at = ETHERNET_TYPE;
    for (int tags = 0; tags < MAX_TAGS && isTag(type(frame, at)); tags++) {
      at += VLAN_TAG;
    }
    int ip = at + 2;
    if (type(frame, at) == 0x0800 && frame.length >= ip + 20) {
      return new PairKey(network, Arrays.copyOfRange(frame, ip + 12, ip + 20));
    } else if (type(frame, at) == 0x86dd && frame.length >= ip + 40) {
      return new PairKey(network, Arrays.copyOfRange(frame, ip + 8, ip + 40));
    }
    return new PairKey(network, Arrays.copyOfRange(frame, 0, ETHERNET_TYPE));
  }

  private static boolean isTag(int type) {
    return type == 0x8100 || type == 0x88a8 || type == 0x9100;
  }

  /** The type field at an offset; -1 beyond the end. */
  private static int type(byte[] frame, int at) {
    return frame.length < at + 2 ? -1 : (frame[at] & 0xff) << 8 | (frame[at + 1] & 0xff);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PairKey
        && ((PairKey) other).network.equals(network)
        && Arrays.equals(((PairKey) other).addresses, addresses);
  }

  @Override
  public int hashCode() {
    return 31 * network.hashCode() + Arrays.hashCode(addresses);
  }
}
