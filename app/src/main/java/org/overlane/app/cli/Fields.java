/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import org.overlane.config.ConfigException;

/**
 * The fields of an object of the model, from options of a command. They become the JSON that {@code
 * ModelReader} reads, so that what is wrong with them is said as to everybody else.
 */
final class Fields {
  private static final int LONGEST_NUMBER = 64;

  private final ObjectNode json;

  /**
   * Adds to an object.
   *
   * @param json what is there; changed by the methods
   */
  Fields(ObjectNode json) {
    this.json = json;
  }

  Fields text(String field, Optional<String> value) {
    value.ifPresent(text -> json.put(field, text));
    return this;
  }

  /**
   * A whole number of any size.
   *
   * @throws ConfigException if it is none
   */
  Fields number(String field, Optional<String> value) {
    value.ifPresent(
        text -> {
          if (!isNumber(text)) {
            throw ConfigException.quoting(
                field, text, "must be a whole number", "Give it in decimal digits");
          }
          json.put(field, new BigInteger(text));
        });
    return this;
  }

  /** A number if it is one, else text: a port. */
  Fields numberOrText(String field, Optional<String> value) {
    return value.map(Fields::isNumber).orElse(false) ? number(field, value) : text(field, value);
  }

  /** True or false if it is one of them, else text. */
  Fields flagOrText(String field, Optional<String> value) {
    value.ifPresent(
        text -> {
          if (text.equals("true") || text.equals("false")) {
            json.put(field, text.equals("true"));
          } else {
            json.put(field, text);
          }
        });
    return this;
  }

  /** With commas; empty text is the empty list. */
  Fields list(String field, Optional<String> value) {
    value.ifPresent(
        text -> {
          ArrayNode list = json.putArray(field);
          Splitter.on(',').trimResults().omitEmptyStrings().split(text).forEach(list::add);
        });
    return this;
  }

  /**
   * Leaves fields out, so that their defaults apply.
   *
   * @throws ConfigException if one of them is not there to be left out
   */
  Fields without(List<String> fields) {
    for (String field : fields) {
      if (json.remove(field) == null) {
        throw ConfigException.quoting(
            "unset",
            field,
            "has no value that could be left out",
            "Name a field that is set: "
                + String.join(", ", ImmutableList.copyOf(json.fieldNames())));
      }
    }
    return this;
  }

  private static boolean isNumber(String text) {
    return text.length() <= LONGEST_NUMBER && text.matches("-?[0-9]+");
  }
}
