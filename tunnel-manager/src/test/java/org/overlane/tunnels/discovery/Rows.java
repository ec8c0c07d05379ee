/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.tunnels.discovery;

import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;
import java.util.UUID;
import org.overlane.tunnels.ovsdb.Database;
import org.overlane.tunnels.ovsdb.Databases;

/** Writes the tables of a host: values as JSON, with apostrophes for quotes. */
public final class Rows {
  private final Map<String, Map<UUID, String>> tables = new TreeMap<>();
  private long last;

  /** Adds a row and returns a reference to it. */
  public String add(String table, String... columns) {
    UUID id = new UUID(7, ++last);
    StringJoiner row = new StringJoiner(",", "{", "}");
    for (String column : columns) {
      int equals = column.indexOf('=');
      row.add("'" + column.substring(0, equals) + "':" + column.substring(equals + 1));
    }
    tables.computeIfAbsent(table, t -> new TreeMap<>()).put(id, row.toString());
    return "['uuid','" + id + "']";
  }

  /** A port with one interface of the same name. */
  public String port(String name, String... columns) {
    String[] all = new String[columns.length + 1];
    all[0] = "name='" + name + "'";
    System.arraycopy(columns, 0, all, 1, columns.length);
    return add("Port", "name='" + name + "'", "interfaces=" + add("Interface", all));
  }

  public static String set(String... values) {
    return "['set',[" + String.join(",", values) + "]]";
  }

  /** A map from names and values that take turns. */
  public static String map(String... words) {
    StringJoiner pairs = new StringJoiner(",");
    for (int i = 0; i < words.length; i += 2) {
      pairs.add("['" + words[i] + "','" + words[i + 1] + "']");
    }
    return "['map',[" + pairs + "]]";
  }

  public Database database() {
    StringJoiner all = new StringJoiner(",", "{", "}");
    tables.forEach(
        (table, rows) -> {
          StringJoiner list = new StringJoiner(",", "'" + table + "':{", "}");
          rows.forEach((id, row) -> list.add("'" + id + "':{'new':" + row + "}"));
          all.add(list.toString());
        });
    return Databases.of(all.toString());
  }
}
