/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.tunnels.ovsdb;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.google.common.collect.ImmutableSetMultimap;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a copy of some tables of one server, for as long as it is open: connects, connects again
 * with growing pauses, and reports every change. The last copy stays in force while the server is
 * away. Thread-safe; all work is done by one event loop.
 */
public final class OvsdbClient implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(OvsdbClient.class);

  private final EventLoop loop;
  private final InetSocketAddress address;
  private final Optional<TlsFiles> tls;
  private final String database;
  private final ImmutableSetMultimap<String, String> wanted;
  private final ClientSettings settings;
  private final Consumer<OvsdbClient> listener;

  // Read by any thread, written by the event loop.
  private volatile ConnectionState state = ConnectionState.initial(Instant.now());
  private volatile Optional<Database> copy = Optional.empty();

  private final long created = System.nanoTime();

  // Confined to the event loop.
  private Optional<Channel> channel = Optional.empty();
  private Optional<Session> session = Optional.empty();
  private Optional<Synchronization> synchronization = Optional.empty();
  private Optional<Synchronization.Point> leftOff = Optional.empty();
  private boolean closed;
  private boolean passive;
  private boolean reportDue;
  private long lastReport = -1;
  private long connectedAt;
  private int failures;

  OvsdbClient(
      EventLoop loop,
      InetSocketAddress address,
      Optional<TlsFiles> tls,
      String database,
      ImmutableSetMultimap<String, String> wanted,
      ClientSettings settings,
      Consumer<OvsdbClient> listener) {
    this.loop = loop;
    this.address = address;
    this.tls = tls;
    this.database = database;
    this.wanted = wanted;
    this.settings = settings;
    this.listener = listener;
  }

  void start() {
    loop.execute(this::connect);
  }

  /** Uses a connection that the server has made; when it ends, it is not made again from here. */
  void adopt(Channel opened, Optional<SslContext> secure) {
    passive = true;
    channel = Optional.of(opened);
    equip(opened, secure);
  }

  /** The address of the server. */
  public InetSocketAddress address() {
    return address;
  }

  public ConnectionState state() {
    return state;
  }

  /** The tables as they were last seen; empty before they were read for the first time. */
  public Optional<Database> database() {
    return copy;
  }

  /**
   * Carries out operations of RFC 7047, 5.2, as one transaction. Completes with the results, one
   * for each operation, or with an {@link OvsdbException}; an operation that fails is an error
   * object in the results.
   */
  public CompletableFuture<JsonNode> transact(ArrayNode operations) {
    ArrayNode parameters = JsonNodeFactory.instance.arrayNode().add(database).addAll(operations);
    CompletableFuture<JsonNode> answer = new CompletableFuture<>();
    Runnable send =
        () -> {
          if (!session.isPresent()) {
            answer.completeExceptionally(new OvsdbException("not connected to " + address));
            return;
          }
          session
              .get()
              .request("transact", parameters)
              .whenComplete(
                  (result, error) -> {
                    if (error == null) {
                      answer.complete(result);
                    } else {
                      answer.completeExceptionally(error);
                    }
                  });
        };
    try {
      loop.execute(send);
    } catch (RejectedExecutionException e) {
      answer.completeExceptionally(new OvsdbException("the client is closed", e));
    }
    return answer;
  }

  /**
   * Does something on the event loop, after so many milliseconds; never, if all clients are closed
   * before. It must not block.
   */
  public void later(long millis, Runnable work) {
    try {
      loop.schedule(
          () -> {
            try {
              work.run();
            } catch (RuntimeException e) {
              LOG.error("Work for OVSDB server {} failed", address, e);
            }
          },
          millis,
          TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      LOG.debug("The event loop has ended", e);
    }
  }

  /** Ends the connection and never connects again. Does not wait. */
  @Override
  public void close() {
    try {
      loop.execute(
          () -> {
            closed = true;
            state = state.closed(Instant.now());
            channel.ifPresent(Channel::close);
          });
    } catch (RejectedExecutionException e) {
      LOG.debug("The event loop has ended, and the connection with it", e);
    }
  }

  private void connect() {
    if (closed) {
      return;
    }
    Optional<SslContext> secure;
    try {
      secure = tls.isPresent() ? Optional.of(tls.get().context()) : Optional.empty();
    } catch (OvsdbException e) {
      failed(e);
      return;
    }
    ChannelFuture connecting =
        new Bootstrap()
            .group(loop)
            .channel(NioSocketChannel.class)
            .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, settings.connectTimeout())
            .option(ChannelOption.TCP_NODELAY, true)
            .option(ChannelOption.SO_KEEPALIVE, true)
            .handler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel opened) {
                    equip(opened, secure);
                  }
                })
            .connect(address);
    channel = Optional.of(connecting.channel());
    connecting.addListener(
        result -> {
          if (!result.isSuccess()) {
            failed(new OvsdbException(cannotConnect(result.cause()), result.cause()));
          }
        });
  }

  private void equip(Channel opened, Optional<SslContext> secure) {
    secure.ifPresent(context -> opened.pipeline().addLast(handler(context, opened)));
    opened
        .pipeline()
        .addLast(new MessageFramer(settings), new Session(settings, new SessionOwner()));
  }

  private SslHandler handler(SslContext context, Channel opened) {
    SslHandler handler =
        context.newHandler(opened.alloc(), address.getHostString(), address.getPort());
    handler.setHandshakeTimeoutMillis(settings.connectTimeout());
    return handler;
  }

  private static String cannotConnect(Throwable cause) {
    String message = cause.getMessage();
    return "cannot connect: " + (message == null ? cause.getClass().getSimpleName() : message);
  }

  private final class SessionOwner implements Session.Owner {
    @Override
    public void opened(Session opened) {
      session = Optional.of(opened);
      Synchronization following =
          new Synchronization(
              settings, opened, database, wanted, leftOff, OvsdbClient.this::changed);
      leftOff = Optional.empty();
      synchronization = Optional.of(following);
      following.start();
    }

    @Override
    public void notified(String method, JsonNode parameters) throws OvsdbException {
      synchronization.get().notified(method, parameters);
    }

    @Override
    public void closed(OvsdbException reason) {
      leftOff = synchronization.flatMap(Synchronization::point);
      session = Optional.empty();
      synchronization = Optional.empty();
      failed(reason);
    }
  }

  private void failed(OvsdbException reason) {
    channel = Optional.empty();
    if (closed) {
      return;
    }
    if (!reason.getMessage().equals(state.lastError().orElse(""))
        || state.phase() == ConnectionState.Phase.CONNECTED) {
      LOG.warn("OVSDB server {}: {}", address, reason.getMessage());
    }
    boolean lasted =
        state.phase() == ConnectionState.Phase.CONNECTED
            && now() - connectedAt >= settings.requestTimeout();
    failures = lasted ? 1 : failures + 1;
    state = state.failed(reason.getMessage(), Instant.now());
    if (!passive) {
      long pause =
          Math.min(settings.lastRetry(), settings.firstRetry() << Math.min(failures - 1, 20));
      loop.schedule(this::connect, pause, TimeUnit.MILLISECONDS);
    }
    report();
  }

  /** The replica is complete, or has changed. */
  private void changed() {
    if (state.phase() != ConnectionState.Phase.CONNECTED) {
      takeCopy();
      state = state.connected(Instant.now());
      connectedAt = now();
      LOG.info("OVSDB server {}: connected", address);
    }
    report();
  }

  private void takeCopy() {
    synchronization.ifPresent(following -> copy = Optional.of(following.snapshot()));
  }

  /** Tells the listener, but no more often than it may be told. */
  private void report() {
    if (reportDue) {
      return;
    }
    reportDue = true;
    long wait = lastReport < 0 ? 0 : Math.max(0, lastReport + settings.reportInterval() - now());
    loop.schedule(this::reportNow, wait, TimeUnit.MILLISECONDS);
  }

  private void reportNow() {
    reportDue = false;
    lastReport = now();
    if (state.phase() == ConnectionState.Phase.CONNECTED) {
      // Here and not with every update: a copy of a large table takes its time.
      takeCopy();
    }
    try {
      listener.accept(this);
    } catch (RuntimeException e) {
      LOG.error("A listener failed", e);
    }
  }

  /** Milliseconds that never go backwards, zero or more. */
  private long now() {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - created);
  }
}
