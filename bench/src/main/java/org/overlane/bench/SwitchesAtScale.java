/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.overlane.config.ModelDocument;
import org.overlane.config.ModelWriter;

/**
 * Connects many simulated switches to a real controller, after giving it a model of them: how long
 * until all are in sync, what a change of one endpoint takes, and what a reconnection. A whole
 * process: {@code java -cp target/benchmarks.jar org.overlane.bench.SwitchesAtScale HOSTS PORTS
 * GROUP}, where {@code OVERLANE_PASSWORD} is set and the controller's model is empty.
 */
final class SwitchesAtScale implements AutoCloseable {
  private static final long PATIENCE = TimeUnit.MINUTES.toNanos(15);
  private static final String URL = "http://127.0.0.1:8181/onos/overlane/v1/";
  private static final InetSocketAddress OPENFLOW = new InetSocketAddress("127.0.0.1", 6653);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient client = HttpClient.newHttpClient();
  private final String account;
  private final SimulatedSwitches switches;
  private final int hosts;
  private final int ports;
  private final int group;

  private SwitchesAtScale(int hosts, int ports, int group, String password) {
    this.hosts = hosts;
    this.ports = ports;
    this.group = group;
    this.switches = new SimulatedSwitches(hosts, ports + 1);
    this.account =
        Base64.getEncoder().encodeToString(("onos:" + password).getBytes(StandardCharsets.UTF_8));
  }

  private JsonNode request(String method, String path, BodyPublisher body)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(URL + path))
            .header("Authorization", "Basic " + account)
            .header("Content-Type", "application/json")
            .method(method, body)
            .build();
    HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
    if (response.statusCode() / 100 != 2) {
      throw new IOException(method + " " + path + ": " + response.body());
    }
    return response.body().isEmpty() ? JSON.nullNode() : JSON.readTree(response.body());
  }

  private boolean inSync() {
    try {
      JsonNode status = request("GET", "status", BodyPublishers.noBody());
      int synced = 0;
      for (JsonNode one : status.path("switches")) {
        synced += one.path("state").asText().equals("IN_SYNC") ? 1 : 0;
      }
      return synced == hosts;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static void await(BooleanSupplier condition, long pause) throws InterruptedException {
    long deadline = System.nanoTime() + PATIENCE;
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException("not within 15 minutes");
      }
      Thread.sleep(pause);
    }
  }

  private static double secondsSince(long start) {
    return (System.nanoTime() - start) / 1e9;
  }

  private void run() throws IOException, InterruptedException {
    ModelDocument document = Fleets.groups(hosts, group, ports);
    long start = System.nanoTime();
    request("PUT", "model", BodyPublishers.ofString(ModelWriter.write(document)));
    System.out.printf("model of %d endpoints taken: %.1f s%n", hosts * ports, secondsSince(start));
    settle("connected for the first time");
    changeOneEndpoint();
    switches.disconnect();
    await(() -> !inSync(), 500);
    settle("connected again");
  }

  private void settle(String what) throws InterruptedException {
    final long received = switches.received(-1);
    final long sent = switches.sent(-1);
    final long bytes = switches.receivedBytes() + switches.sentBytes();
    final long mods = switches.received(SimulatedSwitch.FLOW_MOD);
    final long meters = switches.received(SimulatedSwitch.METER_MOD);
    long start = System.nanoTime();
    switches.connect(OPENFLOW);
    await(this::inSync, 500);
    System.out.printf(
        "%s: all in sync after %.1f s, last flow-mod after %.1f s; %d entries, %d meters;"
            + " %d flow-mods, %d meter-mods; messages %d received, %d sent, %d MiB%n",
        what,
        secondsSince(start),
        Math.max(0, switches.lastFlowMod() - start) / 1e9,
        switches.entries(),
        switches.meters(),
        switches.received(SimulatedSwitch.FLOW_MOD) - mods,
        switches.received(SimulatedSwitch.METER_MOD) - meters,
        switches.received(-1) - received,
        switches.sent(-1) - sent,
        switches.receivedBytes() + switches.sentBytes() - bytes >> 20);
  }

  /** One more on the first node: how soon the last entry about it is with the switches. */
  private void changeOneEndpoint() throws IOException, InterruptedException {
    String body = ModelWriter.text(ModelWriter.toJson(Fleets.oneMore(0, ports)));
    for (int i = 1; i <= 3; i++) {
      final long before = switches.entries();
      final long mods = switches.received(SimulatedSwitch.FLOW_MOD);
      long start = System.nanoTime();
      request("POST", "endpoints", BodyPublishers.ofString(body));
      // Three at least on its own switch, and one on each other that has the network.
      await(() -> switches.entries() >= before + group - 1 + 3, 1);
      double known = secondsSince(start);
      await(this::inSync, 100);
      System.out.printf(
          "one endpoint added: entries on %d switches after %.0f ms, %d flow-mods%n",
          group, known * 1000, switches.received(SimulatedSwitch.FLOW_MOD) - mods);
      request("DELETE", "endpoints/vm" + ports, BodyPublishers.noBody());
      await(() -> switches.entries() <= before, 1);
      await(this::inSync, 100);
    }
  }

  @Override
  public void close() {
    switches.close();
  }

  public static void main(String[] arguments) throws IOException, InterruptedException {
    int hosts = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 200;
    int ports = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 50;
    int group = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 10;
    String password = System.getenv("OVERLANE_PASSWORD");
    if (password == null) {
      throw new IllegalArgumentException("OVERLANE_PASSWORD must be set to the controller's");
    }
    try (SwitchesAtScale scale = new SwitchesAtScale(hosts, ports, group, password)) {
      scale.run();
    }
  }
}
