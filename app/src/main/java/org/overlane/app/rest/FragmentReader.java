/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.rest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.common.collect.ImmutableSet;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.overlane.config.ConfigException;
import org.overlane.config.ModelDocument;
import org.overlane.config.ModelReader;
import org.overlane.config.Problem;
import org.overlane.flowrules.model.NodeId;

/**
 * Reads a part of a model document, to be merged into the present one: its objects may refer to
 * others that are not in it, which {@link ModelReader#readDocument} would refuse.
 */
final class FragmentReader {
  private static final ImmutableSet<String> FIELDS =
      ImmutableSet.of("devices", "networks", "endpoints");

  /** The document itself is 7 levels deep. */
  private static final int MAX_DEPTH = 32;

  private static final JsonFactory JSON =
      new JsonFactory().enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);
  private static final ObjectMapper MAPPER = new ObjectMapper(JSON);

  private final ModelReader reader;
  private final List<Problem> problems = new ArrayList<>();
  private final ModelDocument.Builder document = ModelDocument.builder();

  private FragmentReader(ModelReader reader) {
    this.reader = reader;
  }

  /**
   * The fragment.
   *
   * @throws ConfigException with every problem of its objects
   */
  static ModelDocument read(ModelReader reader, String json) {
    FragmentReader fragment = new FragmentReader(reader);
    fragment.readAll(fragment.parse(json));
    if (!fragment.problems.isEmpty()) {
      throw new ConfigException(fragment.problems);
    }
    return fragment.document.build();
  }

  private JsonNode parse(String json) {
    try (JsonParser tokens = JSON.createParser(json)) {
      int depth = 0;
      for (JsonToken token = tokens.nextToken(); token != null; token = tokens.nextToken()) {
        depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
        if (depth > MAX_DEPTH) {
          throw refusal("is nested more than " + MAX_DEPTH + " levels deep", "Flatten it");
        }
      }
      return MAPPER.readTree(json);
    } catch (JsonProcessingException e) {
      throw refusal("is not JSON: " + e.getOriginalMessage(), "Correct the syntax");
    } catch (IOException e) {
      throw new AssertionError("reading a string does no I/O", e);
    }
  }

  private static ConfigException refusal(String message, String remedy) {
    List<Problem> problems = new ArrayList<>();
    problems.add(Problem.of("", "", message, remedy));
    return new ConfigException(problems);
  }

  private void readAll(JsonNode root) {
    if (root == null || !root.isObject()) {
      throw refusal("must be a JSON object", "Write {\"networks\": [...], \"endpoints\": [...]}");
    }
    Iterator<Map.Entry<String, JsonNode>> fields = root.fields();
    while (fields.hasNext()) {
      Map.Entry<String, JsonNode> field = fields.next();
      if (!FIELDS.contains(field.getKey())) {
        problems.add(
            Problem.of(field.getKey(), "", "is no field of a model", "Use one of " + FIELDS));
      }
    }
    readDevices(root.path("devices"));
    collect("networks", root, text -> reader.readNetworks(text).forEach(document::add));
    collect("endpoints", root, text -> reader.readEndpoints(text).forEach(document::add));
  }

  private void readDevices(JsonNode devices) {
    if (!devices.isMissingNode() && !devices.isObject()) {
      problems.add(Problem.of("devices", "", "must be an object", "Use device ids as its fields"));
    }
    Iterator<Map.Entry<String, JsonNode>> entries = devices.fields();
    while (entries.hasNext()) {
      Map.Entry<String, JsonNode> entry = entries.next();
      String path = "devices[\"" + entry.getKey() + "\"]";
      if (!entry.getKey().matches("of:[0-9a-f]{16}")) {
        problems.add(
            Problem.of(
                path,
                "",
                "has a key that is no device id: of: and 16 lower-case hexadecimal digits",
                "Write it as in \"of:0000000000000001\""));
      } else if (entry.getValue().size() != 1 || !entry.getValue().has("overlane")) {
        problems.add(
            Problem.of(
                path,
                "",
                "must have the field overlane and no other",
                "Put the device's configuration there"));
      } else {
        attempt(
            "",
            () ->
                document.add(
                    reader.readDevice(
                        NodeId.of(entry.getKey()), entry.getValue().get("overlane"))));
      }
    }
  }

  private void collect(String field, JsonNode root, Consumer<String> read) {
    if (root.has(field)) {
      attempt(field, () -> read.accept(root.get(field).toString()));
    }
  }

  private void attempt(String prefix, Runnable read) {
    try {
      read.run();
    } catch (ConfigException e) {
      e.problems()
          .forEach(
              p -> problems.add(Problem.of(prefix + p.path(), p.value(), p.message(), p.remedy())));
    }
  }
}
