/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.tunnels.ovsdb;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSortedMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.UUID;

/**
 * A row as it was at one moment. Immutable. A column that this server does not have, that is empty,
 * or that has values of another type, reads as absent.
 */
public final class Row {
  private static final int OBJECT_BYTES = 64;

  private final UUID id;
  private final ImmutableMap<String, Datum> columns;
  private final long weight;

  Row(UUID id, Map<String, Datum> columns) {
    this.id = id;
    this.columns = ImmutableMap.copyOf(columns);
    this.weight =
        OBJECT_BYTES
            + columns.values().stream().mapToLong(datum -> OBJECT_BYTES + datum.weight()).sum();
  }

  public UUID id() {
    return id;
  }

  ImmutableMap<String, Datum> columns() {
    return columns;
  }

  /** About how much memory it takes. */
  long weight() {
    return weight;
  }

  /** A text that is not empty. */
  public Optional<String> text(String column) {
    return first(column, String.class).filter(text -> !text.isEmpty());
  }

  public OptionalLong number(String column) {
    Optional<Long> number = first(column, Long.class);
    return number.isPresent() ? OptionalLong.of(number.get()) : OptionalLong.empty();
  }

  public ImmutableList<Long> numbers(String column) {
    return all(column, Long.class);
  }

  public Optional<Boolean> flag(String column) {
    return first(column, Boolean.class);
  }

  public ImmutableList<String> texts(String column) {
    return all(column, String.class);
  }

  /** Rows that this one refers to; they need not be there. */
  public ImmutableList<UUID> references(String column) {
    return all(column, UUID.class);
  }

  /** A map from text to text. */
  public ImmutableSortedMap<String, String> map(String column) {
    return map(column, String.class);
  }

  /** A map from text to rows. */
  public ImmutableSortedMap<String, UUID> referenceMap(String column) {
    return map(column, UUID.class);
  }

  private <T> ImmutableSortedMap<String, T> map(String column, Class<T> type) {
    Map<String, T> map = new TreeMap<>();
    Datum datum = columns.get(column);
    if (datum != null) {
      datum
          .map()
          .forEach(
              (key, value) -> {
                if (key instanceof String && type.isInstance(value)) {
                  map.put((String) key, type.cast(value));
                }
              });
    }
    return ImmutableSortedMap.copyOf(map);
  }

  private <T> Optional<T> first(String column, Class<T> type) {
    return all(column, type).stream().findFirst();
  }

  private <T> ImmutableList<T> all(String column, Class<T> type) {
    Datum datum = columns.get(column);
    return datum == null
        ? ImmutableList.of()
        : datum.set().stream()
            .filter(type::isInstance)
            .map(type::cast)
            .collect(ImmutableList.toImmutableList());
  }

  @Override
  public String toString() {
    return id + " " + columns;
  }
}
