/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.onos.stores;

import static org.mockito.Mockito.spy;

import java.util.HashMap;
import java.util.Map;
import org.onosproject.store.service.AsyncConsistentMap;
import org.onosproject.store.service.ConsistentMap;
import org.onosproject.store.service.ConsistentMapBuilder;
import org.onosproject.store.service.TestConsistentMap;
import org.onosproject.store.service.TestStorageService;

/**
 * Maps that outlive the store that asked for them, as those of a cluster or on a disk do; Mockito
 * knows what they were asked.
 */
final class SharedMaps extends TestStorageService {

  private final Map<String, ConsistentMap<?, ?>> maps = new HashMap<>();

  @Override
  public <K, V> ConsistentMapBuilder<K, V> consistentMapBuilder() {
    return new ConsistentMapBuilder<>() {
      @Override
      @SuppressWarnings("unchecked") // one name stands for one map
      public ConsistentMap<K, V> build() {
        return (ConsistentMap<K, V>) maps.computeIfAbsent(name(), name -> fresh());
      }

      @SuppressWarnings("unchecked") // the builder is raw
      private ConsistentMap<K, V> fresh() {
        TestConsistentMap.Builder<K, V> builder = TestConsistentMap.builder();
        builder.withName(name()).withSerializer(serializer());
        return spy(builder.build());
      }

      @Override
      public AsyncConsistentMap<K, V> buildAsyncMap() {
        throw new UnsupportedOperationException("no store asks for it");
      }
    };
  }
}
