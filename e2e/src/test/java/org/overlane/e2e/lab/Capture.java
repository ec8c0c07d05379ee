/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.e2e.lab;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** Frames with a marker that pass some interfaces. */
public final class Capture implements AutoCloseable {
  private final Background tool;

  Capture(Background tool) {
    this.tool = tool;
  }

  /**
   * A frame as it was seen.
   *
   * @param length bytes with Ethernet header, without VLAN tag and frame check sequence
   * @param outgoing sent by the interface, as opposed to received
   * @param tag of its VLAN, else -1
   * @param vni of a VXLAN packet that is whole or a first fragment, else -1
   */
  public record Frame(
      String iface,
      boolean outgoing,
      int length,
      int tag,
      String source,
      String destination,
      int fragmentOffset,
      boolean moreFragments,
      int vni) {
    private static Frame parse(String line) {
      JsonNode node = Json.parse(line);
      return new Frame(
          node.get("iface").asText(),
          "out".equals(node.get("direction").asText()),
          node.get("length").asInt(),
          node.get("tag").asInt(-1),
          node.get("src").asText(),
          node.get("dst").asText(),
          node.path("fragmentOffset").asInt(0),
          node.path("moreFragments").asBoolean(false),
          node.path("vni").asInt(-1));
    }

    public boolean incoming() {
      return !outgoing;
    }

    public boolean fragment() {
      return moreFragments || fragmentOffset > 0;
    }
  }

  /** Ends the capture; frames that had arrived before are among those returned. */
  public List<Frame> stop() {
    return tool.stop().stream().map(Frame::parse).toList();
  }

  @Override
  public void close() {
    tool.close();
  }
}
