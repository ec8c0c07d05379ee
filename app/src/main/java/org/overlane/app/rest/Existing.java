/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.rest;

import com.google.common.collect.ImmutableList;
import java.util.List;
import java.util.stream.Collectors;
import org.overlane.app.api.ConflictException;
import org.overlane.config.ConfigException;
import org.overlane.config.EndpointConfig;
import org.overlane.config.ModelDocument;
import org.overlane.config.Problem;
import org.overlane.flowrules.model.NetworkId;

/** Refuses what does not fit the ids that exist, or that a request names. */
public final class Existing {
  private Existing() {}

  /**
   * Refuses to create something twice.
   *
   * @param exists whether it exists
   * @param list {@code networks} or {@code endpoints}
   */
  public static void refuse(boolean exists, String list, String id) {
    if (exists) {
      throw new ConflictException(
          ImmutableList.of(
              Problem.of(
                  list + "[\"" + id + "\"]",
                  "\"" + id + "\"",
                  "exists already",
                  "Use another id, or change the one that is there")));
    }
  }

  /** Refuses to remove a network that still has endpoints. */
  public static void requireUnused(NetworkId network, ModelDocument document) {
    List<String> users =
        document.endpoints().values().stream()
            .filter(e -> e.network().equals(network))
            .map(EndpointConfig::id)
            .collect(Collectors.toList());
    if (!users.isEmpty()) {
      throw new ConflictException(
          ImmutableList.of(
              Problem.of(
                  "networks[\"" + network + "\"]",
                  "\"" + network + "\"",
                  "still has " + users.size() + " endpoints, " + users.get(0) + " among them",
                  "Remove its endpoints first")));
    }
  }

  public static void requireSameId(String inPath, String inBody) {
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
