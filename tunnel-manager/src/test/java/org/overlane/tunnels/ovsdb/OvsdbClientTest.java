/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.tunnels.ovsdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.google.common.collect.ImmutableSetMultimap;
import java.io.IOException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Against servers that behave well, in the ways that versions differ. */
class OvsdbClientTest {
  static final ImmutableSetMultimap<String, String> WANTED =
      ImmutableSetMultimap.<String, String>builder()
          .putAll("Bridge", "name", "ports", "fail_mode", "external_ids", "not_in_this_version")
          .put("NoSuchTable", "name")
          .build();

  static final ClientSettings QUICK =
      ClientSettings.builder()
          .requestTimeout(400)
          .probeInterval(200)
          .firstRetry(10)
          .lastRetry(40)
          .reportInterval(5)
          .maxMessageBytes(100_000)
          .maxRows(100)
          .build();

  private static final String ROW = "6d0f4b1e-0000-4000-8000-000000000001";
  private static final String PORT_A = "[\"uuid\",\"6d0f4b1e-0000-4000-8000-00000000000a\"]";
  private static final String PORT_B = "[\"uuid\",\"6d0f4b1e-0000-4000-8000-00000000000b\"]";
  private static final String INITIAL =
      "{\"Bridge\":{\""
          + ROW
          + "\":{\"initial\":{\"name\":\"br0\",\"ports\":"
          + PORT_A
          + ",\"external_ids\":[\"map\",[[\"a\",\"1\"],[\"b\",\"2\"]]]}}}}";

  private final OvsdbClients clients = new OvsdbClients(QUICK);

  @AfterEach
  void close() {
    clients.close();
  }

  static OvsdbClient open(OvsdbClients clients, FakeServer server) {
    return clients.open(server.address(), "Open_vSwitch", WANTED, changed -> {});
  }

  static void awaitConnected(OvsdbClient client) {
    Await.until(() -> client.state().phase() == ConnectionState.Phase.CONNECTED, client::state);
  }

  private static Row row(OvsdbClient client) {
    return client.database().orElseThrow().rows("Bridge").iterator().next();
  }

  private static void awaitName(OvsdbClient client, String name) {
    Await.until(() -> row(client).text("name").orElse("").equals(name), client::database);
  }

  @Test
  void readsWholeRowsFromAnOldServer() throws IOException {
    String row = "{\"new\":{\"name\":\"br0\",\"fail_mode\":[\"set\",[]],\"ports\":" + PORT_A + "}}";
    FakeServer.Behaviour old =
        c -> {
          c.synchronize("monitor", "{\"Bridge\":{\"" + ROW + "\":" + row + "}}");
          c.write(
              "{\"method\":\"update\",\"id\":null,\"params\":[\"overlane\",{\"Bridge\":{\""
                  + ROW
                  + "\":{\"old\":{\"name\":\"br0\"},\"new\":{\"name\":\"br1\"}}}}]}");
          c.stay();
        };
    try (FakeServer server = new FakeServer(old)) {
      OvsdbClient client = open(clients, server);
      awaitConnected(client);
      awaitName(client, "br1");
      assertThat(row(client).references("ports")).isEmpty();
    }
  }

  @Test
  void appliesDifferencesOfANewerServer() throws IOException {
    FakeServer.Behaviour newer =
        c -> {
          c.synchronize("monitor_cond", INITIAL);
          c.write(
              "{\"method\":\"update2\",\"id\":null,\"params\":[\"overlane\",{\"Bridge\":{\""
                  + ROW
                  + "\":{\"modify\":{\"name\":\"br1\",\"fail_mode\":\"secure\",\"ports\":[\"set\",["
                  + PORT_A
                  + ","
                  + PORT_B
                  + "]],\"external_ids\":[\"map\",[[\"a\",\"1\"],[\"b\",\"3\"],[\"c\",\"4\"]]]}}}}]}");
          c.stay();
        };
    try (FakeServer server = new FakeServer(newer)) {
      OvsdbClient client = open(clients, server);
      awaitConnected(client);
      awaitName(client, "br1");
      assertThat(row(client).text("fail_mode")).contains("secure");
      assertThat(row(client).references("ports").toString()).contains("0b").doesNotContain("0a,");
      assertThat(row(client).references("ports")).hasSize(1);
      assertThat(row(client).map("external_ids")).hasToString("{b=3, c=4}");
    }
  }

  @Test
  void followsInsertAndDeleteOfTheNewestServer() throws IOException {
    String added = "6d0f4b1e-0000-4000-8000-000000000002";
    FakeServer.Behaviour newest =
        c -> {
          c.synchronize("monitor_cond_since", "[false,\"" + ROW + "\"," + INITIAL + "]");
          c.write(
              "{\"method\":\"update3\",\"id\":null,\"params\":[\"overlane\",\"x\",{\"Bridge\":{\""
                  + added
                  + "\":{\"insert\":{\"name\":\"br2\"}}}}]}");
          c.write(
              "{\"method\":\"update3\",\"id\":null,\"params\":[\"overlane\",\"x\",{\"Bridge\":{\""
                  + ROW
                  + "\":{\"delete\":null}}}]}");
          c.stay();
        };
    try (FakeServer server = new FakeServer(newest)) {
      OvsdbClient client = open(clients, server);
      awaitConnected(client);
      awaitName(client, "br2");
      assertThat(client.database().orElseThrow().rows("Bridge")).hasSize(1);
    }
  }

  private static final String FIRST = "11111111-0000-4000-8000-000000000000";
  private static final String SECOND = "22222222-0000-4000-8000-000000000000";
  private static final String NONE = "00000000-0000-0000-0000-000000000000";

  private static String renamed(String name) {
    return "{\"Bridge\":{\"" + ROW + "\":{\"modify\":{\"name\":\"" + name + "\"}}}}";
  }

  private static String update3(String transaction, String updates) {
    return "{\"method\":\"update3\",\"id\":null,\"params\":[\"overlane\",\""
        + transaction
        + "\","
        + updates
        + "]}";
  }

  /** A connection that ends after its database was read and has changed once. */
  private static FakeServer.Behaviour ending(String last) {
    return c -> {
      c.synchronize("monitor_cond_since", "[false,\"" + FIRST + "\"," + INITIAL + "]");
      c.write(last);
      // Until it is here that the update was taken.
      c.write("{\"method\":\"echo\",\"id\":\"e\",\"params\":[]}");
      c.read();
    };
  }

  /** The next connection: what it is asked to begin with, and what it answers. */
  private static FakeServer.Behaviour next(
      BlockingQueue<String> asked, String schema, String answer) {
    return c -> {
      JsonNode request = c.awaitMonitor("monitor_cond_since", schema);
      asked.add(request.at("/params/3").asText());
      c.answer(request, answer);
      c.stay();
    };
  }

  @Test
  void goesOnAfterTheLastTransactionThatItHasSeen() throws Exception {
    BlockingQueue<String> asked = new LinkedBlockingQueue<>();
    try (FakeServer server =
        new FakeServer(
            ending(update3(SECOND, renamed("br1"))),
            next(asked, FakeServer.SCHEMA, "[true,\"" + NONE + "\"," + renamed("br2") + "]"))) {
      OvsdbClient client = open(clients, server);
      assertThat(asked.poll(10, TimeUnit.SECONDS)).isEqualTo(SECOND);
      awaitName(client, "br2");
      assertThat(row(client).map("external_ids")).as("of the first connection").hasSize(2);
    }
  }

  @Test
  void readsAllRowsWhereTheServerDoesNotKnowTheTransaction() throws Exception {
    BlockingQueue<String> asked = new LinkedBlockingQueue<>();
    String other = INITIAL.replace("br0", "br9").replace(ROW, ROW.replace("0001", "0009"));
    try (FakeServer server =
        new FakeServer(
            ending(update3(SECOND, renamed("br1"))),
            next(asked, FakeServer.SCHEMA, "[false,\"" + FIRST + "\"," + other + "]"))) {
      OvsdbClient client = open(clients, server);
      assertThat(asked.poll(10, TimeUnit.SECONDS)).isEqualTo(SECOND);
      awaitName(client, "br9");
      assertThat(client.database().orElseThrow().rows("Bridge")).hasSize(1);
    }
  }

  @Test
  void readsAllRowsAfterTheSchemaHasChanged() throws Exception {
    BlockingQueue<String> asked = new LinkedBlockingQueue<>();
    String newer = FakeServer.SCHEMA.replace("\"fail_mode\"", "\"other\"");
    try (FakeServer server =
        new FakeServer(
            ending(update3(SECOND, renamed("br1"))),
            next(asked, newer, "[false,\"" + FIRST + "\"," + INITIAL + "]"))) {
      open(clients, server);
      assertThat(asked.poll(10, TimeUnit.SECONDS)).isEqualTo(NONE);
    }
  }

  @Test
  void readsAllRowsAfterAnUpdateThatMakesNoSense() throws Exception {
    BlockingQueue<String> asked = new LinkedBlockingQueue<>();
    String nonsense = renamed("br1").replace(ROW, ROW.replace("0001", "0002"));
    try (FakeServer server =
        new FakeServer(
            ending(update3(SECOND, nonsense)),
            next(asked, FakeServer.SCHEMA, "[false,\"" + FIRST + "\"," + INITIAL + "]"))) {
      OvsdbClient client = open(clients, server);
      assertThat(asked.poll(10, TimeUnit.SECONDS)).isEqualTo(NONE);
      assertThat(client.state().lastError().orElse("")).contains("had not sent");
    }
  }

  /**
   * One that claims to know a transaction that it was not asked about gets no difference applied.
   */
  @Test
  void takesNoDifferenceThatItHasNotAskedFor() throws Exception {
    BlockingQueue<String> asked = new LinkedBlockingQueue<>();
    try (FakeServer server =
        new FakeServer(
            next(asked, FakeServer.SCHEMA, "[true,\"" + FIRST + "\"," + renamed("x") + "]"))) {
      OvsdbClient client = open(clients, server);
      Await.until(
          () -> client.state().lastError().orElse("").contains("had not sent"), client::state);
      assertThat(client.database()).isEmpty();
    }
  }

  @Test
  void answersEchoesAndRefusesOtherRequests() throws IOException {
    StringBuilder heard = new StringBuilder();
    FakeServer.Behaviour curious =
        c -> {
          c.synchronize("monitor", "{}");
          c.write("{\"method\":\"echo\",\"id\":\"e\",\"params\":[\"hello\"]}");
          c.write("{\"method\":\"steal\",\"id\":7,\"params\":[]}");
          c.write("{\"method\":\"locked\",\"id\":null,\"params\":[\"x\"]}");
          c.stay(
              answer -> {
                synchronized (heard) {
                  heard.append(answer);
                }
              });
        };
    try (FakeServer server = new FakeServer(curious)) {
      OvsdbClient client = open(clients, server);
      Await.until(
          () -> {
            synchronized (heard) {
              return heard.toString().contains("unknown method");
            }
          },
          heard::toString);
      assertThat(heard.toString()).contains("\"result\":[\"hello\"]");
      assertThat(client.state().phase()).isEqualTo(ConnectionState.Phase.CONNECTED);
      assertThat(server.accepted()).isEqualTo(1);
    }
  }

  @Test
  void transactsWhileConnectedAndSaysWhyNot() throws Exception {
    FakeServer.Behaviour accepting =
        c -> {
          c.synchronize("monitor", "{}");
          c.answer(c.read(), "[{\"count\":1}]");
          c.stay();
        };
    try (FakeServer server = new FakeServer(accepting)) {
      OvsdbClient client = open(clients, server);
      awaitConnected(client);
      assertThat(
              client
                  .transact(JsonNodeFactory.instance.arrayNode())
                  .get(10, TimeUnit.SECONDS)
                  .toString())
          .isEqualTo("[{\"count\":1}]");
      client.close();
      Await.until(() -> client.state().phase() == ConnectionState.Phase.CLOSED, client::state);
      Await.until(
          () -> client.transact(JsonNodeFactory.instance.arrayNode()).isCompletedExceptionally(),
          client::state);
      assertThatThrownBy(
              () -> client.transact(JsonNodeFactory.instance.arrayNode()).get(10, TimeUnit.SECONDS))
          .isInstanceOf(ExecutionException.class)
          .hasMessageContaining("not connected");
    }
  }

  @Test
  void keepsTheLastCopyWhileTheServerIsAway() throws IOException {
    OvsdbClient client;
    try (FakeServer server =
        new FakeServer(
            c -> {
              c.synchronize("monitor_cond", INITIAL);
              c.stay();
            })) {
      client = open(clients, server);
      awaitConnected(client);
    }
    Await.until(() -> client.state().phase() == ConnectionState.Phase.WAITING, client::state);
    Await.until(
        () -> client.state().lastError().orElse("").contains("cannot connect"), client::state);
    assertThat(row(client).text("name")).contains("br0");
  }
}
