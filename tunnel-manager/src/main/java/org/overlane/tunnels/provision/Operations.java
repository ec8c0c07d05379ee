/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.tunnels.provision;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.UUID;

/**
 * Collects the operations of one transaction (RFC 7047, 5.2): first what must still be so for any
 * of them to be carried out, then the operations themselves. Not thread-safe.
 */
final class Operations {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private final ArrayNode guards = JSON.arrayNode();
  private final ArrayNode changes = JSON.arrayNode();
  private int names;

  boolean isEmpty() {
    return changes.size() == 0;
  }

  /** All of it as the parameters of one transaction, with a comment for the log of the server. */
  ArrayNode transaction(String comment) {
    ArrayNode all = JSON.arrayNode().addAll(guards).addAll(changes);
    all.addObject().put("op", "comment").put("comment", comment);
    return all;
  }

  /** The column must be as it was read. */
  void expect(String table, UUID row, String column, JsonNode asRead) {
    ObjectNode expected = JSON.objectNode();
    expected.set(column, asRead);
    await(table, ofRow(row), column).add(expected);
  }

  /** There must be no row of this name. */
  void expectNone(String table, String name) {
    await(table, where("name", JSON.textNode(name)), "name");
  }

  /** Adds a guard that does not wait; returns the list of the rows that it expects. */
  private ArrayNode await(String table, ArrayNode where, String column) {
    ObjectNode wait = operation("wait", table);
    wait.put("timeout", 0);
    wait.set("where", where);
    wait.putArray("columns").add(column);
    wait.put("until", "==");
    guards.add(wait);
    return wait.putArray("rows");
  }

  /** Adds a row; returns what refers to it in this transaction. */
  JsonNode insert(String table, ObjectNode row) {
    String name = "row" + names++;
    ObjectNode insert = operation("insert", table).put("uuid-name", name);
    insert.set("row", row);
    changes.add(insert);
    return JSON.arrayNode().add("named-uuid").add(name);
  }

  void set(String table, UUID row, String column, JsonNode value) {
    ObjectNode update = operation("update", table);
    update.set("where", ofRow(row));
    update.putObject("row").set(column, value);
    changes.add(update);
  }

  /** Puts elements into a set, or removes them. */
  void mutate(String table, UUID row, String column, String mutator, JsonNode elements) {
    ObjectNode mutate = operation("mutate", table);
    mutate.set("where", ofRow(row));
    mutate.putArray("mutations").addArray().add(column).add(mutator).add(elements);
    changes.add(mutate);
  }

  /** Gives a key of a map a value, whatever it had. */
  void put(String table, UUID row, String column, String key, String value) {
    remove(table, row, column, key);
    mutate(table, row, column, "insert", map(Map.of(key, value)));
  }

  /** Removes a key of a map, if it is there. */
  void remove(String table, UUID row, String column, String key) {
    mutate(table, row, column, "delete", set(JSON.textNode(key)));
  }

  private static ObjectNode operation(String name, String table) {
    return JSON.objectNode().put("op", name).put("table", table);
  }

  private static ArrayNode ofRow(UUID row) {
    return where("_uuid", reference(row));
  }

  private static ArrayNode where(String column, JsonNode value) {
    ArrayNode where = JSON.arrayNode();
    where.addArray().add(column).add("==").add(value);
    return where;
  }

  static JsonNode reference(UUID row) {
    return JSON.arrayNode().add("uuid").add(row.toString());
  }

  static ArrayNode set(JsonNode... elements) {
    ArrayNode set = JSON.arrayNode().add("set");
    ArrayNode values = set.addArray();
    for (JsonNode element : elements) {
      values.add(element);
    }
    return set;
  }

  static ArrayNode map(Map<String, String> entries) {
    ArrayNode map = JSON.arrayNode().add("map");
    ArrayNode pairs = map.addArray();
    entries.forEach((key, value) -> pairs.addArray().add(key).add(value));
    return map;
  }
}
