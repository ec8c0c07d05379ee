/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.e2e.lab;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * A VM that takes UDP datagrams and checks every byte of them; {@code e2e/lab/tools/datagram.py}.
 */
public final class Datagrams implements AutoCloseable {
  /** Where it listens. */
  static final String PORT = "5002";

  /**
   * A datagram that has arrived.
   *
   * @param length bytes of the UDP payload
   */
  public record Datagram(String from, int length, boolean whole) {
    private static Datagram parse(String line) {
      JsonNode node = Json.parse(line);
      return new Datagram(
          node.get("from").asText(), node.get("length").asInt(), node.get("whole").asBoolean());
    }
  }

  private final Background tool;

  Datagrams(Background tool) {
    this.tool = tool;
  }

  /** Those that were waited for, or fewer if they have not all come within half a minute. */
  public List<Datagram> arrived() {
    return tool.rest().stream().map(Datagram::parse).toList();
  }

  @Override
  public void close() {
    tool.close();
  }
}
