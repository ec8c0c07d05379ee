/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.flowrules.model;

import com.google.common.hash.Hashing;

/**
 * The MAC addresses of probes: where a node expects those that are for it, and as whom it sends its
 * own. They are locally administered (IEEE 802-2014, 8.2.2) and begin with {@code f2:4f}; no
 * endpoint may have such an address, so no node forwards a VM's frame to one.
 */
public final class ProbeAddress {
  private static final long PREFIX = 0xf24fL;
  private static final int HASH_BITS = 32;

  private ProbeAddress() {}

  /**
   * The address of a node. Two nodes may share one by chance, 1 in 4 billion: probes say whom they
   * are for.
   */
  public static MacAddress of(NodeId node) {
    long hash = Hashing.sha256().hashUnencodedChars(node.toString()).asInt();
    return MacAddress.of(PREFIX << HASH_BITS | (hash & 0xffffffffL));
  }

  /** Whether an address is kept for probes. */
  public static boolean isReserved(MacAddress mac) {
    return mac.toLong() >>> HASH_BITS == PREFIX;
  }
}
