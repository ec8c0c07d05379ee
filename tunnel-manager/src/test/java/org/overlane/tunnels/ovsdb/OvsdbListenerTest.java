/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.tunnels.ovsdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers that connect by themselves. */
class OvsdbListenerTest {
  private static final int FEW = 3;
  private static final InetSocketAddress ANY_PORT =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

  private final Set<OvsdbClient> seen = ConcurrentHashMap.newKeySet();
  private final OvsdbClients clients =
      new OvsdbClients(
          ClientSettings.builder()
              .maxPassivePerAddress(FEW)
              .requestTimeout(2_000)
              .connectTimeout(1_000)
              .build());

  @AfterEach
  void close() {
    clients.close();
  }

  private OvsdbListener listen(Optional<TlsFiles> tls) throws OvsdbException {
    return clients.listen(
        ANY_PORT, tls, "Open_vSwitch", OvsdbClientTest.WANTED, client -> seen.add(client));
  }

  private boolean isAnyRead() {
    return seen.stream().anyMatch(client -> client.database().isPresent());
  }

  private boolean isErrorSeen(String text) {
    return seen.stream().anyMatch(c -> c.state().lastError().orElse("").contains(text));
  }

  private String states() {
    return seen.stream().map(OvsdbClient::state).toList().toString();
  }

  @Test
  void aRealDatabaseConnectsAndComesBack() throws Exception {
    OvsdbListener listener = listen(Optional.empty());
    String remote = "--remote=tcp:127.0.0.1:" + listener.address().getPort();
    try (OvsHost host = OvsHost.start(List.of(remote))) {
      host.vsctl("--no-wait", "add-br", "br0");
      Await.until(this::isAnyRead, this::states);
      Await.until(
          () ->
              seen.iterator().next().database().orElseThrow().rows("Bridge").stream()
                  .anyMatch(row -> row.text("name").equals(Optional.of("br0"))),
          this::states);
      host.stopDatabase();
      Await.until(() -> isErrorSeen("closed the connection"), this::states);
      host.startDatabase();
      Await.until(() -> seen.size() == 2, this::states);
    }
  }

  @Test
  void overTlsOnlyThoseWithACertificateGetIn(@TempDir Path directory) throws Exception {
    Certificates hosts = new Certificates(directory.resolve("hosts"));
    Certificates controllers = new Certificates(directory.resolve("controllers"));
    OvsdbListener listener =
        listen(Optional.of(new TlsFiles(controllers.issue("controller", hosts))));
    int port = listener.address().getPort();
    try (OvsHost stranger = startSecure(port, controllers.issue("stranger", controllers));
        Socket plain = new Socket(listener.address().getAddress(), port)) {
      plain.getOutputStream().write("{\"method\":\"echo\"}".getBytes(StandardCharsets.UTF_8));
      Await.until(() -> isErrorSeen("not an SSL/TLS record"), this::states);
      Await.until(() -> seen.size() >= 2 && isErrorSeen("TLS failed"), this::states);
      assertThat(isAnyRead()).isFalse();
    }
    try (OvsHost host = startSecure(port, hosts.issue("host", controllers))) {
      Await.until(this::isAnyRead, this::states);
    }
  }

  private static OvsHost startSecure(int port, Path files) throws Exception {
    return OvsHost.start(
        List.of(
            "--remote=ssl:127.0.0.1:" + port,
            "--private-key=" + files.resolve(TlsFiles.KEY),
            "--certificate=" + files.resolve(TlsFiles.CERTIFICATE),
            "--ca-cert=" + files.resolve(TlsFiles.AUTHORITY)));
  }

  @Test
  void noAddressGetsMoreThanItsShare() throws Exception {
    OvsdbListener listener = listen(Optional.empty());
    List<Socket> sockets = new ArrayList<>();
    try {
      for (int i = 0; i < 4 * FEW; i++) {
        Socket socket = new Socket(listener.address().getAddress(), listener.address().getPort());
        socket.setSoTimeout(10_000);
        sockets.add(socket);
      }
      int heard = 0;
      for (Socket socket : sockets) {
        // Those that are let in are asked something; the others are closed.
        heard += socket.getInputStream().read() >= 0 ? 1 : 0;
      }
      assertThat(heard).isEqualTo(FEW);
    } finally {
      for (Socket socket : sockets) {
        socket.close();
      }
    }
    // Places become free again.
    Await.until(
        () -> {
          try (Socket next =
              new Socket(listener.address().getAddress(), listener.address().getPort())) {
            return next.getInputStream().read() >= 0;
          } catch (IOException e) {
            return false;
          }
        },
        this::states);
  }

  @Test
  void saysWhyItCannotListen() throws Exception {
    OvsdbListener first = listen(Optional.empty());
    assertThatThrownBy(
            () ->
                clients.listen(
                    first.address(),
                    Optional.empty(),
                    "Open_vSwitch",
                    OvsdbClientTest.WANTED,
                    client -> {}))
        .isInstanceOf(OvsdbException.class)
        .hasMessageContaining("cannot listen at");
    assertThatThrownBy(() -> listen(Optional.of(new TlsFiles(Path.of("nowhere")))))
        .hasMessageContaining("key.pem");
  }

  @Test
  void addressesAreThoseOfOpenVSwitch() {
    assertThat(PassiveAddress.parse("ptcp:6640").socketAddress())
        .isEqualTo(new InetSocketAddress(InetAddress.getLoopbackAddress(), 6640));
    assertThat(PassiveAddress.parse("pssl:6640:[2001:db8::1]").isSecure()).isTrue();
    assertThat(PassiveAddress.parse("ptcp:1:192.0.2.1").socketAddress().getHostString())
        .isEqualTo("192.0.2.1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "tcp:6640", "ptcp:", "ptcp:65536", "ptcp:6640:host.example", "pssl:1:[::1"})
  void whatIsNoAddressIsRefused(String text) {
    assertThatThrownBy(() -> PassiveAddress.parse(text))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
