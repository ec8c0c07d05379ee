/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.rest;

import com.google.common.collect.ImmutableList;
import org.overlane.app.api.ConflictException;
import org.overlane.config.ConfigException;
import org.overlane.config.Problem;

/** Refuses what does not fit the ids that exist, or that a request names. */
final class Existing {
  private Existing() {}

  /**
   * Refuses to create something twice.
   *
   * @param exists whether it exists
   * @param list {@code networks} or {@code endpoints}
   */
  static void refuse(boolean exists, String list, String id) {
    if (exists) {
      throw new ConflictException(
          ImmutableList.of(
              Problem.of(
                  list + "[\"" + id + "\"]",
                  "\"" + id + "\"",
                  "exists already",
                  "Use another id, or PUT to replace it")));
    }
  }

  static void requireSameId(String inPath, String inBody) {
    if (!inPath.equals(inBody)) {
      throw new ConfigException(
          ImmutableList.of(
              Problem.of(
                  "id",
                  "\"" + inBody + "\"",
                  "must be the id in the path, " + inPath,
                  "Use the same id in both places")));
    }
  }
}
