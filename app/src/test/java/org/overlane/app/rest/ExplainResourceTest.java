/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import javax.ws.rs.core.MultivaluedHashMap;
import javax.ws.rs.core.Response;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.overlane.app.api.OverlaneService;
import org.overlane.config.ConfigException;
import org.overlane.config.ModelAssembler;
import org.overlane.config.ModelReader;
import org.overlane.config.PortDirectory;
import org.overlane.config.Problem;
import org.overlane.flowrules.compile.CompileResult;
import org.overlane.flowrules.compile.PipelineCompiler;
import org.overlane.flowrules.model.NodeId;
import org.overlane.flowrules.openflow.FlowEntry;
import org.overlane.flowrules.text.OfctlFormat;

class ExplainResourceTest {
  private static final String DEVICE = "of:0000000000000001";

  private final OverlaneService overlane = mock(OverlaneService.class);
  private CompileResult compiled;
  private final ExplainResource resource =
      new ExplainResource() {
        @Override
        OverlaneService overlane() {
          return overlane;
        }
      };

  @BeforeEach
  void loadModel() throws Exception {
    try (InputStream in = Files.newInputStream(Path.of("../examples/native-split.json"))) {
      compiled =
          new PipelineCompiler()
              .compile(
                  ModelAssembler.assemble(
                          new ModelReader().readDocument(in), PortDirectory.offline())
                      .model(),
                  NodeId.of(DEVICE));
    }
    when(overlane.compile(any())).thenReturn(Optional.empty());
    when(overlane.compile(NodeId.of(DEVICE))).thenReturn(Optional.of(compiled));
  }

  private Response ask(Map<String, String> parameters) {
    return resource.explain(new MultivaluedHashMap<>(parameters));
  }

  private JsonNode only(Map<String, String> parameters) throws Exception {
    JsonNode json = new ObjectMapper().readTree((String) ask(parameters).getEntity());
    assertThat(json.path("entries")).hasSize(1);
    assertThat(json.has("missing")).isFalse();
    return json.path("entries").get(0);
  }

  @Test
  void explainsACookie() throws Exception {
    FlowEntry entry = compiled.tables().entries().get(0);
    String cookie = Long.toString(5L << 48 | entry.cookie().toLong());
    JsonNode alone = only(Map.of("cookie", cookie));
    assertThat(alone.path("origin").asText()).isEqualTo("overlane-by-cookie");
    assertThat(alone.path("applicationId").asInt()).isEqualTo(5);
    assertThat(alone.path("comparison").asText()).isEqualTo("unknown");
    JsonNode there = only(Map.of("cookie", entry.cookie().toString(), "device", DEVICE));
    assertThat(there.path("comparison").asText()).isEqualTo("same");
    assertThat(there.at("/wanted/source").asText()).isEqualTo(entry.source());
  }

  @Test
  void explainsALineOfADump() throws Exception {
    String line = OfctlFormat.entry(compiled.tables().entries().get(0));
    JsonNode same = only(Map.of("entry", line, "device", DEVICE));
    assertThat(same.path("origin").asText()).isEqualTo("overlane");
    assertThat(same.path("comparison").asText()).isEqualTo("same");
    JsonNode changed =
        only(Map.of("entry", line.replaceAll("actions=.*", "actions=drop"), "device", DEVICE));
    assertThat(changed.path("comparison").asText()).isEqualTo("differs");
    assertThat(changed.path("differences").get(0).asText()).startsWith("it does drop");
  }

  @Test
  void answersAsText() {
    FlowEntry entry = compiled.tables().entries().get(0);
    Response text = ask(Map.of("cookie", entry.cookie().toString(), "format", "text"));
    assertThat((String) text.getEntity())
        .contains("docs/pipeline.md#")
        .contains(entry.cookie().toString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "device=of:0000000000000001|cookie|one of the two only",
        "cookie=0x1&entry=actions=drop|cookie|one of the two only",
        "cookie=0xfffffffffffffffff|cookie|is no cookie",
        "cookie=99999999999999999999|cookie|64 bits",
        "cookie=table=0,actions=drop|cookie|is no cookie",
        "cookie=|cookie|is no cookie",
        "entry=|entry|neither a cookie",
        "entry=in_port=1|entry|neither a cookie",
        "cookie=0x1&device=of:0000000000000077|device|no configured device",
        "cookie=0x1&device=|device|Give the id",
        "cookie=0x1&format=xml|format|json or text",
        "cookie=0x1&colour=red|colour|no parameter of explain"
      })
  void refusesWithTheParameter(String query, String path, String words) {
    MultivaluedHashMap<String, String> parameters = new MultivaluedHashMap<>();
    for (String one : query.split("&")) {
      String[] parts = one.split("=", 2);
      parameters.add(parts[0], parts[1]);
    }
    ConfigException refusal =
        catchThrowableOfType(() -> resource.explain(parameters), ConfigException.class);
    assertThat(refusal.problems()).extracting(Problem::path).containsExactly(path);
    assertThat(refusal.getMessage()).contains(words);
  }
}
