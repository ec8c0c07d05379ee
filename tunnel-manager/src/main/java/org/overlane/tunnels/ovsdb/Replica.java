/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.tunnels.ovsdb;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.common.collect.ImmutableMap;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/**
 * A copy of the monitored tables that follows the updates of the server. After an exception it is
 * of no use any more. Confined to one thread.
 */
final class Replica {
  private final ClientSettings settings;
  private final Schema schema;
  private final Map<String, Map<UUID, Row>> tables = new LinkedHashMap<>();
  private final Map<String, ImmutableMap<UUID, Row>> frozen = new LinkedHashMap<>();
  private long weight;
  private int rows;

  Replica(ClientSettings settings, Schema schema) {
    this.settings = settings;
    this.schema = schema;
  }

  /** The tables as they are now; what has not changed is shared with the last one. */
  Database snapshot() {
    tables.forEach((name, table) -> frozen.computeIfAbsent(name, n -> ImmutableMap.copyOf(table)));
    return new Database(ImmutableMap.copyOf(frozen));
  }

  /** Applies table updates of RFC 7047, 4.1.6: whole rows. */
  void update(JsonNode updates) throws OvsdbException {
    forEachRow(
        updates,
        (table, id, change) -> {
          JsonNode row = change.path("new");
          if (row.isObject()) {
            put(table, parse(id, row));
          } else if (change.path("old").isObject()) {
            remove(table, id);
          } else {
            throw new OvsdbException("it sent a row update that is none");
          }
        });
  }

  /** Applies table updates of ovsdb-server(7), 4.1.14: differences. */
  void update2(JsonNode updates) throws OvsdbException {
    forEachRow(
        updates,
        (table, id, change) -> {
          if (change.has("initial")) {
            put(table, parse(id, change.get("initial")));
          } else if (change.has("insert")) {
            put(table, parse(id, change.get("insert")));
          } else if (change.has("modify")) {
            put(table, modified(table, id, change.get("modify")));
          } else if (change.has("delete")) {
            remove(table, id);
          } else {
            throw new OvsdbException("it sent a row update that is none");
          }
        });
  }

  private interface RowChange {
    void apply(String table, UUID id, JsonNode change) throws OvsdbException;
  }

  private void forEachRow(JsonNode updates, RowChange action) throws OvsdbException {
    for (Iterator<Map.Entry<String, JsonNode>> i = fields(updates); i.hasNext(); ) {
      Map.Entry<String, JsonNode> table = i.next();
      for (Iterator<Map.Entry<String, JsonNode>> j = fields(table.getValue()); j.hasNext(); ) {
        Map.Entry<String, JsonNode> row = j.next();
        action.apply(table.getKey(), Datum.uuid(row.getKey()), row.getValue());
      }
    }
  }

  private static Iterator<Map.Entry<String, JsonNode>> fields(JsonNode json) throws OvsdbException {
    if (!json.isObject()) {
      throw new OvsdbException("it sent an update that is no object");
    }
    return json.fields();
  }

  private static Row parse(UUID id, JsonNode json) throws OvsdbException {
    Map<String, Datum> columns = new HashMap<>();
    for (Iterator<Map.Entry<String, JsonNode>> i = fields(json); i.hasNext(); ) {
      Map.Entry<String, JsonNode> column = i.next();
      columns.put(column.getKey(), Datum.parse(column.getValue()));
    }
    return new Row(id, columns);
  }

  private Row modified(String table, UUID id, JsonNode change) throws OvsdbException {
    Row old = tables.getOrDefault(table, ImmutableMap.of()).get(id);
    if (old == null) {
      throw new OvsdbException("it changed row " + id + ", which it had not sent");
    }
    Map<String, Datum> columns = new HashMap<>(old.columns());
    ImmutableMap<String, Boolean> many = schema.columnsOf(table);
    parse(id, change)
        .columns()
        .forEach(
            (name, datum) ->
                columns.merge(
                    name,
                    datum,
                    (before, given) ->
                        many.getOrDefault(name, false) ? before.apply(given) : given));
    return new Row(id, columns);
  }

  private void put(String table, Row row) throws OvsdbException {
    forget(tables.computeIfAbsent(table, t -> new LinkedHashMap<>()).put(row.id(), row));
    frozen.remove(table);
    rows++;
    weight += row.weight();
    if (rows > settings.maxRows() || weight > settings.maxReplicaBytes()) {
      throw new OvsdbException(
          "its database is too large: more than "
              + settings.maxRows()
              + " rows or "
              + settings.maxReplicaBytes()
              + " bytes");
    }
  }

  private void remove(String table, UUID id) {
    Map<UUID, Row> rowsOfTable = tables.get(table);
    if (rowsOfTable != null) {
      forget(rowsOfTable.remove(id));
      frozen.remove(table);
    }
  }

  private void forget(Row row) {
    if (row != null) {
      rows--;
      weight -= row.weight();
    }
  }
}
