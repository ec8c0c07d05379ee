/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.flowrules.verify;

import org.overlane.flowrules.model.NetworkId;
import org.overlane.flowrules.model.OfPort;

/**
 * Frames of a network that come out of a tunnel port, and all of which go wrong: they do not reach
 * whom they should, or others too. Immutable.
 */
final class Undelivered {
  private final OfPort port;
  private final NetworkId network;
  private final PacketSet packets;

  Undelivered(OfPort port, NetworkId network, PacketSet packets) {
    this.port = port;
    this.network = network;
    this.packets = packets;
  }

  /** The tunnel port at which they arrive. */
  OfPort port() {
    return port;
  }

  NetworkId network() {
    return network;
  }

  PacketSet packets() {
    return packets;
  }
}
