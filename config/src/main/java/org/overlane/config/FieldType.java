/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.config;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.base.Joiner;
import com.google.common.collect.ImmutableList;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Function;

/** What a field takes: in words, and as JSON Schema (draft 7). Immutable. */
final class FieldType {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private final String text;
  private final ObjectNode schema;

  private FieldType(String text, ObjectNode schema) {
    this.text = text;
    this.schema = schema;
  }

  /** For people, in Markdown. */
  String text() {
    return text;
  }

  /** A copy. */
  ObjectNode schema() {
    return schema.deepCopy();
  }

  /** The same, described otherwise. */
  FieldType described(String other) {
    return new FieldType(other, schema);
  }

  /** A whole number in a range, both ends included. */
  static FieldType integer(String unit, long min, long max) {
    return new FieldType(
        String.format(
            Locale.ROOT, "whole number%s, %d to %d", unit.isEmpty() ? "" : ", " + unit, min, max),
        JSON.objectNode().put("type", "integer").put("minimum", min).put("maximum", max));
  }

  static FieldType flag() {
    return new FieldType("`true`, `false`", JSON.objectNode().put("type", "boolean"));
  }

  /** One of some words. */
  static <E extends Enum<E>> FieldType choice(Class<E> type, Function<E, String> word) {
    ImmutableList<String> words =
        Arrays.stream(type.getEnumConstants()).map(word).collect(ImmutableList.toImmutableList());
    ObjectNode schema = JSON.objectNode();
    ArrayNode allowed = schema.putArray("enum");
    words.forEach(allowed::add);
    return new FieldType("`" + Joiner.on("`, `").join(words) + "`", schema);
  }

  /** Text that a regular expression matches as a whole. */
  static FieldType form(String text, String pattern) {
    return new FieldType(
        text, JSON.objectNode().put("type", "string").put("pattern", "^(?:" + pattern + ")$"));
  }

  /** One of several types. */
  static FieldType either(String text, FieldType... types) {
    ObjectNode schema = JSON.objectNode();
    ArrayNode any = schema.putArray("anyOf");
    Arrays.stream(types).forEach(type -> any.add(type.schema()));
    return new FieldType(text, schema);
  }

  /** An array of at most so many elements, none twice. */
  static FieldType set(String what, FieldType element, int max) {
    return new FieldType(arrayOf(what, max), array(element, max).put("uniqueItems", true));
  }

  /** The same, of at least one element. */
  static FieldType filledSet(String what, FieldType element, int max) {
    FieldType set = set(what, element, max);
    return new FieldType("array of 1 to " + max + " " + what, set.schema().put("minItems", 1));
  }

  /** An array of at most so many elements. */
  static FieldType list(String what, FieldType element, int max) {
    return new FieldType(arrayOf(what, max), array(element, max));
  }

  private static String arrayOf(String what, int max) {
    return String.format(Locale.ROOT, "array of %s, at most %,d", what, max);
  }

  private static ObjectNode array(FieldType element, int max) {
    ObjectNode schema = JSON.objectNode().put("type", "array");
    schema.set("items", element.schema());
    return schema.put("maxItems", max);
  }

  /** An object whose keys are data. */
  static FieldType map(String what, String keyPattern, FieldType value, int max) {
    String text = String.format(Locale.ROOT, "object: %s, at most %,d", what, max);
    ObjectNode schema = JSON.objectNode().put("type", "object");
    schema.putObject("propertyNames").put("pattern", "^(?:" + keyPattern + ")$");
    schema.set("additionalProperties", value.schema());
    return new FieldType(text, schema.put("maxProperties", max));
  }

  /** An object of the model, called as its title. */
  static FieldType object(String name) {
    return new FieldType(
        name.toUpperCase(Locale.ROOT),
        JSON.objectNode().put("$ref", "#/definitions/" + name.toLowerCase(Locale.ROOT)));
  }
}
