/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.collect.ImmutableList;
import com.google.common.io.Resources;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The document that the build has made of the resources, and answers held against it. */
final class OpenApi {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final JsonSchemaFactory SCHEMAS =
      JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V7);

  private final String text;
  private final JsonNode root;
  private final Map<String, JsonSchema> schemas = new HashMap<>();

  private OpenApi(String text, JsonNode root) {
    this.text = text;
    this.root = root;
  }

  static OpenApi read() throws IOException {
    String text =
        Resources.toString(
            Resources.getResource(OpenApiResource.class, "openapi.json"), StandardCharsets.UTF_8);
    return new OpenApi(text, JSON.readTree(text));
  }

  String text() {
    return text;
  }

  JsonNode root() {
    return root;
  }

  /** Follows a reference, if it is one. */
  JsonNode resolve(JsonNode node) {
    return node.has("$ref") ? root.at(node.path("$ref").asText().substring(1)) : node;
  }

  List<Operation> operations() {
    List<Operation> operations = new ArrayList<>();
    root.path("paths")
        .fields()
        .forEachRemaining(
            path ->
                path.getValue()
                    .fields()
                    .forEachRemaining(
                        method ->
                            operations.add(
                                new Operation(path.getKey(), method.getKey(), method.getValue()))));
    return operations;
  }

  /** Asserts that this answer is one of those that the document has for the operation. */
  void check(Operation operation, HttpResponse<String> answer) throws IOException {
    String what = operation + " answers " + answer.statusCode() + " " + answer.body();
    JsonNode response = resolve(operation.json.path("responses").path("" + answer.statusCode()));
    assertThat(response.isMissingNode()).as("undocumented: %s", what).isFalse();
    if (!response.has("content")) {
      assertThat(answer.body()).as(what).isEmpty();
      return;
    }
    Optional<String> type = answer.headers().firstValue("Content-Type");
    assertThat(type).as(what).isPresent();
    String media = type.get().split(";")[0];
    assertThat(response.path("content").has(media)).as("%s: %s", media, what).isTrue();
    if (media.equals("application/json")) {
      String schema = response.path("content").path(media).path("schema").toString();
      assertThat(schema(schema).validate(JSON.readTree(answer.body()))).as(what).isEmpty();
    }
    // What is not well answers 503, too, but refuses nothing; the schemas tell one from the other.
    if (answer.statusCode() >= 400 && JSON.readTree(answer.body()).has("code")) {
      assertThat(JSON.readTree(answer.body()).path("code").asInt())
          .as(what)
          .isEqualTo(answer.statusCode());
    }
  }

  /** What does not hold of a refusal, if anything. */
  Iterable<?> flawsOfRefusal(String body) throws IOException {
    return schema("{\"$ref\":\"#/components/schemas/Refusal\"}").validate(JSON.readTree(body));
  }

  private JsonSchema schema(String text) throws IOException {
    JsonSchema known = schemas.get(text);
    if (known == null) {
      ObjectNode whole = JsonNodeFactory.instance.objectNode();
      whole.set("components", root.path("components"));
      whole.putArray("allOf").add(JSON.readTree(text));
      known = SCHEMAS.getSchema(whole);
      schemas.put(text, known);
    }
    return known;
  }

  /** One operation of the document. */
  final class Operation {
    private final String path;
    private final String method;
    private final JsonNode json;

    private Operation(String path, String method, JsonNode json) {
      this.path = path;
      this.method = method.toUpperCase(java.util.Locale.ROOT);
      this.json = json;
    }

    String id() {
      return json.path("operationId").asText();
    }

    String path() {
      return path;
    }

    String method() {
      return method;
    }

    JsonNode json() {
      return json;
    }

    boolean takesBody() {
      return json.has("requestBody");
    }

    JsonNode requestBody() {
      return resolve(json.path("requestBody"));
    }

    Optional<String> exampleBody() {
      JsonNode example = requestBody().at("/content/application~1json/example");
      return example.isMissingNode() ? Optional.empty() : Optional.of(example.toString());
    }

    List<JsonNode> parameters(String in) {
      ImmutableList.Builder<JsonNode> found = ImmutableList.builder();
      json.path("parameters").forEach(p -> found.add(resolve(p)));
      return found.build().stream()
          .filter(p -> p.path("in").asText().equals(in))
          .collect(ImmutableList.toImmutableList());
    }

    /** The path of a request with the examples of its parameters, but this one for all in it. */
    String exampleUri(Optional<String> name) {
      String uri = path;
      for (JsonNode parameter : parameters("path")) {
        String value = name.orElse(parameter.path("example").asText());
        uri = uri.replace("{" + parameter.path("name").asText() + "}", encode(value));
      }
      StringBuilder query = new StringBuilder();
      for (JsonNode parameter : parameters("query")) {
        if (parameter.has("example")) {
          query.append(query.length() == 0 ? "?" : "&");
          query.append(parameter.path("name").asText()).append('=');
          query.append(encode(parameter.path("example").asText()));
        }
      }
      return uri + query;
    }

    @Override
    public String toString() {
      return method + " " + path;
    }
  }

  static String encode(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20").replace("%3A", ":");
  }
}
