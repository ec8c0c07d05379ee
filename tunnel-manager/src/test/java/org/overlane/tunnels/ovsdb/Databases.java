/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.tunnels.ovsdb;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Databases without a server. */
public final class Databases {
  private Databases() {}

  /** The database after these table updates (RFC 7047, 4.1.6); apostrophes stand for quotes. */
  public static Database of(String updates) {
    try {
      ObjectMapper json = new ObjectMapper();
      Replica replica =
          new Replica(ClientSettings.DEFAULT, Schema.parse(json.readTree(FakeServer.SCHEMA)));
      replica.update(json.readTree(updates.replace('\'', '"')));
      return replica.snapshot();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
