/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.tunnels.ovsdb;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSetMultimap;
import com.google.common.collect.ImmutableTable;

/** What tables and columns a server has, as far as the client is concerned. Immutable. */
final class Schema {
  /** Whether a column may have more than one value, by table and column. */
  private final ImmutableTable<String, String, Boolean> columns;

  private Schema(ImmutableTable<String, String, Boolean> columns) {
    this.columns = columns;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Schema && ((Schema) other).columns.equals(columns);
  }

  @Override
  public int hashCode() {
    return columns.hashCode();
  }

  /** Reads the result of get_schema, RFC 7047, 3.2. */
  static Schema parse(JsonNode json) throws OvsdbException {
    if (!json.path("tables").isObject()) {
      throw new OvsdbException("it sent a schema without tables");
    }
    ImmutableTable.Builder<String, String, Boolean> columns = ImmutableTable.builder();
    json.get("tables")
        .fields()
        .forEachRemaining(
            table ->
                table
                    .getValue()
                    .path("columns")
                    .fields()
                    .forEachRemaining(
                        column ->
                            columns.put(
                                table.getKey(),
                                column.getKey(),
                                isMany(column.getValue().path("type").path("max")))));
    return new Schema(columns.build());
  }

  private static boolean isMany(JsonNode max) {
    return max.asText().equals("unlimited") || max.asLong(1) > 1;
  }

  /** What is left of the wanted columns, and of the tables that have any. */
  ImmutableSetMultimap<String, String> available(ImmutableSetMultimap<String, String> wanted) {
    return wanted.entries().stream()
        .filter(entry -> columns.contains(entry.getKey(), entry.getValue()))
        .collect(
            ImmutableSetMultimap.toImmutableSetMultimap(
                entry -> entry.getKey(), entry -> entry.getValue()));
  }

  /** Whether each column of a table may have more than one value. */
  ImmutableMap<String, Boolean> columnsOf(String table) {
    return columns.row(table);
  }
}
