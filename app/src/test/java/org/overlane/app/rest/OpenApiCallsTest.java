/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.google.common.collect.ImmutableListMultimap;
import com.google.common.collect.Lists;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpRequest.Builder;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.overlane.app.api.OverlaneService;
import org.overlane.config.ReaderLimits;

/**
 * Every operation of the document, asked as it should be and as it should not: each answer is one
 * that the document has, in its form, and each status that the document has is seen. Those who add
 * an operation need no test of it here, unless it can be asked wrongly in ways of its own ({@link
 * #WRONG}) or gives several kinds of success ({@link #RIGHT}).
 */
class OpenApiCallsTest {
  /** What the servlet container answers: the tests of the assembled controller see it. */
  private static final Set<String> NOT_HERE = Set.of("401");

  private static final String GREEN = "{\"id\": \"green\", \"vni\": 300}";

  /** Other right requests: query, or body. */
  private static final ImmutableListMultimap<String, String> RIGHT =
      ImmutableListMultimap.<String, String>builder()
          .putAll("replaceModel", "{}", "?dryRun=true {}", "?dryRun=false {}")
          .put("addToModel", "?dryRun=true {}")
          .putAll("listNetworks", "?limit=1", "?limit=1&after=blue", "?after=red", "?after=&limit=")
          .put("createNetworks", "[" + GREEN + ", {\"id\": \"grey\", \"vni\": 301}]")
          .put("createEndpoints", "[]")
          .put("writeNetwork", "/green " + GREEN)
          .put(
              "writeEndpoint",
              "/blue%2Fvm9 {\"id\": \"blue/vm9\", \"network\": \"blue\", \"mac\":"
                  + " \"02:00:00:00:01:09\", \"device\": \"of:0000000000000001\", \"port\": \"tap9\"}")
          .putAll(
              "listEndpoints",
              "?network=blue&device=of:0000000000000001&mac=02:00:00:00:01:01&port=11",
              "?limit=2&after=vm1",
              "?device=of:0000000000000009")
          .putAll("readFlows", "?format=ofctl", "?format=json")
          .putAll(
              "readMtu",
              "?network=blue",
              "?device=of:0000000000000001",
              "?what-if=of:0000000000000001=1400&what-if=all=1450")
          .put("readDrops", "?device=of:0000000000000001")
          .putAll("listTunnels", "?limit=2&state=unprobed", "?device=of:0000000000000001")
          .putAll(
              "trace",
              "?from=vm1&to=vm3&format=text&verbose",
              "?from=vm1&to=vm3&size=1501&observed",
              "?from=vm1&multicast&df=false")
          .putAll(
              "explain",
              "?cookie=1&format=text",
              "?entry=table%3D0,actions%3Ddrop&device=of:0000000000000001")
          .build();

  /** Other wrong requests, each with the status and the path of its first problem. */
  private static final ImmutableListMultimap<String, String> WRONG =
      ImmutableListMultimap.<String, String>builder()
          .putAll(
              "replaceModel",
              "400 dryRun ?dryRun=yes {}",
              "400 dryRun ?dryRun=true&dryRun=false {}",
              "400 dryrun ?dryrun=true {}",
              "400 networks[0].vni {\"networks\": [{\"id\": \"a\", \"vni\": 0}]}")
          .putAll(
              "addToModel",
              "400 dryRun ?dryRun=1 {}",
              "400 vlan {\"vlan\": 1}",
              "409 networks[\"grey\"].vni {\"networks\": [{\"id\": \"grey\", \"vni\": 100}]}")
          .putAll(
              "listNetworks",
              "400 limit ?limit=0",
              "400 limit ?limit=1001",
              "400 limit ?limit=ten",
              "400 limit ?limit=1&limit=2")
          .putAll(
              "listEndpoints", "400 device ?device=hv1", "400 mac ?mac=1", "400 limit ?limit=-1")
          .putAll(
              "createNetworks",
              "409 networks[\"blue\"] {\"id\": \"blue\", \"vni\": 300}",
              "409 networks[\"green\"].vni {\"id\": \"green\", \"vni\": 100}",
              "400 [1] [" + GREEN + ", " + GREEN + "]",
              "409 networks[\"blue\"] [" + GREEN + ", {\"id\": \"blue\", \"vni\": 301}]")
          .putAll(
              "writeNetwork",
              "400 id {\"id\": \"red\", \"vni\": 100}",
              "409 networks[\"red\"].vni {\"id\": \"blue\", \"vni\": 200}")
          .put("removeNetwork", "409 networks[\"blue\"] /blue")
          .putAll(
              "createEndpoints",
              "409 endpoints[\"vm1\"] {\"id\": \"vm1\", \"network\": \"blue\", \"mac\":"
                  + " \"02:00:00:00:01:09\", \"device\": \"of:0000000000000001\", \"port\": 19}",
              "400 mac {\"id\": \"vm9\", \"network\": \"blue\", \"mac\": 7, \"device\":"
                  + " \"of:0000000000000001\", \"port\": 19}")
          .put(
              "writeEndpoint",
              "409 endpoints[\"vm1\"].network {\"id\": \"vm1\", \"network\": \"nowhere\", \"mac\":"
                  + " \"02:00:00:00:01:09\", \"device\": \"of:0000000000000001\", \"port\": 19}")
          .put("readFlows", "400 format ?format=xml")
          .put("readReadiness", "400 ignore ?ignore=all")
          .putAll(
              "readMtu",
              "404 network ?network=nowhere",
              "404 device ?device=of:0000000000000009",
              "400 device ?device=hv1",
              "400 what-if ?what-if=x",
              "400 what-if ?network=blue&what-if=all=1400")
          .putAll("readDrops", "400 device ?device=hv1", "404 device ?device=of:0000000000000009")
          .putAll(
              "listTunnels",
              "400 state ?state=sideways",
              "400 limit ?limit=1.5",
              "400 device ?device=hv1")
          .putAll("trace", "400 from ?to=vm3", "400 from ?from=vm9&to=vm3", "400 df ?df=1")
          .putAll(
              "explain",
              "400 cookie ?format=json",
              "400 cookie ?cookie=x",
              "400 device ?cookie=1&device=x")
          .build();

  private static final ObjectMapper JSON = new ObjectMapper();

  private static OpenApi document;
  private static RestServer server;
  private final Set<String> seen = new TreeSet<>();

  @BeforeAll
  static void start() throws Exception {
    server = RestServer.start();
    document = OpenApi.read();
  }

  @AfterAll
  static void stop() throws Exception {
    server.close();
  }

  private static List<OpenApi.Operation> operations() throws Exception {
    return OpenApi.read().operations();
  }

  @ParameterizedTest
  @MethodSource("operations")
  void answersAsTheDocumentSays(OpenApi.Operation operation) throws Exception {
    if (operation.id().equals("readReadiness")) {
      send(operation, SampleOverlane.well(), "").expect(2, "its example");
      ask(operation, "").expect(503, "switches that are not in sync");
    } else {
      ask(operation, "").expect(2, "its example");
    }
    for (String right : RIGHT.get(operation.id())) {
      ask(operation, right).expect(2, right);
    }
    for (String wrong : WRONG.get(operation.id())) {
      String[] parts = wrong.split(" ", 3);
      Answer answer = ask(operation, parts[2]);
      answer.expect(Integer.parseInt(parts[0]), wrong);
      assertThat(JSON.readTree(answer.response.body()).at("/problems/0/path").asText())
          .as("%s: %s", wrong, answer.response.body())
          .isEqualTo(parts[1]);
    }
    askWhatAnyRefuses(operation);
    Set<String> documented =
        new TreeSet<>(Lists.newArrayList(operation.json().path("responses").fieldNames()));
    documented.removeAll(NOT_HERE);
    assertThat(seen).as("%s: every status that is documented", operation).isEqualTo(documented);
  }

  /** What is wrong with a request whatever it asks for. */
  private void askWhatAnyRefuses(OpenApi.Operation operation) throws Exception {
    ask(operation, "?colour=red").expect(400, "an unknown parameter");
    ask(operation, "", "Accept", "image/png").expect(406, "no such form");
    Stream<String> names = Stream.of("nothing-there", " ", "..", "of:0000000000000077", "\u0000");
    if (operation.json().path("responses").has("404") && operation.path().contains("{")) {
      for (String name : names.toArray(String[]::new)) {
        ask(operation, "/" + OpenApi.encode(name)).expect(404, name);
      }
    }
    if (!operation.parameters("header").isEmpty()) {
      ask(operation, "", "Role", "viewer").expect(403, "a viewer");
      ask(operation, "", "Role", "stranger").expect(403, "a stranger");
      ask(operation, "", "If-Match", "\"another\"").expect(412, "another state");
    }
    if (operation.takesBody()) {
      for (String text : new String[] {" ", "{", "[[[", "null", "7", "{\"a\": 1, \"a\": 2}"}) {
        ask(operation, text).expect(400, text);
      }
      ask(operation, "", "Content-Type", "text/plain").expect(415, "no JSON");
      char[] blanks = new char[ReaderLimits.DEFAULT.bytes() + 1];
      Arrays.fill(blanks, ' ');
      ask(operation, new String(blanks)).expect(413, "too long");
    }
    if (operation.json().path("responses").has("503")) {
      OverlaneService none = null;
      send(operation, none, "").expect(503, "not running");
    }
  }

  private Answer ask(OpenApi.Operation operation, String how, String... headers) throws Exception {
    return send(operation, SampleOverlane.anew(), how, headers);
  }

  /**
   * Sends the example of an operation, changed.
   *
   * @param how {@code /NAME?QUERY BODY}, any of the three
   */
  private Answer send(
      OpenApi.Operation operation, OverlaneService overlane, String how, String... headers)
      throws Exception {
    server.serve(overlane);
    boolean hasUri = how.startsWith("/") || how.startsWith("?");
    String[] parts = hasUri ? how.split(" ", 2) : new String[] {"", how};
    String uri = operation.exampleUri(Optional.empty());
    if (parts[0].startsWith("/")) {
      uri = operation.path().replaceAll("/\\{.*", "") + parts[0];
    } else if (parts[0].startsWith("?")) {
      uri = uri.replaceAll("\\?.*", "") + parts[0];
    } else if (hasUri) {
      uri = parts[0];
    }
    Optional<String> body =
        parts.length > 1 && !parts[1].isEmpty() ? Optional.of(parts[1]) : operation.exampleBody();
    Builder request = server.request(uri).header("Content-Type", "application/json");
    for (int i = 0; i < headers.length; i += 2) {
      request.setHeader(headers[i], headers[i + 1]);
    }
    BodyPublisher publisher =
        operation.takesBody() ? BodyPublishers.ofString(body.get()) : BodyPublishers.noBody();
    HttpResponse<String> response =
        server.send(request.method(operation.method(), publisher).build());
    document.check(operation, response);
    seen.add("" + response.statusCode());
    return new Answer(operation, response);
  }

  /** Methods that a path does not have, and paths that are none. */
  @Test
  void refusesWhatIsNoOperation() throws Exception {
    server.serve(SampleOverlane.anew());
    ImmutableListMultimap.Builder<String, OpenApi.Operation> paths =
        ImmutableListMultimap.builder();
    document.operations().forEach(o -> paths.put(o.path(), o));
    for (Collection<OpenApi.Operation> operations : paths.build().asMap().values()) {
      String uri = operations.iterator().next().exampleUri(Optional.empty());
      List<String> there =
          operations.stream().map(OpenApi.Operation::method).collect(Collectors.toList());
      for (String method : new String[] {"GET", "PUT", "POST", "DELETE", "PATCH", "BREW"}) {
        if (!there.contains(method)) {
          HttpResponse<String> answer = send(uri.replaceAll("\\?.*", ""), method);
          refusal(405, answer);
          assertThat(answer.headers().firstValue("Allow").get()).contains(there);
        }
      }
    }
    for (String path :
        new String[] {"/", "/v1", "/v2/model", "/v1/modell", "/v1/model/x", "/application.wadl"}) {
      refusal(404, send(path, "GET"));
    }
    refusal(404, send("/v1/networks/a%2Fb", "GET"));
  }

  private HttpResponse<String> send(String path, String method) throws Exception {
    return server.send(server.request(path).method(method, BodyPublishers.noBody()).build());
  }

  private void refusal(int code, HttpResponse<String> answer) throws Exception {
    String what = answer.request().method() + " " + answer.uri() + ": " + answer.body();
    assertThat(answer.statusCode()).as(what).isEqualTo(code);
    assertThat(document.flawsOfRefusal(answer.body())).as(what).isEmpty();
  }

  /** The tag of a list, and that of an object, guard what is based on them. */
  @Test
  void refusesChangesThatSomebodyElseWasFasterThan() throws Exception {
    server.serve(SampleOverlane.anew());
    String list = send("/v1/networks", "GET").headers().firstValue("ETag").get();
    assertThat(post("/v1/networks", list, GREEN).statusCode()).isEqualTo(201);
    refusal(412, post("/v1/networks", list, GREEN.replace("green", "grey")));
    String model = send("/v1/model", "GET").headers().firstValue("ETag").get();
    assertThat(post("/v1/model", model, "{}").statusCode()).isEqualTo(200);
    assertThat(post("/v1/endpoints", "*", "[]").statusCode()).isEqualTo(201);
    assertThat(
            post("/v1/model", model, "{\"networks\": [" + GREEN.replace("3", "4") + "]}")
                .statusCode())
        .isEqualTo(200);
    refusal(412, post("/v1/model", model, "{}"));
    assertThat(send("/v1/networks?limit=1", "GET").headers().firstValue("ETag")).isEmpty();
  }

  private HttpResponse<String> post(String path, String tag, String body) throws Exception {
    return server.send(
        server
            .request(path)
            .header("If-Match", tag)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body))
            .build());
  }

  /** Every object once, whatever the size of the pages. */
  @Test
  void pagesAreWhole() throws Exception {
    server.serve(SampleOverlane.anew());
    JsonNode all = JSON.readTree(send("/v1/endpoints", "GET").body()).path("endpoints");
    for (int size = 1; size <= all.size() + 1; size++) {
      ArrayNode joined = JSON.createArrayNode();
      String after = "";
      do {
        JsonNode page =
            JSON.readTree(
                send("/v1/endpoints?limit=" + size + "&after=" + OpenApi.encode(after), "GET")
                    .body());
        joined.addAll((ArrayNode) page.path("endpoints"));
        assertThat(page.path("endpoints").size()).isBetween(1, size);
        after = page.path("next").asText();
      } while (!after.isEmpty());
      assertThat(joined).isEqualTo(all);
    }
  }

  /** What came back. */
  private static final class Answer {
    private final OpenApi.Operation operation;
    private final HttpResponse<String> response;

    Answer(OpenApi.Operation operation, HttpResponse<String> response) {
      this.operation = operation;
      this.response = response;
    }

    /** This status, or this kind of status. */
    void expect(int status, String what) {
      String shown = what.length() > 100 ? what.substring(0, 100) : what;
      assertThat(status < 10 ? response.statusCode() / 100 : response.statusCode())
          .as("%s, %s: %s", operation, shown, response.body())
          .isEqualTo(status);
    }
  }
}
