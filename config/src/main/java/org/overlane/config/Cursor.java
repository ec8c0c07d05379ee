/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

/**
 * One place in a JSON tree. Reads what is there as the type that is wanted; where it is something
 * else, notes a problem that names the place, and returns empty.
 */
final class Cursor {
  private final String path;
  private final JsonNode node;
  private final Problems problems;

  private Cursor(String path, JsonNode node, Problems problems) {
    this.path = path;
    this.node = node;
    this.problems = problems;
  }

  static Cursor root(String path, JsonNode node, Problems problems) {
    return new Cursor(path, node, problems);
  }

  String path() {
    return path;
  }

  /** How a path goes on to a field: {@code .name}, or {@code ["of:1"]} where it is no word. */
  static String step(String field) {
    boolean word = !field.isEmpty() && field.chars().allMatch(Cursor::isWordPart);
    return word && field.length() <= 40 ? "." + field : "[" + Problems.quote(field) + "]";
  }

  private static boolean isWordPart(int c) {
    return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_';
  }

  private Cursor child(String step, JsonNode value) {
    String full = path + step;
    return new Cursor(full.startsWith(".") ? full.substring(1) : full, value, problems);
  }

  void problem(String message, String remedy) {
    problems.add(path, Problems.shorten(node), message, remedy);
  }

  /** Notes that an earlier element of the same list has this id. */
  void repeated(String id) {
    problem(
        "has the same id as an earlier one: " + Problems.quote(id),
        "Leave one of them out, or give it another id");
  }

  /** Adds a problem that was found by other means. */
  void add(Problem problem) {
    problems.add(problem);
  }

  /** Whether this is an object; its fields must be among those allowed. */
  boolean isObject(ImmutableSet<String> allowed) {
    if (!isObject()) {
      return false;
    }
    node.fieldNames()
        .forEachRemaining(
            name -> {
              if (!allowed.contains(name)) {
                child(step(name), node.get(name))
                    .problem(
                        "is no field of the model", "Allowed here: " + String.join(", ", allowed));
              }
            });
    return true;
  }

  private boolean isObject() {
    if (!node.isObject()) {
      problem("must be an object", "Write { ... }");
    }
    return node.isObject();
  }

  /** A field that may be absent. A null is no way of leaving it out. */
  Optional<Cursor> optional(String field) {
    JsonNode value = node.get(field);
    if (value == null) {
      return Optional.empty();
    }
    Cursor found = child(step(field), value);
    if (value.isNull() || value.isMissingNode()) {
      found.problem("must not be null", "Give a value, or leave the field out if it is optional");
      return Optional.empty();
    }
    return Optional.of(found);
  }

  /** Whether the field is there at all. */
  boolean has(String field) {
    return node.has(field);
  }

  /** A field that must be there. */
  Optional<Cursor> required(String field, String remedy) {
    if (!node.has(field)) {
      problems.add(child(step(field), node).path, "", "is missing", remedy);
    }
    return optional(field);
  }

  /** The elements of an array; none if it is something else or has too many. */
  ImmutableList<Cursor> elements(int limit) {
    if (!node.isArray()) {
      problem("must be an array", "Write [ ... ]");
      return ImmutableList.of();
    }
    if (node.size() > limit) {
      tooMany(limit);
      return ImmutableList.of();
    }
    ImmutableList.Builder<Cursor> elements = ImmutableList.builder();
    for (int i = 0; i < node.size(); i++) {
      elements.add(child("[" + i + "]", node.get(i)));
    }
    return elements.build();
  }

  /** The fields of an object whose names are data; none if it is something else or too large. */
  ImmutableMap<String, Cursor> entries(int limit) {
    if (!isObject()) {
      return ImmutableMap.of();
    }
    if (node.size() > limit) {
      tooMany(limit);
      return ImmutableMap.of();
    }
    ImmutableMap.Builder<String, Cursor> entries = ImmutableMap.builder();
    node.fields()
        .forEachRemaining(
            e ->
                entries.put(
                    e.getKey(), child("[" + Problems.quote(e.getKey()) + "]", e.getValue())));
    return entries.build();
  }

  boolean isEmptyArray() {
    return node.isArray() && node.size() == 0;
  }

  private void tooMany(int limit) {
    problems.add(
        path,
        node.size() + " elements",
        "must have at most " + limit + " elements",
        "Leave some out");
  }

  /** A string of at most so many characters. */
  Optional<String> text(int longest) {
    if (!node.isTextual()) {
      problem("must be a string", node.isNumber() ? "Put it in quotes" : "Write \"...\"");
      return Optional.empty();
    }
    if (node.textValue().length() > longest) {
      problem("must have at most " + longest + " characters", "Shorten it");
      return Optional.empty();
    }
    return Optional.of(node.textValue());
  }

  boolean isText() {
    return node.isTextual();
  }

  /** A whole number in a range, both ends included. */
  OptionalLong integer(long min, long max, String what) {
    String range = what + " must be a whole number from " + min + " to " + max;
    if (!node.isIntegralNumber()) {
      problem(range, node.isTextual() ? "Write the number without quotes" : "Give such a number");
      return OptionalLong.empty();
    }
    if (!node.canConvertToLong() || node.longValue() < min || node.longValue() > max) {
      problem(range, "Give a number in this range");
      return OptionalLong.empty();
    }
    return OptionalLong.of(node.longValue());
  }

  /** True or false, not in quotes. */
  Optional<Boolean> flag() {
    if (!node.isBoolean()) {
      problem(
          "must be true or false",
          node.isTextual() ? "Write it without quotes" : "Write true or false");
      return Optional.empty();
    }
    return Optional.of(node.booleanValue());
  }

  /** Whether it is true or false. */
  boolean isFlag() {
    return node.isBoolean();
  }

  /** Whether it is this string. */
  boolean isText(String text) {
    return node.isTextual() && node.textValue().equals(text);
  }

  /** One of a closed set of words. */
  <E extends Enum<E>> Optional<E> choice(Class<E> type, Function<E, String> word) {
    ImmutableList.Builder<String> words = ImmutableList.builder();
    for (E constant : type.getEnumConstants()) {
      if (node.isTextual() && word.apply(constant).equals(node.textValue())) {
        return Optional.of(constant);
      }
      words.add("\"" + word.apply(constant) + "\"");
    }
    String all = String.join(", ", words.build());
    problem("must be one of " + all, "Choose one of them");
    return Optional.empty();
  }

  /** A string that a parser accepts. */
  <T> Optional<T> parsed(Function<String, T> parser, String message, String remedy) {
    if (node.isTextual() && node.textValue().length() <= 64) {
      try {
        return Optional.of(parser.apply(node.textValue()));
      } catch (IllegalArgumentException e) {
        // Said below, in the same words for every kind of mistake.
      }
    }
    problem(message, remedy);
    return Optional.empty();
  }
}
