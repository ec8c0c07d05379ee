/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.controller;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.Closeable;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Requests of somebody who wants to do harm, with the right password or without. None is answered
 * with a failure of the server (5xx), and none changes anything.
 */
final class HostileRequests implements AutoCloseable {
  private static final String ROOT = "/onos/overlane/v1";
  private static final String CLOSE = "Connection: close";
  private static final String JSON = "Content-Type: application/json";

  /** More than 32 MiB take some time: so many at most. */
  private static final int HUGE = 4;

  private static final String[] PATHS = {
    "/networks/..%2f..%2fmodel",
    "/networks/%2e%2e/%2e%2e/%2e%2e/%2e%2e/etc/passwd",
    "/networks/../../../../etc/passwd",
    "/networks/a%00b",
    "/networks/%zz",
    "/networks/%",
    "/networks/%c0%ae%c0%ae%c0%af",
    "/networks/%ff%fe",
    "/networks/a%0d%0aSet-Cookie:%20x",
    "/endpoints/..%2f..%2f..%2fmodel",
    "/endpoints//////",
    "/endpoints/;a=b;c",
    "/status/%20",
    "/status/of:%20",
    "/flows/%09",
    "/counters/..%5c..%5c",
    "/provisioning/%20",
    "/drops?device=%20%00",
    "/mtu?network=%20&what-if==",
    "/mtu?what-if=%zz",
    "/trace?from=%00&to=%ff",
    "/trace?size=99999999999999999999",
    "/explain?entry=" + "(".repeat(3000),
    "/explain?cookie=-0x",
    "/tunnels?limit=99999999999999999999",
    "/networks?limit=1%00",
    "/endpoints?mac=" + "0".repeat(4000),
    "/model?" + "a=1&".repeat(1500),
    "/openapi.json/../../../WEB-INF/web.xml",
    "/%2e%2e/WEB-INF/web.xml",
  };

  private static final String[] BODIES = {
    "",
    "null",
    "[]]",
    "{\"id\": \"hostile\", \"vni\": \"1\"}",
    "{\"id\": \"hostile\", \"vni\": 1e400}",
    "{\"id\": \"hostile\", \"vni\": 99999999999999999999999}",
    "{\"id\": [\"hostile\"], \"vni\": {}}",
    "{\"id\": \"hostile\\u0000\", \"vni\": 9}",
    "{\"id\": \"../hostile\", \"vni\": 9}",
    "{\"id\": \"hostile\", \"vni\": 9, \"vni\": 10}",
    "{\"id\": \"hostile\", \"vni\": 9, \"__proto__\": {}}",
    "{\"id\": \"hostile\", \"vni\": 9",
    "[".repeat(20_000),
    "{\"a\":".repeat(20_000),
    "{\"id\": \"" + "h".repeat(100_000) + "\", \"vni\": 9}",
    "[" + "{\"id\": \"hostile\", \"vni\": 0},".repeat(2_000) + "0]",
    "\uFEFF\uFEFF{}",
  };

  private final RestClient client;
  private final AtomicInteger huge = new AtomicInteger();
  private final List<Closeable> waiting = new ArrayList<>();

  HostileRequests(RestClient client) {
    this.client = client;
  }

  /** Connections on which nothing more comes, until the end. */
  void keepSomeWaiting() throws IOException {
    for (int i = 0; i < 20; i++) {
      waiting.add(client.begin(("GET " + ROOT + "/model HTTP/1.1\r\nHo").getBytes(UTF_8)));
      String head = client.head("POST " + ROOT + "/networks", JSON, "Content-Length: 1000", "");
      waiting.add(client.begin((head + "{\"id\": \"hostile\"").getBytes(UTF_8)));
    }
  }

  void sendOne(Random random) throws Exception {
    switch (random.nextInt(9)) {
      case 0 -> withoutPassword(random);
      case 1, 2 -> path(PATHS[random.nextInt(PATHS.length)]);
      case 3, 4 -> body(BODIES[random.nextInt(BODIES.length)], random.nextBoolean());
      case 5 -> bytes(random);
      case 6 -> tooLong(random);
      case 7 -> form(random);
      default -> aborted(random);
    }
  }

  private void withoutPassword(Random random) throws Exception {
    // Jetty takes what is no Base64 for a failure of its own, and the error page mends it.
    refused(
        client.send(client.anonymous(ROOT + "/model").header("Authorization", "Basic %%%")), 400);
    String[] wrong = {"Basic b25vczpyb2Nrcw==", "Basic", "Bearer x", "Digest a=\"b\""};
    var request = client.anonymous(ROOT + "/networks/hostile");
    if (random.nextBoolean()) {
      request.header("Authorization", wrong[random.nextInt(wrong.length)]);
    }
    refused(client.send(request), 401);
    request.DELETE();
    assertThat(client.send(request).status()).isEqualTo(401);
  }

  /** What is wrong with a path the server may tell in its own words, or even find something. */
  private void path(String path) throws IOException {
    RestClient.Answer answer =
        client.raw(path, (client.head("GET " + ROOT + path, CLOSE) + "\r\n").getBytes(ISO_8859_1));
    assertThat(answer.status()).as(answer.toString()).isBetween(200, 499);
    assertThat(answer.body()).doesNotContain("root:", "<servlet");
  }

  private void body(String body, boolean several) throws Exception {
    refused(
        several
            ? client.post(ROOT + "/networks", body)
            : client.put(ROOT + "/networks/hostile", body),
        400);
  }

  /** Random bytes after a beginning that is right; no byte order makes UTF-8 of them. */
  private void bytes(Random random) throws Exception {
    byte[] bytes = new byte[1 + random.nextInt(500)];
    random.nextBytes(bytes);
    bytes[0] = (byte) 0xff;
    refused(
        client.send(
            client
                .request(ROOT + "/model?dryRun=false")
                .header("Content-Type", "application/json")
                .PUT(BodyPublishers.ofByteArray(bytes))),
        400);
  }

  private void tooLong(Random random) throws Exception {
    switch (random.nextInt(3)) {
      case 0 -> {
        RestClient.Answer answer =
            client.raw(
                "long path",
                (client.head("GET " + ROOT + "/" + "a".repeat(70_000), CLOSE) + "\r\n")
                    .getBytes(UTF_8));
        assertThat(answer.status()).as(answer.toString()).isIn(0, 414, 431);
      }
      case 1 -> {
        RestClient.Answer answer =
            client.raw(
                "long header",
                (client.head("GET " + ROOT + "/model", "X: " + "a".repeat(70_000), CLOSE) + "\r\n")
                    .getBytes(UTF_8));
        assertThat(answer.status()).as(answer.toString()).isIn(0, 431);
      }
      default -> {
        if (huge.getAndIncrement() < HUGE) {
          byte[] blanks = new byte[32 * 1024 * 1024 + 1];
          java.util.Arrays.fill(blanks, (byte) ' ');
          refused(
              client.send(
                  client
                      .request(ROOT + "/networks")
                      .header("Content-Type", "application/json")
                      .POST(BodyPublishers.ofByteArray(blanks))),
              413);
        }
      }
    }
  }

  /** Methods, media types and parameters that there are not. */
  private void form(Random random) throws Exception {
    var request = client.request(ROOT + "/networks");
    switch (random.nextInt(5)) {
      case 0 -> refused(client.send(request.method("PATCH", BodyPublishers.noBody())), 405);
      case 1 -> refused(client.send(request.method("BREW", BodyPublishers.noBody())), 405);
      case 2 -> refused(client.send(request.header("Accept", "image/png")), 406);
      case 3 ->
          refused(
              client.send(
                  request
                      .header("Content-Type", "application/xml")
                      .POST(BodyPublishers.ofString("<id>hostile</id>"))),
              415);
      default -> refused(client.put(ROOT + "/model?dryrun=true", "{\"networks\": []}"), 400);
    }
  }

  private void aborted(Random random) throws Exception {
    String head = client.head("POST " + ROOT + "/networks", JSON, CLOSE);
    switch (random.nextInt(3)) {
      case 0 ->
          client.begin((head + "Content-Length: 37\r\n\r\n{\"id\": \"hos").getBytes(UTF_8)).close();
      case 1 ->
          client
              .begin((head + "Transfer-Encoding: chunked\r\n\r\n5\r\n{\"id\"\r\n").getBytes(UTF_8))
              .close();
      default -> {
        RestClient.Answer answer =
            client.raw(
                "no chunk",
                (head + "Transfer-Encoding: chunked\r\n\r\nxyz\r\n{}\r\n0\r\n\r\n")
                    .getBytes(UTF_8));
        assertThat(answer.status()).as(answer.toString()).isIn(0, 400);
      }
    }
  }

  private static void refused(RestClient.Answer answer, int status) throws IOException {
    assertThat(answer.status()).as(answer.toString()).isEqualTo(status);
    assertThat(new ObjectMapper().readTree(answer.body()).path("problems"))
        .as(answer.toString())
        .isNotEmpty();
  }

  @Override
  public void close() throws IOException {
    for (Closeable connection : waiting) {
      connection.close();
    }
  }
}
