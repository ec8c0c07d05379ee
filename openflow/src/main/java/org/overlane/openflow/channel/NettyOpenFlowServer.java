/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.openflow.channel;

import static com.google.common.base.Preconditions.checkState;

import com.google.common.collect.ImmutableList;
import com.google.common.util.concurrent.ThreadFactoryBuilder;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

/** The server on Netty. Each switch is served by one of a few threads, always the same. */
final class NettyOpenFlowServer implements OpenFlowServer {

  private static final WriteBufferWaterMark WATER_MARK =
      new WriteBufferWaterMark(256 * 1024, 1024 * 1024);

  private final ServerSettings settings;
  private final SwitchRegistry registry;
  private final List<Channel> listening = new CopyOnWriteArrayList<>();
  private final ChannelGroup accepted = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
  private Optional<EventLoopGroup> acceptors = Optional.empty();
  private Optional<EventLoopGroup> workers = Optional.empty();
  private boolean started;

  NettyOpenFlowServer(ServerSettings settings, SwitchListener listener) {
    this.settings = settings;
    this.registry = new SwitchRegistry(listener);
  }

  @Override
  public synchronized void start() throws IOException {
    checkState(!started, "a server is started once");
    started = true;
    acceptors = Optional.of(new NioEventLoopGroup(1, threads("accept")));
    workers = Optional.of(new NioEventLoopGroup(settings.ioThreads, threads("io")));
    ServerBootstrap bootstrap =
        new ServerBootstrap()
            .group(acceptors.get(), workers.get())
            .channel(NioServerSocketChannel.class)
            .option(ChannelOption.SO_REUSEADDR, true)
            .option(ChannelOption.SO_BACKLOG, 1024)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childOption(ChannelOption.SO_KEEPALIVE, true)
            .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, WATER_MARK)
            .childHandler(new Initializer());
    try {
      for (String address : settings.addresses) {
        for (int port : settings.ports) {
          bind(bootstrap, address, port);
        }
      }
    } catch (IOException e) {
      stop();
      throw e;
    }
  }

  private void bind(ServerBootstrap bootstrap, String address, int port) throws IOException {
    ChannelFuture bound = bootstrap.bind(address, port).awaitUninterruptibly();
    if (!bound.isSuccess()) {
      throw new IOException(
          "cannot listen on "
              + address
              + " port "
              + port
              + " for switches: "
              + bound.cause().getMessage()
              + "; free the port or choose another",
          bound.cause());
    }
    listening.add(bound.channel());
  }

  private final class Initializer extends ChannelInitializer<Channel> {
    @Override
    protected void initChannel(Channel channel) {
      accepted.add(channel);
      attach(channel, settings, registry);
    }
  }

  /** Makes a channel one of a switch. */
  static NettySwitchConnection attach(
      Channel channel, ServerSettings settings, SwitchRegistry registry) {
    NettySwitchConnection connection = new NettySwitchConnection(channel, settings);
    channel
        .pipeline()
        .addLast(new MessageFramer(), new SwitchSession(settings, registry, connection));
    return connection;
  }

  private ThreadFactory threads(String role) {
    return new ThreadFactoryBuilder()
        .setNameFormat(settings.threadName + "-" + role + "-%d")
        .setDaemon(true)
        .build();
  }

  @Override
  public synchronized void stop() {
    listening.forEach(channel -> channel.close().awaitUninterruptibly());
    listening.clear();
    registry.all().forEach(connection -> connection.disconnect("the controller stops"));
    accepted.close().awaitUninterruptibly();
    shutDown(acceptors);
    shutDown(workers);
    acceptors = Optional.empty();
    workers = Optional.empty();
  }

  private static void shutDown(Optional<EventLoopGroup> group) {
    group.ifPresent(
        loops -> loops.shutdownGracefully(0, 5, TimeUnit.SECONDS).awaitUninterruptibly());
  }

  @Override
  public ImmutableList<InetSocketAddress> boundAddresses() {
    return listening.stream()
        .map(channel -> (InetSocketAddress) channel.localAddress())
        .collect(ImmutableList.toImmutableList());
  }

  @Override
  public ImmutableList<SwitchConnection> connections() {
    return ImmutableList.copyOf(registry.all());
  }

  @Override
  public Optional<SwitchConnection> connection(long datapathId) {
    return registry.get(datapathId).map(SwitchConnection.class::cast);
  }
}
