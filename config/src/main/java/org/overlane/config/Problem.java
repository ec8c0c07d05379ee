/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.config;

import com.google.auto.value.AutoValue;

/** One thing wrong in a document: where, what was there, why it is refused, and what to do. */
@AutoValue
public abstract class Problem {
  Problem() {}

  /**
   * The field, from the root of what was read: {@code
   * devices["of:0000000000000001"].overlane.uplinks[0].port}, {@code endpoints[3].mac}. A list
   * element is named by its position while it is being read, and by its id in checks between
   * objects. Empty for the root itself.
   */
  public abstract String path();

  /** The refused value as JSON, shortened to at most 60 characters; empty if there is none. */
  public abstract String value();

  public abstract String message();

  /** What the operator can do about it. */
  public abstract String remedy();

  public static Problem of(String path, String value, String message, String remedy) {
    return new AutoValue_Problem(path, value, message, remedy);
  }

  /** The same with any text for its value: it is quoted, shortened, and made printable. */
  public static Problem quoting(String path, String text, String message, String remedy) {
    return of(path, Problems.quote(text), message, remedy);
  }

  /** One line for people: {@code networks[0].vni (0): a VNI must be ... Give ...}. */
  @Override
  public final String toString() {
    String where = path().isEmpty() ? "document" : path();
    String shown = value().isEmpty() ? "" : " (" + value() + ")";
    return where + shown + ": " + message() + ". " + remedy();
  }
}
