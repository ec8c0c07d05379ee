/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.rest;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.ws.rs.core.MultivaluedMap;
import org.overlane.config.ConfigException;

/** The parameters of a question, each taken once. Not thread-safe. */
final class QueryParameters {
  private final Map<String, String> values = new LinkedHashMap<>();

  /**
   * The parameters of a request.
   *
   * @throws org.overlane.config.ConfigException if one is given twice
   */
  QueryParameters(MultivaluedMap<String, String> parameters) {
    parameters.forEach((name, given) -> values.put(name, single(name, given)));
  }

  private static String single(String name, List<String> given) {
    if (given.size() > 1) {
      throw ConfigException.quoting(name, given.get(1), "is given twice", "Give one value");
    }
    return given.isEmpty() ? "" : given.get(0);
  }

  /** The value of a parameter, if it is given. */
  Optional<String> take(String name) {
    return Optional.ofNullable(values.remove(name));
  }

  /** Whether a parameter is given, as {@code name}, {@code name=true} or {@code name=false}. */
  boolean flag(String name) {
    String value = take(name).orElse("false");
    if (!value.isEmpty() && !value.equals("true") && !value.equals("false")) {
      throw ConfigException.quoting(name, value, "must be true or false", "Use one of these");
    }
    return !value.equals("false");
  }

  /** Whether {@code format} asks for text rather than JSON. */
  boolean isText() {
    String format = take("format").orElse("json");
    if (!format.equals("json") && !format.equals("text")) {
      throw ConfigException.quoting("format", format, "must be json or text", "Use one of these");
    }
    return format.equals("text");
  }

  /** All that have not been taken. */
  Map<String, String> rest() {
    return values;
  }
}
