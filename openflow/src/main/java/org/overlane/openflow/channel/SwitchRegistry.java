/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.openflow.channel;

import com.google.common.collect.ImmutableList;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.overlane.monitoring.LimitedLog;
import org.projectfloodlight.openflow.protocol.OFFactories;
import org.projectfloodlight.openflow.protocol.OFVersion;
import org.slf4j.LoggerFactory;

/**
 * The switches in use, one connection for each datapath id.
 *
 * <p>When a second connection with the same datapath id has finished its handshake, the first is
 * asked for an echo. If it answers, the second is refused: two living switches claim one id, or one
 * switch was given two of our ports, and the running one is not to be disturbed. If it does not
 * answer within two seconds it is dead (a switch that restarted leaves a connection that no FIN
 * ever closes); it is closed, and the second takes its place after the listener was told.
 * Thread-safe.
 */
final class SwitchRegistry {

  private static final LimitedLog LOG =
      new LimitedLog(LoggerFactory.getLogger(SwitchRegistry.class));
  private static final Duration PROBE_TIMEOUT = Duration.ofSeconds(2);

  private final SwitchListener listener;
  private final Map<Long, NettySwitchConnection> byDatapathId = new HashMap<>();

  SwitchRegistry(SwitchListener listener) {
    this.listener = listener;
  }

  /** Something to tell the listener. */
  interface Event extends Consumer<SwitchListener> {}

  /** Tells the listener; what it throws is logged and goes no further. */
  void tell(Event event) {
    try {
      event.accept(listener);
    } catch (RuntimeException e) {
      LOG.error("listener", "The listener failed", e);
    }
  }

  /**
   * Runs {@code admitted} on the thread of the connection once its datapath id is free, or refuses
   * it.
   */
  void admit(NettySwitchConnection connection, Runnable admitted) {
    Optional<NettySwitchConnection> older = claim(connection);
    if (!older.isPresent()) {
      connection.channel().eventLoop().execute(admitted);
      return;
    }
    probe(older.get())
        .thenAccept(
            alive -> {
              if (alive) {
                connection.disconnect(
                    String.format(
                        "datapath id %016x is in use by a living connection from %s",
                        connection.datapathId(), older.get().remoteAddress()));
              } else {
                older.get().disconnect("superseded by a newer connection, echo not answered");
                older
                    .get()
                    .channel()
                    .closeFuture()
                    .addListener(closed -> retry(connection, admitted));
              }
            });
  }

  /**
   * After the listener was told of the end of the older one, which happens on that one's thread.
   */
  private void retry(NettySwitchConnection connection, Runnable admitted) {
    if (connection.isConnected()) {
      connection
          .channel()
          .eventLoop()
          .schedule(() -> admit(connection, admitted), 10, TimeUnit.MILLISECONDS);
    }
  }

  private synchronized Optional<NettySwitchConnection> claim(NettySwitchConnection connection) {
    return Optional.ofNullable(byDatapathId.putIfAbsent(connection.datapathId(), connection));
  }

  private static CompletableFuture<Boolean> probe(NettySwitchConnection older) {
    CompletableFuture<Boolean> alive = new CompletableFuture<>();
    older
        .request(OFFactories.getFactory(OFVersion.OF_13).buildEchoRequest().build())
        .whenComplete((reply, failure) -> alive.complete(failure == null));
    older
        .channel()
        .eventLoop()
        .schedule(() -> alive.complete(false), PROBE_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
    return alive;
  }

  /** Frees the datapath id, after the listener was told. */
  synchronized void remove(NettySwitchConnection connection) {
    byDatapathId.values().remove(connection);
  }

  synchronized ImmutableList<NettySwitchConnection> all() {
    return ImmutableList.copyOf(byDatapathId.values());
  }

  synchronized Optional<NettySwitchConnection> get(long datapathId) {
    return Optional.ofNullable(byDatapathId.get(datapathId));
  }
}
