/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.cli;

import com.google.common.collect.ImmutableList;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.overlane.config.ModelDocument;

/** What one document has otherwise than another, by id. */
final class ModelDifference {
  private ModelDifference() {}

  /** A line for each object that was added, changed or removed. */
  static ImmutableList<String> lines(ModelDocument before, ModelDocument after) {
    ImmutableList.Builder<String> lines = ImmutableList.builder();
    compare("device", before.devices(), after.devices(), lines);
    compare("network", before.networks(), after.networks(), lines);
    compare("endpoint", before.endpoints(), after.endpoints(), lines);
    return lines.build();
  }

  private static <K extends Comparable<? super K>, V> void compare(
      String what, Map<K, V> before, Map<K, V> after, ImmutableList.Builder<String> lines) {
    SortedSet<K> ids = new TreeSet<>(before.keySet());
    ids.addAll(after.keySet());
    for (K id : ids) {
      if (!before.containsKey(id)) {
        lines.add("added    " + what + " " + id);
      } else if (!after.containsKey(id)) {
        lines.add("removed  " + what + " " + id);
      } else if (!before.get(id).equals(after.get(id))) {
        lines.add("changed  " + what + " " + id);
      }
    }
  }
}
