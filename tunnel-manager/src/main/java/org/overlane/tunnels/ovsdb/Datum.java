/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.tunnels.ovsdb;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.auto.value.AutoValue;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Sets;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * The value of a column: a set, to which a single value also belongs, or a map. Atoms are of class
 * String, Long, Double, Boolean or UUID.
 */
@AutoValue
abstract class Datum {
  /** What an object takes besides its contents, about. */
  private static final int OBJECT_BYTES = 48;

  Datum() {}

  abstract ImmutableSet<Object> set();

  abstract ImmutableMap<Object, Object> map();

  /** About how much memory it takes. */
  long weight() {
    long weight = OBJECT_BYTES;
    for (Object atom : set()) {
      weight += weight(atom);
    }
    for (Map.Entry<Object, Object> entry : map().entrySet()) {
      weight += weight(entry.getKey()) + weight(entry.getValue());
    }
    return weight;
  }

  private static long weight(Object atom) {
    return OBJECT_BYTES + (atom instanceof String ? 2L * ((String) atom).length() : 0);
  }

  /** The value after a difference, as ovsdb-server sends it for columns of more than one value. */
  Datum apply(Datum difference) {
    if (difference.map().isEmpty()) {
      return new AutoValue_Datum(
          ImmutableSet.copyOf(Sets.symmetricDifference(set(), difference.set())), map());
    }
    Map<Object, Object> map = new LinkedHashMap<>(map());
    difference
        .map()
        .forEach(
            (key, value) -> {
              if (value.equals(map.get(key))) {
                map.remove(key);
              } else {
                map.put(key, value);
              }
            });
    return new AutoValue_Datum(set(), ImmutableMap.copyOf(map));
  }

  /** Reads the JSON of RFC 7047, 5.1. */
  static Datum parse(JsonNode json) throws OvsdbException {
    boolean tagged = json.isArray() && json.size() == 2 && json.get(1).isArray();
    if (tagged && json.get(0).asText().equals("set")) {
      Set<Object> set = new LinkedHashSet<>();
      for (JsonNode element : json.get(1)) {
        set.add(atom(element));
      }
      return new AutoValue_Datum(ImmutableSet.copyOf(set), ImmutableMap.of());
    }
    if (tagged && json.get(0).asText().equals("map")) {
      Map<Object, Object> map = new LinkedHashMap<>();
      for (JsonNode pair : json.get(1)) {
        if (!pair.isArray() || pair.size() != 2) {
          throw new OvsdbException("it sent a map with an element that is no pair");
        }
        map.put(atom(pair.get(0)), atom(pair.get(1)));
      }
      return new AutoValue_Datum(ImmutableSet.of(), ImmutableMap.copyOf(map));
    }
    return new AutoValue_Datum(ImmutableSet.of(atom(json)), ImmutableMap.of());
  }

  private static Object atom(JsonNode json) throws OvsdbException {
    if (json.isTextual()) {
      return json.textValue();
    }
    if (json.isIntegralNumber() && json.canConvertToLong()) {
      return json.longValue();
    }
    if (json.isFloatingPointNumber()) {
      return json.doubleValue();
    }
    if (json.isBoolean()) {
      return json.booleanValue();
    }
    if (json.isArray()
        && json.size() == 2
        && json.get(0).asText().equals("uuid")
        && json.get(1).isTextual()) {
      return uuid(json.get(1).textValue());
    }
    throw new OvsdbException("it sent a value that is no atom, set or map");
  }

  static UUID uuid(String text) throws OvsdbException {
    try {
      if (text.length() == 36) {
        return UUID.fromString(text);
      }
    } catch (IllegalArgumentException e) {
      throw new OvsdbException("it sent something that is no UUID: " + text, e);
    }
    throw new OvsdbException("it sent something that is no UUID: " + text);
  }
}
