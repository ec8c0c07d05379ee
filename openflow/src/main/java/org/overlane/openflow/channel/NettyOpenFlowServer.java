/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.openflow.channel;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Optional;

/** The server on Netty. */
final class NettyOpenFlowServer implements OpenFlowServer {

  private final ServerSettings settings;
  private final SwitchListener listener;

  NettyOpenFlowServer(ServerSettings settings, SwitchListener listener) {
    this.settings = settings;
    this.listener = listener;
  }

  @Override
  public void start() throws IOException {
    throw new IOException("not there yet: " + settings + listener);
  }

  @Override
  public void stop() {}

  @Override
  public ImmutableList<InetSocketAddress> boundAddresses() {
    return ImmutableList.of();
  }

  @Override
  public ImmutableList<SwitchConnection> connections() {
    return ImmutableList.of();
  }

  @Override
  public Optional<SwitchConnection> connection(long datapathId) {
    return Optional.empty();
  }
}
