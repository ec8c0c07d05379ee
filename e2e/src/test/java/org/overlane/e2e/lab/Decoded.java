/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.e2e.lab;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Function;

/** Packets of a kind that an interface sees, decoded by {@code e2e/lab/tools/decode.py}. */
public final class Decoded<T> implements AutoCloseable {
  private final Background tool;
  private final Function<JsonNode, T> parser;

  private Decoded(Background tool, Function<JsonNode, T> parser) {
    this.tool = tool;
    this.parser = parser;
  }

  static Decoded<IcmpError> errors(Background tool) {
    return new Decoded<>(tool, IcmpError::parse);
  }

  static Decoded<Syn> syns(Background tool) {
    return new Decoded<>(tool, Syn::parse);
  }

  /**
   * An ICMP or ICMPv6 error.
   *
   * @param tag VLAN id
   * @param length bytes of the IP packet
   * @param quoted bytes of the packet that the error is about
   * @param problems what a receiver would not accept
   */
  public record IcmpError(
      boolean incoming,
      int type,
      int code,
      int mtu,
      OptionalInt tag,
      String source,
      String destination,
      String destinationMac,
      int length,
      int quoted,
      String quotedSource,
      String quotedDestination,
      List<String> problems) {
    private static IcmpError parse(JsonNode node) {
      return new IcmpError(
          isIncoming(node),
          node.get("type").asInt(),
          node.get("code").asInt(),
          node.get("mtu").asInt(),
          tagOf(node),
          node.get("source").asText(),
          node.get("destination").asText(),
          node.get("destinationMac").asText(),
          node.get("length").asInt(),
          node.get("quoted").asInt(),
          node.path("quotedSource").asText(),
          node.path("quotedDestination").asText(),
          problemsOf(node));
    }
  }

  /**
   * A TCP SYN or SYN-ACK.
   *
   * @param mss of its MSS option
   */
  public record Syn(
      boolean incoming,
      boolean acknowledges,
      OptionalInt mss,
      String source,
      String destination,
      List<String> problems) {
    private static Syn parse(JsonNode node) {
      JsonNode mss = node.get("mss");
      return new Syn(
          isIncoming(node),
          node.get("acknowledges").asBoolean(),
          mss.isNull() ? OptionalInt.empty() : OptionalInt.of(mss.asInt()),
          node.get("source").asText(),
          node.get("destination").asText(),
          problemsOf(node));
    }
  }

  private static boolean isIncoming(JsonNode node) {
    return "in".equals(node.get("direction").asText());
  }

  private static OptionalInt tagOf(JsonNode node) {
    JsonNode tag = node.get("tag");
    return tag.isNull() ? OptionalInt.empty() : OptionalInt.of(tag.asInt());
  }

  private static List<String> problemsOf(JsonNode node) {
    List<String> problems = new ArrayList<>();
    node.get("problems").forEach(p -> problems.add(p.asText()));
    return problems;
  }

  /** Ends it; packets that had arrived before are among those returned. */
  public List<T> stop() {
    return tool.stop().stream().map(Json::parse).map(parser).toList();
  }

  @Override
  public void close() {
    tool.close();
  }
}
