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
  private Replica replica;

  /**
   * A synchronization that has not begun.
   *
   * @param wanted columns by table
   * @param changed called after the first complete copy, and after every change of it
   */
  Synchronization(
      ClientSettings settings,
      Session session,
      String database,
      ImmutableSetMultimap<String, String> wanted,
      Runnable changed) {
    this.settings = settings;
    this.session = session;
    this.database = database;
    this.wanted = wanted;
    this.changed = changed;
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
    Schema schema;
    try {
      schema = Schema.parse(json);
    } catch (OvsdbException e) {
      return failed(e);
    }
    ArrayNode parameters = NODES.arrayNode().add(database).add(MONITOR).add(tables(schema));
    ArrayNode since = parameters.deepCopy().add(NO_TRANSACTION);
    return orElse(
        session
            .request("monitor_cond_since", since)
            .thenCompose(result -> fill(schema, result.path(2), Replica::update2)),
        () ->
            orElse(
                session
                    .request("monitor_cond", parameters)
                    .thenCompose(result -> fill(schema, result, Replica::update2)),
                () ->
                    session
                        .request("monitor", parameters)
                        .thenCompose(result -> fill(schema, result, Replica::update))));
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

  private CompletionStage<?> fill(Schema schema, JsonNode updates, Update update) {
    replica = new Replica(settings, schema);
    try {
      update.apply(replica, updates);
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
    switch (method) {
      case "update":
        replica.update(parameters.path(1));
        break;
      case "update2":
        replica.update2(parameters.path(1));
        break;
      case "update3":
        replica.update2(parameters.path(2));
        break;
      default:
        return;
    }
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
