/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.tracing;

import java.util.Collection;
import java.util.Comparator;
import java.util.stream.Collectors;

/** Names that somebody may have meant. */
final class Names {
  private static final int SHOWN = 8;

  private Names() {}

  /** The names most like the given one, {@code a, b, c and 12 more}. */
  static String like(String given, Collection<String> names) {
    if (names.isEmpty()) {
      return "none";
    }
    String list =
        names.stream()
            .sorted(
                Comparator.<String>comparingInt(n -> distance(given, n))
                    .thenComparing(Comparator.naturalOrder()))
            .limit(SHOWN)
            .collect(Collectors.joining(", "));
    return names.size() > SHOWN ? list + " and " + (names.size() - SHOWN) + " more" : list;
  }

  /** Levenshtein's, of the first characters. */
  private static int distance(String one, String other) {
    int[] row = new int[other.length() + 1];
    for (int j = 0; j < row.length; j++) {
      row[j] = j;
    }
    for (int i = 1; i <= Math.min(one.length(), 40); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j < row.length; j++) {
        int swap = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(swap, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[other.length()];
  }
}
