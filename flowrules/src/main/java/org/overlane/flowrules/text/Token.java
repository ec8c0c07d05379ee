/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.flowrules.text;

import com.google.common.collect.ImmutableList;
import java.util.Optional;

/** A piece of a line that remembers where it stood, so that an error can say so. */
final class Token {
  private final String text;
  private final int line;
  private final int column;

  Token(String text, int line, int column) {
    this.text = text;
    this.line = line;
    this.column = column;
  }

  String text() {
    return text;
  }

  int line() {
    return line;
  }

  boolean isEmpty() {
    return text.isEmpty();
  }

  ParseException error(String reason) {
    return new ParseException(line, column, reason);
  }

  /** From {@code start} to before {@code end}. */
  Token part(int start, int end) {
    return new Token(text.substring(start, end), line, column + start);
  }

  Token from(int start) {
    return part(start, text.length());
  }

  Token trim() {
    int start = 0;
    int end = text.length();
    while (start < end && Character.isWhitespace(text.charAt(start))) {
      start++;
    }
    while (end > start && Character.isWhitespace(text.charAt(end - 1))) {
      end--;
    }
    return part(start, end);
  }

  /** What precedes the first occurrence of a separator; all of it if there is none. */
  Token before(String separator) {
    int at = text.indexOf(separator);
    return at < 0 ? this : part(0, at);
  }

  /** What follows the first occurrence of a separator. */
  Optional<Token> after(String separator) {
    int at = text.indexOf(separator);
    return at < 0 ? Optional.empty() : Optional.of(from(at + separator.length()));
  }

  /** The non-empty parts between commas that are not in parentheses. */
  ImmutableList<Token> splitAtCommas() {
    ImmutableList.Builder<Token> parts = ImmutableList.builder();
    int depth = 0;
    int start = 0;
    for (int i = 0; i <= text.length(); i++) {
      char c = i == text.length() ? ',' : text.charAt(i);
      if (c == ',' && (depth == 0 || i == text.length())) {
        Token part = part(start, i).trim();
        if (!part.isEmpty()) {
          parts.add(part);
        }
        start = i + 1;
      } else if (c == '(') {
        depth++;
      } else if (c == ')') {
        depth--;
      }
    }
    return parts.build();
  }

  /**
   * An unsigned number, decimal or with 0x.
   *
   * @throws ParseException if it is no number or greater than {@code max}
   */
  long number(long max) {
    try {
      long number =
          text.startsWith("0x")
              ? Long.parseUnsignedLong(text.substring(2), 16)
              : Long.parseUnsignedLong(text);
      if (Long.compareUnsigned(number, max) > 0) {
        throw error(text + " is more than " + Long.toUnsignedString(max));
      }
      return number;
    } catch (NumberFormatException e) {
      throw error("not a number: '" + text + "'");
    }
  }

  @Override
  public String toString() {
    return text;
  }
}
