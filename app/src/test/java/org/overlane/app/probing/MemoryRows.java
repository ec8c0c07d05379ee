/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.probing;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.overlane.app.model.RowTable;

/** Rows in memory, which can be made to fail. */
final class MemoryRows implements RowTable {
  final Map<String, Map<String, String>> rows = new TreeMap<>();
  boolean away;
  int writes;

  private void require() {
    if (away) {
      throw new IllegalStateException("the store is away");
    }
  }

  @Override
  public Optional<Row> get(String key) {
    require();
    return Optional.ofNullable(rows.get(key)).map(r -> Row.of(r, 1));
  }

  @Override
  public Set<String> keys() {
    require();
    return rows.keySet();
  }

  @Override
  public void put(String key, Map<String, String> values) {
    require();
    writes++;
    rows.put(key, values);
  }

  @Override
  public boolean create(String key, Map<String, String> values) {
    throw new UnsupportedOperationException();
  }

  @Override
  public boolean replace(String key, long version, Map<String, String> values) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void remove(String key) {
    require();
    writes++;
    rows.remove(key);
  }
}
