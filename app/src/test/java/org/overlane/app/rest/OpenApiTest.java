/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.ParseOptions;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.ws.rs.HttpMethod;
import javax.ws.rs.Path;
import org.junit.jupiter.api.Test;
import org.overlane.tracing.TraceOption;

/** The document by itself, and beside the code that it was made from. */
class OpenApiTest {
  private final OpenApi document = OpenApi.read();

  OpenApiTest() throws Exception {}

  @Test
  void isValid() {
    ParseOptions options = new ParseOptions();
    options.setResolve(true);
    assertThat(new OpenAPIV3Parser().readContents(document.text(), null, options).getMessages())
        .isEmpty();
  }

  @Test
  void hasEveryResourceMethodAndNoOther() {
    List<String> methods = new ArrayList<>();
    for (Class<?> type : new OverlaneApplication().getClasses()) {
      for (Method method : type.getDeclaredMethods()) {
        httpMethod(method).forEach(verb -> methods.add(verb + " " + path(type, method)));
      }
    }
    assertThat(document.operations())
        .extracting(OpenApi.Operation::toString)
        .containsExactlyInAnyOrderElementsOf(methods);
  }

  private static Stream<String> httpMethod(Method method) {
    return Arrays.stream(method.getAnnotations())
        .map(Annotation::annotationType)
        .filter(type -> type.isAnnotationPresent(HttpMethod.class))
        .map(type -> type.getAnnotation(HttpMethod.class).value());
  }

  private static String path(Class<?> type, Method method) {
    Path own = method.getAnnotation(Path.class);
    String path =
        "/" + type.getAnnotation(Path.class).value() + (own == null ? "" : "/" + own.value());
    return path.replaceAll(": [^}]*", "");
  }

  @Test
  void explainsEveryOperationAndParameter() {
    for (OpenApi.Operation operation : document.operations()) {
      assertThat(operation.json().path("summary").asText()).as("%s", operation).isNotEmpty();
      assertThat(operation.json().path("tags")).as("%s", operation).hasSize(1);
      operation
          .json()
          .path("parameters")
          .forEach(
              p -> {
                JsonNode parameter = document.resolve(p);
                assertThat(parameter.path("description").asText()).as("%s", p).isNotEmpty();
                assertThat(parameter.at("/schema/type").asText()).as("%s", p).isNotEmpty();
              });
      assertThat(operation.takesBody())
          .as("%s", operation)
          .isEqualTo(Stream.of("POST", "PUT").anyMatch(operation.method()::equals));
    }
  }

  @Test
  void knowsEveryOptionOfTrace() {
    OpenApi.Operation trace =
        document.operations().stream().filter(o -> o.id().equals("trace")).findFirst().get();
    List<String> names =
        trace.parameters("query").stream()
            .map(p -> p.path("name").asText())
            .collect(Collectors.toList());
    assertThat(names).contains("observed", "format", "verbose");
    names.removeAll(List.of("observed", "format", "verbose"));
    assertThat(names)
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(TraceOption.values())
                .map(TraceOption::text)
                .collect(Collectors.toList()));
  }
}
