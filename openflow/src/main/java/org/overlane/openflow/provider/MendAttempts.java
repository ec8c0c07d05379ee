/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.openflow.provider;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Remembers which differences between ONOS and a switch were mended once. A difference that shows
 * again, the same as before, is the switch's own way of putting it; mending it would never end.
 * Thread-safe.
 *
 * @param <K> names a thing that can differ
 */
final class MendAttempts<K> {

  private final Map<K, Object> differences = new ConcurrentHashMap<>();

  /** True if this difference of the thing was not seen before. */
  boolean isNew(K key, Object difference) {
    return !difference.equals(differences.put(key, difference));
  }

  /** The thing is as it should be; its next difference is a new one. */
  void isFine(K key) {
    differences.remove(key);
  }
}
