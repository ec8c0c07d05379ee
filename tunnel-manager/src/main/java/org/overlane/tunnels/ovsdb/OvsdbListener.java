/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.tunnels.ovsdb;

import com.google.common.collect.ConcurrentHashMultiset;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.ssl.SslContext;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.function.BiFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes connections that servers make, as Open vSwitch does for a manager {@code tcp:} or {@code
 * ssl:}. No more at once, of all and of each address, than the settings allow; others are closed
 * unheard. Thread-safe.
 */
public final class OvsdbListener implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(OvsdbListener.class);

  private final ClientSettings settings;
  private final Optional<TlsFiles> tls;
  private final BiFunction<Channel, InetSocketAddress, OvsdbClient> clients;
  private final ConcurrentHashMultiset<InetAddress> present = ConcurrentHashMultiset.create();
  private final Channel channel;

  /**
   * Begins to listen.
   *
   * @param clients makes a client of a connection
   * @throws OvsdbException if the address cannot be had, or the files for TLS are of no use
   */
  OvsdbListener(
      EventLoopGroup loops,
      InetSocketAddress address,
      Optional<TlsFiles> tls,
      ClientSettings settings,
      BiFunction<Channel, InetSocketAddress, OvsdbClient> clients)
      throws OvsdbException {
    this.settings = settings;
    this.tls = tls;
    this.clients = clients;
    if (tls.isPresent()) {
      tls.get().serverContext();
    }
    ChannelFuture binding =
        new ServerBootstrap()
            .group(loops)
            .channel(NioServerSocketChannel.class)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childOption(ChannelOption.SO_KEEPALIVE, true)
            .childHandler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel opened) {
                    accept(opened);
                  }
                })
            .bind(address)
            .awaitUninterruptibly();
    if (!binding.isSuccess()) {
      throw new OvsdbException(
          "cannot listen at " + address + ": " + binding.cause().getMessage(), binding.cause());
    }
    channel = binding.channel();
  }

  /** Where it listens. */
  public InetSocketAddress address() {
    return (InetSocketAddress) channel.localAddress();
  }

  private void accept(Channel opened) {
    InetSocketAddress peer = (InetSocketAddress) opened.remoteAddress();
    int ofPeer = present.add(peer.getAddress(), 1) + 1;
    opened.closeFuture().addListener(gone -> present.remove(peer.getAddress()));
    if (present.size() > settings.maxPassive() || ofPeer > settings.maxPassivePerAddress()) {
      LOG.debug("OVSDB server {}: too many connections", peer);
      opened.close();
      return;
    }
    Optional<SslContext> secure;
    try {
      secure = tls.isPresent() ? Optional.of(tls.get().serverContext()) : Optional.empty();
    } catch (OvsdbException e) {
      LOG.warn("OVSDB server {}: {}", peer, e.getMessage());
      opened.close();
      return;
    }
    clients.apply(opened, peer).adopt(opened, secure);
  }

  /** Listens no more. Connections that there are go on. */
  @Override
  public void close() {
    channel.close().awaitUninterruptibly();
  }
}
