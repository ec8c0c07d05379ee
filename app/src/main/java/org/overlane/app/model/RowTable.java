/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.model;

import com.google.auto.value.AutoValue;
import com.google.common.collect.ImmutableMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A replicated, persistent table of rows, each a map of strings, with compare-and-set for each row.
 * Every change of a row is atomic; changes of several rows are not.
 */
public interface RowTable {
  /** A row as it was at one moment. */
  @AutoValue
  abstract class Row {
    Row() {}

    public abstract ImmutableMap<String, String> values();

    /** Differs after every change of the row. */
    public abstract long version();

    public static Row of(Map<String, String> values, long version) {
      return new AutoValue_RowTable_Row(ImmutableMap.copyOf(values), version);
    }
  }

  Optional<Row> get(String key);

  Set<String> keys();

  void put(String key, Map<String, String> values);

  /** Returns false, and changes nothing, if there is such a row already. */
  boolean create(String key, Map<String, String> values);

  /** Returns false, and changes nothing, if the row is not at this version. */
  boolean replace(String key, long version, Map<String, String> values);

  void remove(String key);
}
