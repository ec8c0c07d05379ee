/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.tunnels.ovsdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.google.common.collect.ImmutableSetMultimap;
import java.io.IOException;
import java.util.concurrent.ExecutionException;
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
