/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.openflow.channel;

import com.google.common.collect.ImmutableList;
import java.net.InetSocketAddress;
import java.util.Optional;

/** Accepts switches on one or more TCP ports. Thread-safe. */
public interface OpenFlowServer {

  /** A server that is not listening yet. */
  static OpenFlowServer create(ServerSettings settings, SwitchListener listener) {
    return new NettyOpenFlowServer(settings, listener);
  }

  /**
   * Binds all addresses; if one cannot be bound, none stays bound.
   *
   * @throws java.io.IOException naming the address that cannot be bound and why
   * @throws IllegalStateException if it was started before
   */
  void start() throws java.io.IOException;

  /**
   * Disconnects all switches and frees threads and ports; returns when that is done. A second call
   * does nothing.
   */
  void stop();

  /** The addresses that it listens on, with the ports that were really taken. */
  ImmutableList<InetSocketAddress> boundAddresses();

  /** The switches whose handshake is complete. */
  ImmutableList<SwitchConnection> connections();

  /** The connection of a switch, if it is there. */
  Optional<SwitchConnection> connection(long datapathId);
}
