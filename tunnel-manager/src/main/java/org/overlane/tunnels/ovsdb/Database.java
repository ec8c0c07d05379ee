/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.tunnels.ovsdb;

import com.google.common.collect.ImmutableCollection;
import com.google.common.collect.ImmutableMap;
import java.util.Optional;
import java.util.UUID;

/** The monitored tables of a host as they were at one moment. Immutable. */
public final class Database {
  private final ImmutableMap<String, ImmutableMap<UUID, Row>> tables;

  Database(ImmutableMap<String, ImmutableMap<UUID, Row>> tables) {
    this.tables = tables;
  }

  /** The rows of a table; none if the server has no such table. */
  public ImmutableCollection<Row> rows(String table) {
    return tables.getOrDefault(table, ImmutableMap.of()).values();
  }

  /** The row that a reference leads to. */
  public Optional<Row> row(String table, UUID id) {
    return Optional.ofNullable(tables.getOrDefault(table, ImmutableMap.of()).get(id));
  }

  @Override
  public String toString() {
    return tables.toString();
  }
}
