/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.tunnels.ovsdb;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.collect.ImmutableSetMultimap;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Makes a replica and keeps it current over one session: looks for the database, reads its schema,
 * and monitors of the wanted columns what the server has, by the best method that it knows.
 * Confined to the session's event loop.
 */
final class Synchronization {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final String MONITOR = "overlane";
  private static final String NO_TRANSACTION = "00000000-0000-0000-0000-000000000000";

  private final ClientSettings settings;
  private final Session session;
  private final String database;
  private final ImmutableSetMultimap<String, String> wanted;
  private final Runnable changed;
  private final Optional<Point> earlier;
  private Optional<Schema> schema = Optional.empty();
  private Replica replica;

  /** The transaction after which the replica is as it is; of no use if the server has none. */
  private String transaction = NO_TRANSACTION;

  /** Where an earlier session has left off: a replica, and the transaction that made it so. */
  static final class Point {
    private final Schema schema;
    private final Replica replica;
    private final String transaction;

    private Point(Schema schema, Replica replica, String transaction) {
      this.schema = schema;
      this.replica = replica;
      this.transaction = transaction;
    }
  }

  /**
   * A synchronization that has not begun.
   *
   * @param wanted columns by table
   * @param earlier where the last session with this server has left off
   * @param changed called after the first complete copy, and after every change of it
   */
  Synchronization(
      ClientSettings settings,
      Session session,
      String database,
      ImmutableSetMultimap<String, String> wanted,
      Optional<Point> earlier,
      Runnable changed) {
    this.settings = settings;
    this.session = session;
    this.database = database;
    this.wanted = wanted;
    this.earlier = earlier;
    this.changed = changed;
  }

  /**
   * Where a later session may go on; nothing if the server has no use for it, or what it sent last
   * could not be applied. Whoever takes it must be the only one.
   */
  Optional<Point> point() {
    return replica == null || transaction.equals(NO_TRANSACTION)
        ? Optional.empty()
        : schema.map(s -> new Point(s, replica, transaction));
  }

  /** What is known now; only after a change has been reported. */
  Database snapshot() {
    return replica.snapshot();
  }

  /** Begins. A failure ends the session. */
  void start() {
    session
        .request("list_dbs", NODES.arrayNode())
        .thenCompose(this::readSchema)
        .thenCompose(this::monitor)
        .thenRun(changed)
        .whenComplete(
            (result, error) -> {
              if (error != null) {
                session.close(reason(error));
              }
            });
  }

  private CompletionStage<JsonNode> readSchema(JsonNode databases) {
    for (JsonNode name : databases) {
      if (name.asText().equals(database)) {
        return session.request("get_schema", NODES.arrayNode().add(database));
      }
    }
    return failed(new OvsdbException("it has no database " + database + ", only: " + databases));
  }

  private CompletionStage<?> monitor(JsonNode json) {
    Schema present;
    try {
      present = Schema.parse(json);
    } catch (OvsdbException e) {
      return failed(e);
    }
    schema = Optional.of(present);
    ArrayNode parameters = NODES.arrayNode().add(database).add(MONITOR).add(tables(present));
    Optional<Point> known = earlier.filter(point -> point.schema.equals(present));
    ArrayNode since =
        parameters.deepCopy().add(known.map(point -> point.transaction).orElse(NO_TRANSACTION));
    return orElse(
        session
            .request("monitor_cond_since", since)
            .thenCompose(result -> resume(present, known, result)),
        () ->
            orElse(
                session
                    .request("monitor_cond", parameters)
                    .thenCompose(result -> fill(present, result, Replica::update2)),
                () ->
                    session
                        .request("monitor", parameters)
                        .thenCompose(result -> fill(present, result, Replica::update))));
  }

  /** Another method if the server does not know this one; its other errors would be the same. */
  private static CompletionStage<?> orElse(
      CompletionStage<?> first, Supplier<CompletionStage<?>> second) {
    Function<Throwable, CompletionStage<?>> onError =
        error ->
            reason(error).getMessage().contains("unknown method") ? second.get() : failed(error);
    return first
        .<CompletionStage<?>>handle(
            (result, error) ->
                error == null ? CompletableFuture.completedFuture(result) : onError.apply(error))
        .thenCompose(stage -> stage);
  }

  private ObjectNode tables(Schema schema) {
    ObjectNode tables = NODES.objectNode();
    schema
        .available(wanted)
        .asMap()
        .forEach(
            (table, columns) -> {
              ArrayNode names = tables.putArray(table).addObject().putArray("columns");
              columns.forEach(names::add);
            });
    return tables;
  }

  private interface Update {
    void apply(Replica replica, JsonNode updates) throws OvsdbException;
  }

  /**
   * Takes what monitor_cond_since answers: whether it knows the transaction, its last one, and the
   * difference, or else all rows.
   */
  private CompletionStage<?> resume(Schema present, Optional<Point> known, JsonNode result) {
    boolean found = known.isPresent() && result.path(0).asBoolean();
    Replica base = found ? known.get().replica : new Replica(settings, present);
    return fill(base, result.path(2), Replica::update2)
        .thenRun(() -> transaction = result.path(1).asText(NO_TRANSACTION));
  }

  private CompletionStage<?> fill(Schema present, JsonNode updates, Update update) {
    return fill(new Replica(settings, present), updates, update);
  }

  private CompletionStage<?> fill(Replica base, JsonNode updates, Update update) {
    try {
      update.apply(base, updates);
      replica = base;
      return CompletableFuture.completedFuture(null);
    } catch (OvsdbException e) {
      return failed(e);
    }
  }

  /** Takes a notification of the server; those that are of no interest are ignored. */
  void notified(String method, JsonNode parameters) throws OvsdbException {
    if (!method.startsWith("update")) {
      return;
    }
    if (replica == null || !parameters.path(0).asText().equals(MONITOR)) {
      throw new OvsdbException("it sent an update that nobody asked for");
    }
    String next = NO_TRANSACTION;
    // Until the update has been applied, nobody can go on from here.
    transaction = NO_TRANSACTION;
    switch (method) {
      case "update":
        replica.update(parameters.path(1));
        break;
      case "update2":
        replica.update2(parameters.path(1));
        break;
      case "update3":
        replica.update2(parameters.path(2));
        next = parameters.path(1).asText(NO_TRANSACTION);
        break;
      default:
        throw new OvsdbException("it sent an unknown kind of update: " + method);
    }
    transaction = next;
    changed.run();
  }

  private static <T> CompletableFuture<T> failed(Throwable error) {
    CompletableFuture<T> failed = new CompletableFuture<>();
    failed.completeExceptionally(error);
    return failed;
  }

  private static OvsdbException reason(Throwable error) {
    for (Throwable cause = error; cause != null; cause = cause.getCause()) {
      if (cause instanceof OvsdbException) {
        return (OvsdbException) cause;
      }
    }
    return new OvsdbException(String.valueOf(error), error);
  }
}
