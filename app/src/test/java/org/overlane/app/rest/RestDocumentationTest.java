/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.common.collect.Lists;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** docs/rest.md is the document for people; {@code -Dgoldens=write} writes it anew. */
class RestDocumentationTest {
  private static final Path FILE = Path.of("../docs/rest.md");
  private static final String HEAD =
      "# REST\n\n"
          + "Every request, made from the code by the build; do not edit. After a change there:\n"
          + "`mvn -pl app -am test -Dtest=RestDocumentationTest"
          + " -Dsurefire.failIfNoSpecifiedTests=false -Dgoldens=write`.\n\n"
          + "`GET /onos/overlane/v1/openapi.json` has the same for programs (OpenAPI 3.0), with the"
          + " form of every body. What the\nfields mean is in [model.md](model.md) and"
          + " [app/README.md](../app/README.md).\n\n"
          + "Users and roles are those of ONOS: reading takes the role `viewer`, changing `admin`."
          + " `URL` is the address of the\ncontroller, such as `http://127.0.0.1:8181`.\n";

  private final OpenApi document = OpenApi.read();
  private final StringBuilder text = new StringBuilder(HEAD);

  RestDocumentationTest() throws Exception {}

  @Test
  void isWhatTheCodeSays() throws Exception {
    for (JsonNode tag : document.root().path("tags")) {
      text.append("\n## ").append(tag.path("description").asText()).append('\n');
      document.operations().stream()
          .filter(o -> o.json().at("/tags/0").equals(tag.path("name")))
          .forEach(this::append);
    }
    appendRefusals();
    if ("write".equals(System.getProperty("goldens"))) {
      Files.writeString(FILE, text);
    }
    assertThat(FILE).as("made anew as the class says").content().isEqualTo(text.toString());
  }

  private void append(OpenApi.Operation operation) {
    text.append("\n### ").append(operation.method()).append(' ');
    text.append(operation.path().replaceFirst("^/v1/", "")).append("\n\n");
    text.append(operation.json().path("summary").asText()).append('.');
    if (operation.json().has("description")) {
      text.append(' ').append(operation.json().path("description").asText());
    }
    text.append('\n');
    List<JsonNode> parameters = new ArrayList<>();
    for (String in : new String[] {"path", "query", "header"}) {
      parameters.addAll(operation.parameters(in));
    }
    if (!parameters.isEmpty()) {
      text.append("\n| parameter | in | | default | |\n|---|---|---|---|---|\n");
      parameters.forEach(this::appendParameter);
    }
    text.append("\n    curl -u USER:PASSWORD ");
    if (!operation.method().equals("GET")) {
      text.append("-X ").append(operation.method()).append(' ');
    }
    if (operation.takesBody()) {
      text.append("-H 'Content-Type: application/json' \\\n      -d '");
      text.append(operation.exampleBody().get()).append("' \\\n      ");
    }
    text.append("'URL/onos/overlane")
        .append(operation.exampleUri(Optional.empty()))
        .append("'\n\n");
    appendAnswers(operation);
  }

  private void appendParameter(JsonNode parameter) {
    JsonNode schema = parameter.path("schema");
    List<String> values = new ArrayList<>();
    schema.path("enum").forEach(v -> values.add("`" + v.asText() + "`"));
    String type = values.isEmpty() ? schema.path("type").asText() : String.join(", ", values);
    if (schema.has("minimum")) {
      type += ", " + schema.path("minimum").asText() + " to " + schema.path("maximum").asText();
    }
    text.append("| `").append(parameter.path("name").asText()).append("` | ");
    text.append(parameter.path("in").asText()).append(" | ").append(type).append(" | ");
    text.append(schema.path("default").asText()).append(" | ");
    text.append(parameter.path("description").asText()).append(" |\n");
  }

  private void appendAnswers(OpenApi.Operation operation) {
    List<String> refusals = new ArrayList<>();
    JsonNode responses = operation.json().path("responses");
    for (String status : Lists.newArrayList(responses.fieldNames())) {
      if (!isRefusal(responses.path(status))) {
        JsonNode response = document.resolve(responses.path(status));
        text.append(status).append(": ").append(response.path("description").asText()).append(". ");
      } else {
        refusals.add(status);
      }
    }
    text.append("Refused with ").append(String.join(", ", refusals)).append(".\n");
  }

  /** Not what says that something is not well, and why. */
  private boolean isRefusal(JsonNode response) {
    return document
        .resolve(response)
        .at("/content/application~1json/schema/$ref")
        .asText()
        .endsWith("/Refusal");
  }

  /** All of them have one form, and each status one meaning. */
  private void appendRefusals() {
    text.append("\n## Refusals\n\n");
    text.append("A refusal has changed nothing. All of them have one form:\n\n");
    text.append("    {\"code\": 400, \"message\": \"...\",\n");
    text.append("     \"problems\": [{\"path\": \"vni\", \"value\": \"0\", \"message\": \"...\",");
    text.append(" \"remedy\": \"...\"}]}\n\n| status | |\n|---|---|\n");
    SortedMap<String, String> meanings = new TreeMap<>();
    for (OpenApi.Operation operation : document.operations()) {
      JsonNode responses = operation.json().path("responses");
      for (String status : Lists.newArrayList(responses.fieldNames())) {
        String meaning = document.resolve(responses.path(status)).path("description").asText();
        if (isRefusal(responses.path(status))) {
          assertThat(meanings.merge(status, meaning, (one, other) -> one)).isEqualTo(meaning);
        }
      }
    }
    meanings.put("405", "There is no such method; the header Allow names those that there are");
    meanings.forEach(
        (status, meaning) ->
            text.append("| ").append(status).append(" | ").append(meaning).append(" |\n"));
  }
}
