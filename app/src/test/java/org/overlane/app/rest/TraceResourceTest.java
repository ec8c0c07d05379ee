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
import com.google.common.collect.ImmutableList;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import javax.ws.rs.core.MultivaluedHashMap;
import javax.ws.rs.core.MultivaluedMap;
import javax.ws.rs.core.Response;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.overlane.app.api.ModelView;
import org.overlane.app.api.ObservedTables;
import org.overlane.app.api.OverlaneService;
import org.overlane.config.ConfigException;
import org.overlane.config.ModelAssembler;
import org.overlane.config.ModelDocument;
import org.overlane.config.ModelReader;
import org.overlane.config.PortDirectory;
import org.overlane.config.Problem;

class TraceResourceTest {
  private final OverlaneService overlane = mock(OverlaneService.class);
  private final TraceResource resource =
      new TraceResource() {
        @Override
        OverlaneService overlane() {
          return overlane;
        }
      };

  @BeforeEach
  void loadModel() throws Exception {
    ModelDocument document;
    try (InputStream in = Files.newInputStream(Path.of("../examples/native-split.json"))) {
      document = new ModelReader().readDocument(in);
    }
    when(overlane.model()).thenReturn(ModelView.of(document, 1));
    when(overlane.assembly(any()))
        .thenReturn(ModelAssembler.assemble(document, PortDirectory.offline()));
    when(overlane.observed(any(), any()))
        .thenAnswer(
            call ->
                ObservedTables.of(
                    true, call.getArgument(1), ImmutableList.of(), ImmutableList.of()));
  }

  /** {@code from=vm1&df}. */
  private static MultivaluedMap<String, String> parameters(String query) {
    MultivaluedMap<String, String> parameters = new MultivaluedHashMap<>();
    Stream.of(query.split("&"))
        .map(p -> p.split("=", 2))
        .forEach(p -> parameters.add(p[0], p.length > 1 ? p[1] : ""));
    return parameters;
  }

  private JsonNode json(String query) throws Exception {
    return new ObjectMapper().readTree((String) resource.trace(parameters(query)).getEntity());
  }

  @Test
  void answersAsJsonAndText() throws Exception {
    JsonNode json = json("from=vm1&to=vm3&tcp&size=1501&df=true");
    assertThat(json.at("/results/0").asText()).isEqualTo("answered");
    assertThat(json("from=vm1&to=vm3&observed").path("asWanted").asBoolean()).isTrue();
    Response text = resource.trace(parameters("from=vm1&to=vm3&format=text&verbose=true"));
    assertThat((String) text.getEntity())
        .startsWith("Delivered to vm3.")
        .contains("docs/pipeline.md#vxlan-receive");
  }

  @ParameterizedTest
  @CsvSource({
    "to=vm3, from",
    "from=vm1&to=vm9, to",
    "from=vm1&from=vm2&to=vm3, from",
    "from=vm1&to=vm3&format=xml, format",
    "from=vm1&to=vm3&observed=perhaps, observed",
    "from=vm1&to=vm3&size=0, size",
    "from=vm1&to=vm3&colour=red, colour"
  })
  void refusesWithTheParameter(String query, String path) {
    ConfigException refusal =
        catchThrowableOfType(() -> resource.trace(parameters(query)), ConfigException.class);
    assertThat(refusal.problems()).extracting(Problem::path).containsExactly(path);
  }
}
