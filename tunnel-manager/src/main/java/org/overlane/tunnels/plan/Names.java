/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.tunnels.plan;

import com.google.common.collect.Iterables;
import java.util.Collection;
import java.util.stream.Collectors;

/** Lists for people. */
final class Names {
  /** More names than this help nobody. */
  private static final int SHOWN = 5;

  private Names() {}

  /** {@code a, b, c, d, e and 7 more}. */
  static String some(Collection<?> names) {
    String first =
        names.stream().limit(SHOWN).map(Object::toString).collect(Collectors.joining(", "));
    return names.size() <= SHOWN ? first : first + " and " + (names.size() - SHOWN) + " more";
  }

  /** {@code a}, or {@code a and 3 others}. */
  static String first(Collection<?> names) {
    int others = names.size() - 1;
    return Iterables.get(names, 0)
        + (others == 0 ? "" : " and " + others + (others == 1 ? " other" : " others"));
  }

  /** {@code 1 entry}, {@code 7 entries}. */
  static String count(long number, String one, String many) {
    return number == 1 ? "1 " + one : number + " " + many;
  }
}
