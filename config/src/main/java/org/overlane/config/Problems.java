/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.List;

/** Collects what is wrong, up to a limit. Not thread-safe. */
final class Problems {
  private static final int VALUE_LENGTH = 60;

  private final int limit;
  private final List<Problem> found = new ArrayList<>();
  private int omitted;

  Problems(int limit) {
    this.limit = limit;
  }

  void add(Problem problem) {
    if (found.size() < limit) {
      found.add(problem);
    } else {
      omitted++;
    }
  }

  void add(String path, String value, String message, String remedy) {
    add(Problem.of(path, value, message, remedy));
  }

  boolean isEmpty() {
    return found.isEmpty();
  }

  int size() {
    return found.size() + omitted;
  }

  ImmutableList<Problem> list() {
    ImmutableList.Builder<Problem> list = ImmutableList.<Problem>builder().addAll(found);
    if (omitted > 0) {
      list.add(
          Problem.of(
              "", "", omitted + " more problems are not listed", "Mend those above and try again"));
    }
    return list.build();
  }

  void throwIfAny() {
    if (!isEmpty()) {
      throw new ConfigException(list());
    }
  }

  /** JSON text of a value, short enough for a message and free of control characters. */
  static String shorten(JsonNode value) {
    if (value.isObject()) {
      return value.size() == 0 ? "{}" : "{...}";
    }
    if (value.isArray()) {
      return value.size() == 0 ? "[]" : "[...]";
    }
    if (value.isTextual()) {
      return quote(value.textValue());
    }
    return cut(value.isPojo() ? ((JsonText.OddNumber) value).toString() : value.toString());
  }

  /** A string in JSON quotes, shortened. */
  static String quote(String text) {
    String kept = text.length() > VALUE_LENGTH ? text.substring(0, VALUE_LENGTH) : text;
    StringBuilder printable = new StringBuilder(kept.length());
    kept.chars().forEach(c -> printable.append(c < ' ' || c > '~' ? '?' : (char) c));
    return cut(TextNode.valueOf(printable.toString()).toString());
  }

  private static String cut(String text) {
    return text.length() <= VALUE_LENGTH ? text : text.substring(0, VALUE_LENGTH - 3) + "...";
  }
}
