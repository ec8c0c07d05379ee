/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.cli;

import java.util.Optional;
import org.overlane.config.ConfigException;
import org.overlane.config.EndpointConfig;
import org.overlane.config.ModelDocument;
import org.overlane.flowrules.model.Network;
import org.overlane.flowrules.model.NetworkId;

/** Looks up what is declared, by the ids that people type. */
final class Declared {
  private Declared() {}

  /**
   * The network of this id.
   *
   * @throws ConfigException if there is none
   */
  static Network network(ModelDocument document, String id) {
    return Optional.of(id)
        .filter(text -> !text.trim().isEmpty())
        .map(text -> document.networks().get(NetworkId.of(text)))
        .orElseThrow(() -> OverlaneCommand.unknown("network", id, "network", "overlane-networks"));
  }

  /**
   * The declared endpoint of this id.
   *
   * @throws ConfigException if there is none
   */
  static EndpointConfig endpoint(ModelDocument document, String id) {
    return Optional.ofNullable(document.endpoints().get(id))
        .orElseThrow(
            () -> OverlaneCommand.unknown("endpoint", id, "endpoint", "overlane-endpoints"));
  }
}
