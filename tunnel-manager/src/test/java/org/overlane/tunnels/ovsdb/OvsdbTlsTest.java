/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.tunnels.ovsdb;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** TLS as Open vSwitch does it, with certificates on both sides. */
class OvsdbTlsTest {
  private static final ClientSettings QUICK =
      ClientSettings.builder().firstRetry(20).lastRetry(50).connectTimeout(1_000).build();

  private final OvsdbClients clients = new OvsdbClients(QUICK);
  private Certificates hosts;
  private Certificates controllers;

  @BeforeEach
  void certify(@TempDir Path directory) throws Exception {
    hosts = new Certificates(directory.resolve("hosts"));
    controllers = new Certificates(directory.resolve("controllers"));
  }

  @AfterEach
  void close() {
    clients.close();
  }

  /** A database that takes certificates of this authority. */
  private OvsHost start(int port, Certificates trusted) throws Exception {
    Path files = hosts.issue("host", trusted);
    return OvsHost.start(
        List.of(
            "--remote=pssl:" + port + ":127.0.0.1",
            "--private-key=" + files.resolve(TlsFiles.KEY),
            "--certificate=" + files.resolve(TlsFiles.CERTIFICATE),
            "--ca-cert=" + files.resolve(TlsFiles.AUTHORITY)));
  }

  private OvsdbClient open(InetSocketAddress address, Path files) {
    return clients.open(
        address,
        Optional.of(new TlsFiles(files)),
        "Open_vSwitch",
        OvsdbClientTest.WANTED,
        changed -> {});
  }

  private static InetSocketAddress local(int port) {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }

  private static void awaitError(OvsdbClient client, String text) {
    Await.until(() -> client.state().lastError().orElse("").contains(text), client::state);
  }

  @Test
  void bothSidesProveThemselves() throws Exception {
    int port = OvsHost.freePort();
    try (OvsHost host = start(port, controllers)) {
      host.vsctl("--no-wait", "add-br", "br0");
      OvsdbClient client = open(local(port), controllers.issue("controller", hosts));
      OvsdbClientTest.awaitConnected(client);
      Await.until(
          () ->
              client.database().orElseThrow().rows("Bridge").stream()
                  .anyMatch(row -> row.text("name").equals(Optional.of("br0"))),
          client::state);
    }
  }

  @Test
  void aDatabaseOfAnotherAuthorityIsRefused() throws Exception {
    int port = OvsHost.freePort();
    try (OvsHost host = start(port, controllers)) {
      OvsdbClient client = open(local(port), controllers.issue("controller", controllers));
      awaitError(client, "TLS failed");
      assertThat(client.state().lastError().get()).contains("Check that each side");
      assertThat(client.database()).isEmpty();
    }
  }

  @Test
  void aDatabaseThatRefusesOurCertificateIsNamedAsSuch() throws Exception {
    int port = OvsHost.freePort();
    try (OvsHost host = start(port, hosts)) {
      OvsdbClient client = open(local(port), controllers.issue("controller", hosts));
      awaitError(client, "TLS failed");
      assertThat(client.database()).isEmpty();
    }
  }

  @Test
  void filesAreReadWhenTheyAreThereAndNamedWhileTheyAreNot() throws Exception {
    int port = OvsHost.freePort();
    try (OvsHost host = start(port, controllers)) {
      Path files = controllers.issue("controller", hosts);
      Path key = files.resolve(TlsFiles.KEY);
      Path aside = files.resolve("aside");
      Files.move(key, aside);
      OvsdbClient client = open(local(port), files);
      awaitError(client, key + ", which is missing");
      Files.writeString(key, "no key");
      awaitError(client, "PKCS #8");
      Files.delete(key);
      Files.move(aside, key);
      OvsdbClientTest.awaitConnected(client);
    }
  }

  /** Until the other side has had enough: an answer that comes too late would not be read. */
  private static void chatter(FakeServer.Connection connection) throws IOException {
    while (true) {
      connection.write("{\"method\":\"echo\"}");
    }
  }

  @Test
  void aPeerThatDoesNotSpeakTlsIsNamedAsSuch() throws Exception {
    Path files = controllers.issue("controller", hosts);
    try (FakeServer garbage = new FakeServer(OvsdbTlsTest::chatter);
        ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      awaitError(open(garbage.address(), files), "TLS failed: not an SSL/TLS record");
      awaitError(open(local(silent.getLocalPort()), files), "TLS failed: handshake timed out");
    }
  }

  @Test
  void thousandsOfBytesOfGarbageInAHandshakeEndIt() throws IOException, InterruptedException {
    Path files = controllers.issue("controller", hosts);
    byte[] record = new byte[16_000];
    record[0] = 22;
    record[1] = 3;
    record[2] = 3;
    record[3] = 0x3e;
    try (FakeServer server = new FakeServer(c -> c.write(record))) {
      awaitError(open(server.address(), files), "TLS failed");
    }
  }
}
