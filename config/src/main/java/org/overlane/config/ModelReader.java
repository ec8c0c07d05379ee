/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.common.collect.ImmutableList;
import com.google.common.io.ByteStreams;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.overlane.flowrules.model.Network;
import org.overlane.flowrules.model.NodeId;

/**
 * Reads the model document or a part of it. Every method returns a value that is correct by itself,
 * or throws a {@link ConfigException} with all problems that it found; nothing else comes out, no
 * matter what goes in. Immutable, thread-safe.
 */
public final class ModelReader {
  private final ReaderLimits limits;

  public ModelReader() {
    this(ReaderLimits.DEFAULT);
  }

  public ModelReader(ReaderLimits limits) {
    this.limits = limits;
  }

  /**
   * A whole document, free of contradictions ({@link ModelChecks#check}).
   *
   * @throws ConfigException with every problem, those between objects included
   */
  public ModelDocument readDocument(String json) {
    return document(json, DocumentFields::readWhole);
  }

  /**
   * A part of a document that is to be added to another: its objects are right by themselves, but
   * may refer to objects that are not in it. Check the result of adding with {@link
   * ModelChecks#check}.
   *
   * @throws ConfigException with every problem of a single object
   */
  public ModelDocument readFragment(String json) {
    return document(json, DocumentFields::readFragment);
  }

  /**
   * As {@link #readDocument(String)}, from UTF-8 text. Reads to the end of the stream, or just
   * beyond the limit; leaves it open.
   *
   * @throws IOException if the stream cannot be read
   */
  public ModelDocument readDocument(InputStream json) throws IOException {
    return readDocument(readText(json));
  }

  /**
   * The UTF-8 text of a stream, up to the limit; for the other methods of this class.
   *
   * @throws ConfigException if it is too long or no UTF-8
   * @throws IOException if the stream cannot be read
   */
  public String readText(InputStream stream) throws IOException {
    byte[] bytes = ByteStreams.toByteArray(ByteStreams.limit(stream, limits.bytes() + 1L));
    if (bytes.length > limits.bytes()) {
      throw tooLong();
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new ConfigException(
          ImmutableList.of(Problem.of("", "", "is not UTF-8 text", "Save the document as UTF-8")));
    }
  }

  /** Whether a device may be called so: {@code of:} and 16 lower-case hexadecimal digits. */
  public static boolean isDeviceId(String text) {
    return Scalars.isDeviceId(text);
  }

  /** The content of {@code devices/<id>/overlane}. */
  public DeviceConfig readDevice(NodeId id, String json) {
    return single(json, Paths.of(id), at -> device(id, at));
  }

  /** As {@link #readDevice(NodeId, String)}, of JSON that somebody else has parsed. */
  public DeviceConfig readDevice(NodeId id, JsonNode json) {
    Problems problems = new Problems(limits.problems());
    return single(json, Paths.of(id), problems, at -> device(id, at));
  }

  public Network readNetwork(String json) {
    return single(json, "", NetworkFields::read);
  }

  /** An array of networks; an id may occur once. */
  public ImmutableList<Network> readNetworks(String json) {
    return list(json, limits.networks(), NetworkFields::read, network -> network.id().toString());
  }

  public EndpointConfig readEndpoint(String json) {
    return single(json, "", EndpointFields::read);
  }

  /** An array of endpoints; an id may occur once. */
  public ImmutableList<EndpointConfig> readEndpoints(String json) {
    return list(json, limits.endpoints(), EndpointFields::read, EndpointConfig::id);
  }

  /** One of the two ways of reading a document. */
  private interface DocumentRead {
    ModelDocument read(Cursor root, ReaderLimits limits, Problems problems);
  }

  private ModelDocument document(String json, DocumentRead way) {
    Problems problems = new Problems(limits.problems());
    Optional<JsonNode> tree = tree(json, problems);
    ModelDocument document =
        tree.map(t -> way.read(Cursor.root("", t, problems), limits, problems))
            .orElse(ModelDocument.EMPTY);
    problems.throwIfAny();
    return document;
  }

  private static Optional<DeviceConfig> device(NodeId id, Cursor at) {
    if (!Scalars.isDeviceId(id.toString())) {
      at.problem(
          "belongs to no OpenFlow device: " + Problems.quote(id.toString()),
          "Configure a device whose id is of: and 16 lower-case hexadecimal digits");
    }
    Optional<DeviceConfig> device = DeviceFields.read(id, at);
    device.ifPresent(d -> ModelChecks.checkDevice(d).forEach(at::add));
    return device;
  }

  private <T> T single(String json, String path, Function<Cursor, Optional<T>> reader) {
    Problems problems = new Problems(limits.problems());
    Optional<JsonNode> tree = tree(json, problems);
    return single(tree.orElseThrow(() -> refusal(problems)), path, problems, reader);
  }

  private static <T> T single(
      JsonNode tree, String path, Problems problems, Function<Cursor, Optional<T>> reader) {
    Optional<T> value = reader.apply(Cursor.root(path, tree, problems));
    problems.throwIfAny();
    return value.orElseThrow(() -> new AssertionError("no value and no problem: " + path));
  }

  private <T> ImmutableList<T> list(
      String json, int limit, Function<Cursor, Optional<T>> reader, Function<T, String> id) {
    Problems problems = new Problems(limits.problems());
    Optional<JsonNode> tree = tree(json, problems);
    ImmutableList.Builder<T> values = ImmutableList.builder();
    Set<String> seen = new HashSet<>();
    tree.map(t -> Cursor.root("", t, problems).elements(limit))
        .orElse(ImmutableList.of())
        .forEach(
            element ->
                reader
                    .apply(element)
                    .ifPresent(
                        value -> {
                          values.add(value);
                          if (!seen.add(id.apply(value))) {
                            element.repeated(id.apply(value));
                          }
                        }));
    problems.throwIfAny();
    return values.build();
  }

  private Optional<JsonNode> tree(String json, Problems problems) {
    if (json.length() > limits.bytes()) {
      throw tooLong();
    }
    return JsonText.parse(json.startsWith("\uFEFF") ? json.substring(1) : json, limits, problems);
  }

  private ConfigException tooLong() {
    return new ConfigException(
        ImmutableList.of(
            Problem.of(
                "",
                "",
                "is longer than " + limits.bytes() + " bytes",
                "Send networks and endpoints in several parts")));
  }

  private static ConfigException refusal(Problems problems) {
    return new ConfigException(problems.list());
  }
}
