/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.model;

import com.google.common.base.Joiner;
import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Sets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.overlane.app.api.ModelView;
import org.overlane.config.EndpointConfig;
import org.overlane.config.ModelDocument;
import org.overlane.config.ModelReader;
import org.overlane.config.ModelWriter;
import org.overlane.flowrules.model.Network;

/**
 * The declared networks and endpoints, persistent and the same on every controller of a cluster.
 *
 * <p><b>Form.</b> Each network and endpoint is kept as its own canonical JSON, so that no class of
 * this version has to be readable by the next one. They live in <i>segments</i>, rows that are
 * written once and never changed; one row, the <i>root</i>, lists the segments that count and what
 * has changed since they were written. A change of any size is one compare-and-set of the root: all
 * or nothing, for one endpoint or for 20,000.
 *
 * <p><b>Why not simpler.</b> One row with everything: a single change would send all 3 MB of 20,000
 * endpoints through the consensus log, whose entries are limited to 1 MB. A row for each endpoint:
 * no atomic change of several. A transaction over such rows: one read of the consensus store for
 * each endpoint written.
 *
 * <p>Thread-safe.
 */
public final class ModelStore {
  private static final String ROOT = "root";
  private static final String SEGMENT = "segment/";
  private static final String REVISION = "revision";
  private static final String SEGMENTS = "segments";
  private static final String NETWORK = "network/";
  private static final String ENDPOINT = "endpoint/";
  private static final String DELETED = "";
  private static final int ATTEMPTS = 100;

  /** Characters in a row: far below the limit of the consensus log, with 4-byte characters too. */
  private static final int MAX_ROW = 128 * 1024;

  /**
   * Characters in the root, which each change writes anew, be it the smallest. With 3 MB of 20,000
   * endpoints, a change then writes 25 kB to the log on the average, all segments now and then
   * included: at 128 KiB it was 66 kB, which made 10,000 changes 600 MB of log.
   */
  private static final int MAX_ROOT = 32 * 1024;

  private final RowTable table;
  private final ModelReader reader = new ModelReader();
  private Optional<Cached> cached = Optional.empty();

  public ModelStore(RowTable table) {
    this.table = table;
  }

  /** What is stored; its document has no devices. */
  public ModelView read() {
    return load().view;
  }

  /**
   * Changes what is stored, atomically.
   *
   * @param change from the present document to the wanted one; called again if somebody else was
   *     faster; may throw to refuse. Devices of its result are not stored.
   */
  public ModelView update(UnaryOperator<ModelDocument> change) {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      Cached present = load();
      ModelDocument next = change.apply(present.view.document());
      Map<String, String> changes = difference(present, next);
      if (changes.isEmpty()) {
        return present.view;
      }
      if (write(present, changes)) {
        return load().view;
      }
    }
    throw new IllegalStateException(
        "the stored model was changed by others " + ATTEMPTS + " times in a row; nothing was done");
  }

  private static Map<String, String> difference(Cached present, ModelDocument next) {
    Map<String, String> changes = new LinkedHashMap<>();
    ModelDocument before = present.view.document();
    next.networks()
        .forEach(
            (id, network) -> {
              if (!network.equals(before.networks().get(id))) {
                changes.put(NETWORK + id, ModelWriter.toJson(network).toString());
              }
            });
    next.endpoints()
        .forEach(
            (id, endpoint) -> {
              if (!endpoint.equals(before.endpoints().get(id))) {
                changes.put(ENDPOINT + id, ModelWriter.toJson(endpoint).toString());
              }
            });
    Sets.difference(before.networks().keySet(), next.networks().keySet())
        .forEach(id -> changes.put(NETWORK + id, DELETED));
    Sets.difference(before.endpoints().keySet(), next.endpoints().keySet())
        .forEach(id -> changes.put(ENDPOINT + id, DELETED));
    return changes;
  }

  private boolean write(Cached present, Map<String, String> changes) {
    Map<String, String> root = new LinkedHashMap<>(present.root);
    root.putAll(changes);
    root.put(REVISION, Long.toString(present.view.revision() + 1));
    if (size(root) <= MAX_ROOT) {
      return commit(present, root);
    }
    // Listed before the commit: whatever is written by others after it is none of these.
    Set<String> before = Sets.newHashSet(table.keys());
    Map<String, String> all = new LinkedHashMap<>(present.entries);
    changes.forEach(
        (key, json) -> {
          if (json.equals(DELETED)) {
            all.remove(key);
          } else {
            all.put(key, json);
          }
        });
    List<String> segments = writeSegments(all);
    Map<String, String> compact = new LinkedHashMap<>();
    compact.put(REVISION, root.get(REVISION));
    compact.put(SEGMENTS, Joiner.on(',').join(segments));
    boolean committed = commit(present, compact);
    Iterable<String> obsolete = committed ? before : segments;
    for (String key : obsolete) {
      if (key.startsWith(SEGMENT)) {
        table.remove(key);
      }
    }
    return committed;
  }

  private List<String> writeSegments(Map<String, String> entries) {
    ImmutableList.Builder<String> keys = ImmutableList.builder();
    Map<String, String> segment = new LinkedHashMap<>();
    int size = 0;
    for (Map.Entry<String, String> entry : entries.entrySet()) {
      int added = entry.getKey().length() + entry.getValue().length();
      if (size + added > MAX_ROW && !segment.isEmpty()) {
        keys.add(writeSegment(segment));
        segment = new LinkedHashMap<>();
        size = 0;
      }
      segment.put(entry.getKey(), entry.getValue());
      size += added;
    }
    if (!segment.isEmpty()) {
      keys.add(writeSegment(segment));
    }
    return keys.build();
  }

  private String writeSegment(Map<String, String> entries) {
    String key = SEGMENT + UUID.randomUUID();
    table.put(key, entries);
    return key;
  }

  private boolean commit(Cached present, Map<String, String> root) {
    return present.version.isPresent()
        ? table.replace(ROOT, present.version.get(), root)
        : table.create(ROOT, root);
  }

  private static int size(Map<String, String> row) {
    return row.entrySet().stream().mapToInt(e -> e.getKey().length() + e.getValue().length()).sum();
  }

  private synchronized Cached load() {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      Optional<RowTable.Row> root = table.get(ROOT);
      Optional<Long> version = root.map(RowTable.Row::version);
      if (cached.isPresent() && cached.get().version.equals(version)) {
        return cached.get();
      }
      Map<String, String> row =
          root.<Map<String, String>>map(RowTable.Row::values).orElse(ImmutableMap.of());
      Optional<Map<String, String>> entries = entries(row);
      if (entries.isPresent()) {
        cached = Optional.of(decode(version, row, entries.get()));
        return cached.get();
      }
      // A segment is gone: the root has just been replaced.
    }
    throw new IllegalStateException("the stored model refers to segments that do not exist");
  }

  private Optional<Map<String, String>> entries(Map<String, String> root) {
    Map<String, String> entries = new LinkedHashMap<>();
    for (String key : Splitter.on(',').omitEmptyStrings().split(root.getOrDefault(SEGMENTS, ""))) {
      Optional<RowTable.Row> segment = table.get(key);
      if (!segment.isPresent()) {
        return Optional.empty();
      }
      entries.putAll(segment.get().values());
    }
    root.forEach(
        (key, json) -> {
          if (json.equals(DELETED)) {
            entries.remove(key);
          } else if (key.startsWith(NETWORK) || key.startsWith(ENDPOINT)) {
            entries.put(key, json);
          }
        });
    return Optional.of(entries);
  }

  private Cached decode(
      Optional<Long> version, Map<String, String> root, Map<String, String> entries) {
    ModelDocument.Builder document = ModelDocument.builder();
    Map<String, Object> decoded = new HashMap<>();
    entries.forEach(
        (key, json) -> {
          Object known =
              cached
                  .filter(c -> json.equals(c.entries.get(key)))
                  .map(c -> c.decoded.get(key))
                  .orElse(null);
          Object value = known != null ? known : parse(key, json);
          decoded.put(key, value);
          if (value instanceof Network) {
            document.add((Network) value);
          } else {
            document.add((EndpointConfig) value);
          }
        });
    long revision = Long.parseLong(root.getOrDefault(REVISION, "0"));
    return new Cached(
        ModelView.of(document.build(), revision),
        version,
        ImmutableMap.copyOf(root),
        entries,
        decoded);
  }

  private Object parse(String key, String json) {
    return key.startsWith(NETWORK) ? reader.readNetwork(json) : reader.readEndpoint(json);
  }

  /** What was read last. */
  private static final class Cached {
    private final ModelView view;
    private final Optional<Long> version;
    private final ImmutableMap<String, String> root;
    private final Map<String, String> entries;
    private final Map<String, Object> decoded;

    Cached(
        ModelView view,
        Optional<Long> version,
        ImmutableMap<String, String> root,
        Map<String, String> entries,
        Map<String, Object> decoded) {
      this.view = view;
      this.version = version;
      this.root = root;
      this.entries = entries;
      this.decoded = decoded;
    }
  }
}
