/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.rest;

import com.google.common.collect.ImmutableList;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.overlane.config.ConfigException;

/**
 * A part of a list that may be long. A page begins behind a name rather than at a number, so that
 * objects that come and go meanwhile neither repeat nor hide others. Immutable.
 */
public final class Page<T> {
  /** The longest page. */
  public static final int MOST = 1_000;

  private final ImmutableList<T> rows;
  private final Optional<String> next;

  private Page(ImmutableList<T> rows, Optional<String> next) {
    this.rows = rows;
    this.next = next;
  }

  /**
   * The page.
   *
   * @param all in the order of their names
   * @param after begin behind this name, even if it is gone
   * @param most of them, at least 1
   */
  static <T> Page<T> of(
      Iterable<? extends T> all,
      Function<? super T, String> name,
      Predicate<? super T> wanted,
      Optional<String> after,
      int most) {
    ImmutableList.Builder<T> page = ImmutableList.builder();
    int size = 0;
    String last = "";
    for (T row : all) {
      String own = name.apply(row);
      if (after.map(a -> own.compareTo(a) <= 0).orElse(false) || !wanted.test(row)) {
        continue;
      }
      if (size == most) {
        return new Page<>(page.build(), Optional.of(last));
      }
      page.add(row);
      size++;
      last = own;
    }
    return new Page<>(page.build(), Optional.empty());
  }

  /**
   * The size of a page, 1 to {@link #MOST}.
   *
   * @throws org.overlane.config.ConfigException if it is anything else
   */
  public static int limit(String text) {
    if (text.matches("[0-9]{1,4}")) {
      int limit = Integer.parseInt(text);
      if (limit >= 1 && limit <= MOST) {
        return limit;
      }
    }
    throw ConfigException.quoting(
        "limit",
        text,
        "must be a number from 1 to " + MOST,
        "Give one, and ask for the next page with after=");
  }

  public ImmutableList<T> rows() {
    return rows;
  }

  /** What to ask for to see those that come after; empty if there are none. */
  public Optional<String> next() {
    return next;
  }
}
