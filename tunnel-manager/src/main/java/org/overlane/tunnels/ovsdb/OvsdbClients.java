/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.tunnels.ovsdb;

import com.google.common.collect.ImmutableSetMultimap;
import com.google.common.util.concurrent.ThreadFactoryBuilder;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Opens clients; all of them share a few threads, and end with this. Thread-safe. */
public final class OvsdbClients implements AutoCloseable {
  private static final int THREADS = 2;

  private final ClientSettings settings;
  private final EventLoopGroup loops =
      new NioEventLoopGroup(
          THREADS,
          new ThreadFactoryBuilder().setNameFormat("overlane-ovsdb-%d").setDaemon(true).build());

  public OvsdbClients(ClientSettings settings) {
    this.settings = settings;
  }

  /**
   * Begins to follow a server.
   *
   * @param wanted the columns to follow, by table; those that the server does not have are left out
   * @param listener called from an event loop when the state or the copy may have changed; must not
   *     block
   */
  public OvsdbClient open(
      InetSocketAddress address,
      String database,
      ImmutableSetMultimap<String, String> wanted,
      Consumer<OvsdbClient> listener) {
    return open(address, Optional.empty(), database, wanted, listener);
  }

  /**
   * Begins to follow a server, over TLS if files for it are given.
   *
   * @param wanted the columns to follow, by table; those that the server does not have are left out
   * @param listener called from an event loop when the state or the copy may have changed; must not
   *     block
   */
  public OvsdbClient open(
      InetSocketAddress address,
      Optional<TlsFiles> tls,
      String database,
      ImmutableSetMultimap<String, String> wanted,
      Consumer<OvsdbClient> listener) {
    OvsdbClient client =
        new OvsdbClient(loops.next(), address, tls, database, wanted, settings, listener);
    client.start();
    return client;
  }

  /**
   * Takes connections that servers make, over TLS if files for it are given.
   *
   * @param wanted the columns to follow, by table; those that a server does not have are left out
   * @param listener called from an event loop when the state or the copy of any of them may have
   *     changed; must not block
   * @throws OvsdbException if the address cannot be had, or the files for TLS are of no use
   */
  public OvsdbListener listen(
      InetSocketAddress address,
      Optional<TlsFiles> tls,
      String database,
      ImmutableSetMultimap<String, String> wanted,
      Consumer<OvsdbClient> listener)
      throws OvsdbException {
    return new OvsdbListener(
        loops,
        address,
        tls,
        settings,
        (channel, peer) ->
            new OvsdbClient(channel.eventLoop(), peer, tls, database, wanted, settings, listener));
  }

  /** Ends all connections. */
  @Override
  public void close() {
    loops.shutdownGracefully(0, 5, TimeUnit.SECONDS).awaitUninterruptibly();
  }
}
