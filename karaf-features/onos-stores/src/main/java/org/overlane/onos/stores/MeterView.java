/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.onos.stores;

import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.onosproject.net.DeviceId;
import org.onosproject.net.meter.Meter;
import org.onosproject.net.meter.MeterKey;
import org.onosproject.store.service.ConsistentMap;
import org.onosproject.store.service.MapEvent;
import org.onosproject.store.service.Versioned;

/**
 * A copy of the stored meters on this node, by device, so that asking for those of one device does
 * not read those of all devices from the consensus store. It follows the events of the map and may
 * be behind it by as much as these are.
 *
 * <p>Of each meter the highest version counts, in whatever order events, answers and full reads
 * come; a removal has the version of what it removed. Safe for use by several threads.
 */
final class MeterView {
  /** Removals remembered, to tell older news about the same meters; for as long as news can be. */
  private static final int MAX_REMOVED = 100_000;

  private static final long REMOVED_MINUTES = 10;

  private final Map<DeviceId, Map<MeterKey, Versioned<MeterRecord>>> meters = new HashMap<>();
  private final Cache<MeterKey, Long> removed =
      CacheBuilder.newBuilder()
          .maximumSize(MAX_REMOVED)
          .expireAfterWrite(REMOVED_MINUTES, TimeUnit.MINUTES)
          .build();

  /**
   * Takes over everything. To be called first when the events of the map arrive already; and then
   * now and again, since a map that loses its connection loses events and does not tell.
   */
  void load(ConsistentMap<MeterKey, MeterRecord> map) {
    Set<MeterKey> before = keys();
    Set<MeterKey> found = new HashSet<>();
    for (Map.Entry<MeterKey, Versioned<MeterRecord>> entry : map.entrySet()) {
      stored(entry.getKey(), entry.getValue());
      found.add(entry.getKey());
    }
    for (MeterKey key : before) {
      if (!found.contains(key)) {
        reload(map, key);
      }
    }
  }

  /** The removal of this meter may have been missed. */
  private void reload(ConsistentMap<MeterKey, MeterRecord> map, MeterKey key) {
    Versioned<MeterRecord> held = find(key);
    Versioned<MeterRecord> current = map.get(key);
    if (current != null) {
      stored(key, current);
    } else if (held != null) {
      removed(key, held);
    }
  }

  void changed(MapEvent<MeterKey, MeterRecord> event) {
    if (event.newValue() == null) {
      removed(event.key(), event.oldValue());
    } else {
      stored(event.key(), event.newValue());
    }
  }

  synchronized void stored(MeterKey key, Versioned<MeterRecord> record) {
    Long gone = removed.getIfPresent(key);
    if (gone == null || gone < record.version()) {
      meters
          .computeIfAbsent(key.deviceId(), id -> new HashMap<>())
          .merge(key, record, (held, news) -> news.version() < held.version() ? held : news);
    }
  }

  synchronized void removed(MeterKey key, Versioned<MeterRecord> last) {
    Long gone = removed.getIfPresent(key);
    if (gone == null || gone < last.version()) {
      removed.put(key, last.version());
    }
    Map<MeterKey, Versioned<MeterRecord>> ofDevice = meters.get(key.deviceId());
    if (ofDevice != null) {
      ofDevice.computeIfPresent(key, (same, held) -> held.version() > last.version() ? held : null);
      if (ofDevice.isEmpty()) {
        meters.remove(key.deviceId());
      }
    }
  }

  synchronized List<Meter> all() {
    return meters.values().stream()
        .flatMap(ofDevice -> ofDevice.values().stream())
        .map(versioned -> (Meter) versioned.value().meter())
        .collect(ImmutableList.toImmutableList());
  }

  synchronized List<Meter> of(DeviceId device, Predicate<Meter> wanted) {
    Map<MeterKey, Versioned<MeterRecord>> ofDevice = meters.get(device);
    return ofDevice == null
        ? ImmutableList.of()
        : ofDevice.values().stream()
            .map(versioned -> (Meter) versioned.value().meter())
            .filter(wanted)
            .collect(ImmutableList.toImmutableList());
  }

  private synchronized Set<MeterKey> keys() {
    return meters.values().stream()
        .flatMap(ofDevice -> ofDevice.keySet().stream())
        .collect(ImmutableSet.toImmutableSet());
  }

  /** The meter as it is known here; null if it is not. */
  synchronized Versioned<MeterRecord> find(MeterKey key) {
    Map<MeterKey, Versioned<MeterRecord>> ofDevice = meters.get(key.deviceId());
    return ofDevice == null ? null : ofDevice.get(key);
  }
}
