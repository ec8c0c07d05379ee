/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.tunnels.ovsdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.overlane.tunnels.ovsdb.OvsdbClientTest.QUICK;
import static org.overlane.tunnels.ovsdb.OvsdbClientTest.awaitConnected;
import static org.overlane.tunnels.ovsdb.OvsdbClientTest.open;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever a server does, the client says what was wrong, and is connected as soon as the server
 * behaves.
 */
class HostileServerTest {
  private static final FakeServer.Behaviour GOOD =
      c -> {
        c.synchronize("monitor", "{}");
        c.stay();
      };

  private final OvsdbClients clients = new OvsdbClients(QUICK);

  @AfterEach
  void close() {
    clients.close();
  }

  static Stream<Arguments> misbehaviours() {
    return Stream.of(
        of("it closed the connection", c -> {}),
        of("no answer to list_dbs within 400 ms", FakeServer.Connection::stay),
        of("does not speak OVSDB", c -> write(c, "HTTP/1.1 400 Bad Request\r\n\r\n")),
        of("does not speak OVSDB", c -> c.write(new byte[] {0x16, 3, 1, 2, 0})),
        of("more than 100000 bytes", HostileServerTest::endless),
        of("more than 32 levels", c -> write(c, "{\"a\":" + "[".repeat(200))),
        of("more than 64 digits", c -> write(c, "{\"a\":" + "1".repeat(200))),
        of("no JSON", c -> write(c, "{\"a\":nul}")),
        of("no JSON", c -> write(c, "{]")),
        of("an answer to nothing", c -> write(c, "{\"id\":77,\"result\":[]}")),
        of("an answer to nothing", c -> write(c, "{}")),
        of("an answer to nothing", c -> write(c, "{\"id\":1e400,\"result\":[]}")),
        of("an echo of", c -> write(c, echo("x".repeat(9000)))),
        of("nobody asked for", c -> write(c, update("update2", "{}"))),
        of("no answer to list_dbs", c -> trickle(c)),
        of("refused list_dbs: go away", c -> refuse(c, "\"go\\u0000away\"")),
        of("refused list_dbs: a: b", c -> refuse(c, "{\"error\":\"a\",\"details\":\"b\"}")),
        of("no database Open_vSwitch, only: [\"vtep\"]", c -> first(c, "[\"vtep\"]")),
        of("no database Open_vSwitch", c -> first(c, "17")),
        of("no database Open_vSwitch", c -> write(c, "{\"id\":0}")),
        of("a schema without tables", c -> schema(c, "{\"tables\":[]}")),
        of("a schema without tables", c -> schema(c, "null")),
        of("an update that is no object", c -> monitor(c, "[]")),
        of("an update that is no object", c -> monitor(c, "{\"Bridge\":3}")),
        of("no UUID: x", c -> monitor(c, "{\"Bridge\":{\"x\":{\"new\":{}}}}")),
        of("a row update that is none", c -> monitor(c, row("{}"))),
        of("no atom", c -> monitor(c, row("{\"new\":{\"name\":{}}}"))),
        of("no atom", c -> monitor(c, row("{\"new\":{\"name\":null}}"))),
        of("no atom", c -> monitor(c, row("{\"new\":{\"name\":99999999999999999999}}"))),
        of("no pair", c -> monitor(c, row("{\"new\":{\"name\":[\"map\",[[1]]]}}"))),
        of("which it had not sent", c -> later(c, row("{\"modify\":{\"name\":\"x\"}}"))),
        of("its database is too large", HostileServerTest::growing),
        of("no answer to echo within 400 ms", HostileServerTest::halfOpen),
        of("no answer to", HostileServerTest::neverReads));
  }

  private static Arguments of(String reason, FakeServer.Behaviour behaviour) {
    return Arguments.of(reason, behaviour);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("misbehaviours")
  void saysWhatIsWrongAndTriesAgain(String reason, FakeServer.Behaviour behaviour)
      throws IOException {
    try (FakeServer server = new FakeServer(behaviour, behaviour, GOOD)) {
      OvsdbClient client = open(clients, server);
      Await.until(() -> server.accepted() == 3, client::state);
      awaitConnected(client);
      assertThat(client.state().lastError().orElse("")).contains(reason);
    }
  }

  private static void write(FakeServer.Connection c, String text) throws IOException {
    c.write(text);
    c.stay();
  }

  private static void refuse(FakeServer.Connection c, String error) throws IOException {
    c.refuse(c.read(), error);
    c.stay();
  }

  private static void first(FakeServer.Connection c, String databases) throws IOException {
    c.answer(c.read(), databases);
    c.stay();
  }

  private static void schema(FakeServer.Connection c, String schema) throws IOException {
    c.answer(c.read(), "[\"Open_vSwitch\"]");
    c.answer(c.read(), schema);
    c.stay();
  }

  private static void monitor(FakeServer.Connection c, String result) throws IOException {
    c.synchronize("monitor", result);
    c.stay();
  }

  private static void later(FakeServer.Connection c, String updates) throws IOException {
    c.synchronize("monitor_cond", "{}");
    c.write(update("update2", updates));
    c.stay();
  }

  private static String row(String change) {
    return "{\"Bridge\":{\"" + new UUID(1, 1) + "\":" + change + "}}";
  }

  private static String update(String method, String updates) {
    return "{\"method\":\"" + method + "\",\"id\":null,\"params\":[\"overlane\"," + updates + "]}";
  }

  private static String echo(String text) {
    return "{\"method\":\"echo\",\"id\":1,\"params\":[\"" + text + "\"]}";
  }

  private static void endless(FakeServer.Connection c) throws IOException {
    c.write("{\"a\":\"");
    while (true) {
      c.write("x".repeat(10_000));
    }
  }

  private static void trickle(FakeServer.Connection c) throws IOException {
    c.write("{\"id\":0,\"result\":[\"");
    while (true) {
      c.write("x");
      try {
        Thread.sleep(20);
      } catch (InterruptedException e) {
        throw new IOException(e);
      }
    }
  }

  private static void growing(FakeServer.Connection c) throws IOException {
    c.synchronize("monitor", "{}");
    for (int i = 1; i < 10_000; i++) {
      String row = "{\"new\":{\"name\":\"br" + i + "\"}}";
      c.write(update("update", "{\"Bridge\":{\"" + new UUID(1, i) + "\":" + row + "}}"));
    }
  }

  private static void halfOpen(FakeServer.Connection c) throws IOException {
    c.synchronize("monitor", "{}");
    while (true) {
      c.read();
    }
  }

  /** Asks and asks, and takes no answer. */
  private static void neverReads(FakeServer.Connection c) throws IOException {
    while (true) {
      c.write(echo("x".repeat(4000)));
    }
  }

  @Test
  void survivesMessagesThatWereDamagedOnTheWay() throws IOException {
    Random random = new Random(20);
    FakeServer.Behaviour[] behaviours =
        IntStream.range(0, 60)
            .<FakeServer.Behaviour>mapToObj(i -> c -> damaged(c, random))
            .toArray(FakeServer.Behaviour[]::new);
    behaviours[59] = GOOD;
    try (FakeServer server = new FakeServer(behaviours)) {
      OvsdbClient client = open(clients, server);
      Await.until(() -> server.accepted() == 60, client::state);
      awaitConnected(client);
    }
  }

  /** A good start with some bytes of it changed, and then the end. */
  private static void damaged(FakeServer.Connection c, Random random) throws IOException {
    String rows = row("{\"new\":{\"name\":\"br\",\"ports\":[\"set\",[1,true,[\"uuid\",\"x\"]]]}}");
    byte[] bytes =
        ("{\"id\":0,\"error\":null,\"result\":[\"Open_vSwitch\"]}"
                + "{\"id\":1,\"error\":null,\"result\":"
                + FakeServer.SCHEMA
                + "}{\"id\":2,\"error\":null,\"result\":[false,\"x\","
                + rows
                + "]}"
                + update("update2", rows))
            .getBytes(StandardCharsets.UTF_8);
    for (int i = random.nextInt(12); i >= 0; i--) {
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
    }
    c.read();
    c.write(bytes);
  }
}
