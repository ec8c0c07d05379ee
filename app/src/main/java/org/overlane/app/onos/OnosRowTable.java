/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.onos;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.onosproject.core.ApplicationId;
import org.onosproject.store.serializers.KryoNamespaces;
import org.onosproject.store.service.ConsistentMap;
import org.onosproject.store.service.MapEventListener;
import org.onosproject.store.service.Serializer;
import org.onosproject.store.service.StorageService;
import org.onosproject.store.service.Versioned;
import org.overlane.app.model.RowTable;

/** A table of rows in a map of ONOS's consensus store, which survives restarts. */
final class OnosRowTable implements RowTable {
  private final ConsistentMap<String, HashMap<String, String>> map;
  private final MapEventListener<String, HashMap<String, String>> listener;

  /**
   * Opens the map.
   *
   * @param onChange called from one of ONOS's threads after any change, local or remote
   */
  OnosRowTable(StorageService storage, ApplicationId app, String name, Runnable onChange) {
    map =
        storage
            .<String, HashMap<String, String>>consistentMapBuilder()
            .withName(name)
            .withApplicationId(app)
            .withSerializer(Serializer.using(KryoNamespaces.API))
            .build();
    listener = event -> onChange.run();
    map.addListener(listener);
  }

  void close() {
    map.removeListener(listener);
  }

  @Override
  public Optional<Row> get(String key) {
    Versioned<HashMap<String, String>> row = map.get(key);
    return row == null ? Optional.empty() : Optional.of(Row.of(row.value(), row.version()));
  }

  @Override
  public Set<String> keys() {
    return map.keySet();
  }

  @Override
  public void put(String key, Map<String, String> values) {
    map.put(key, new HashMap<>(values));
  }

  @Override
  public boolean create(String key, Map<String, String> values) {
    return map.putIfAbsent(key, new HashMap<>(values)) == null;
  }

  @Override
  public boolean replace(String key, long version, Map<String, String> values) {
    return map.replace(key, version, new HashMap<>(values));
  }

  @Override
  public void remove(String key) {
    map.remove(key);
  }
}
