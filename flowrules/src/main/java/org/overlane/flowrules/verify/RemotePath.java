/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.flowrules.verify;

import java.util.Optional;
import org.overlane.flowrules.model.IpAddress;
import org.overlane.flowrules.model.NodeId;
import org.overlane.flowrules.model.OfPort;

/** How frames of a network should leave a node for another one. Immutable. */
final class RemotePath {
  private final NodeId to;
  private final OfPort port;
  private final Optional<IpAddress> address;
  private final boolean byAddress;
  private final int frameLimit;
  private final boolean fragments;

  RemotePath(
      NodeId to,
      OfPort port,
      Optional<IpAddress> address,
      boolean byAddress,
      int frameLimit,
      boolean fragments) {
    this.to = to;
    this.port = port;
    this.address = address;
    this.byAddress = byAddress;
    this.frameLimit = frameLimit;
    this.fragments = fragments;
  }

  OfPort port() {
    return port;
  }

  /** The VTEP address at the other end; empty where the management OS chooses it. */
  Optional<IpAddress> address() {
    return address;
  }

  /** Whether the switch must say the address: the port does not. */
  boolean isByAddress() {
    return byAddress;
  }

  /** Bytes of the largest frame that fits, Ethernet header and VLAN tags included. */
  int frameLimit() {
    return frameLimit;
  }

  /** Whether the endpoint fragments what is larger. */
  boolean fragments() {
    return fragments;
  }

  /** What tells two copies for different destinations apart. */
  Object target() {
    return byAddress ? address.get() : port;
  }

  @Override
  public String toString() {
    return "tunnel port " + port + address.map(a -> " towards " + a).orElse("") + " to " + to;
  }
}
