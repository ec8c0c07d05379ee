/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.probing;

import com.google.common.collect.ImmutableMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.overlane.app.model.RowTable;
import org.overlane.flowrules.model.AddressFamily;
import org.overlane.flowrules.model.Node;
import org.overlane.flowrules.model.NodeId;
import org.overlane.flowrules.model.PathMtus.Path;

/**
 * Limits that probes have found, kept where they survive a restart and all controllers of a cluster
 * see them: a row for each sender, with {@code ipv4/<receiver>} to bytes. Rows that cannot be read
 * are disregarded: what they said is found out anew. Not thread-safe.
 */
final class PathMtuStore {
  private final RowTable table;

  PathMtuStore(RowTable table) {
    this.table = table;
  }

  ImmutableMap<Path, Integer> read() {
    ImmutableMap.Builder<Path, Integer> found = ImmutableMap.builder();
    for (String from : table.keys()) {
      Optional<RowTable.Row> row = table.get(from);
      row.ifPresent(r -> r.values().forEach((key, bytes) -> read(from, key, bytes, found)));
    }
    return found.build();
  }

  private static void read(
      String from, String key, String bytes, ImmutableMap.Builder<Path, Integer> found) {
    for (AddressFamily family : AddressFamily.values()) {
      String prefix = family.text() + "/";
      if (key.startsWith(prefix) && key.length() > prefix.length() && bytes.matches("[0-9]{3,5}")) {
        int mtu = Integer.parseInt(bytes);
        if (mtu >= Node.MIN_UNDERLAY_MTU && mtu <= Node.MAX_UNDERLAY_MTU) {
          NodeId to = NodeId.of(key.substring(prefix.length()));
          found.put(Path.of(NodeId.of(from), to, family), mtu);
        }
      }
    }
  }

  /** Writes the rows that differ. */
  void write(Map<Path, Integer> before, Map<Path, Integer> after) {
    Map<NodeId, Map<String, String>> old = rows(before);
    Map<NodeId, Map<String, String>> wanted = rows(after);
    Set<NodeId> all = new HashSet<>(old.keySet());
    all.addAll(wanted.keySet());
    for (NodeId from : all) {
      Map<String, String> row = wanted.get(from);
      if (row == null) {
        table.remove(from.toString());
      } else if (!row.equals(old.get(from))) {
        table.put(from.toString(), row);
      }
    }
  }

  private static Map<NodeId, Map<String, String>> rows(Map<Path, Integer> mtus) {
    Map<NodeId, Map<String, String>> rows = new HashMap<>();
    mtus.forEach(
        (path, bytes) ->
            rows.computeIfAbsent(path.from(), f -> new HashMap<>())
                .put(path.family().text() + "/" + path.to(), bytes.toString()));
    return rows;
  }
}
