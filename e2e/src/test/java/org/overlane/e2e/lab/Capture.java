/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.e2e.lab;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Frames with a marker that pass some interfaces. */
public final class Capture implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Process process;
  private final BufferedReader lines;

  Capture(Map<String, String> environment, List<String> words) {
    ProcessBuilder builder =
        new ProcessBuilder(words).redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().putAll(environment);
    try {
      process = builder.start();
      lines =
          new BufferedReader(
              new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
      if (!"ready".equals(lines.readLine())) {
        throw new IllegalStateException("the capture did not start: " + words);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * A frame as it was seen.
   *
   * @param length bytes with Ethernet header, without frame check sequence
   * @param outgoing sent by the interface, as opposed to received
   * @param vni of a VXLAN packet that is whole or a first fragment, else -1
   */
  public record Frame(
      String iface,
      boolean outgoing,
      int length,
      String source,
      String destination,
      int fragmentOffset,
      boolean moreFragments,
      int vni) {
    private static Frame parse(String line) {
      try {
        JsonNode node = JSON.readTree(line);
        return new Frame(
            node.get("iface").asText(),
            "out".equals(node.get("direction").asText()),
            node.get("length").asInt(),
            node.get("src").asText(),
            node.get("dst").asText(),
            node.path("fragmentOffset").asInt(0),
            node.path("moreFragments").asBoolean(false),
            node.path("vni").asInt(-1));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
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
    // Unlike Process.destroy(), this leaves the stream open for what is still to be read.
    process.toHandle().destroy();
    List<Frame> frames = new ArrayList<>();
    lines.lines().forEach(line -> frames.add(Frame.parse(line)));
    return frames;
  }

  @Override
  public void close() {
    process.destroy();
  }
}
