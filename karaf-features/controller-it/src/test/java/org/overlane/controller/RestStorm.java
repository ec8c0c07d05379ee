/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.controller;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Requests from several threads that contradict each other, and hostile ones among them. Whoever
 * was told that something was done must find it done: nothing may be lost, and of a bulk nothing
 * may be seen in part.
 */
final class RestStorm {
  private static final int THREADS = 8;
  private static final int NETWORKS = 12;
  private static final int ENDPOINTS = 24;
  private static final int BULK = 10;

  /** How many requests try to create the same bulk. */
  private static final int RIVALS = 4;

  private static final String NETWORK = "/onos/overlane/v1/networks";
  private static final String ENDPOINT = "/onos/overlane/v1/endpoints";
  private static final String COUNTER = NETWORK + "/counter";
  private static final ObjectMapper JSON = new ObjectMapper();

  /** What was acknowledged for an object: its new value, or that there is none any more. */
  private record Done(Optional<Integer> value, long begin, long end) {}

  private final RestClient client;
  private final int requests;
  private final HostileRequests hostile;
  private final Map<String, Queue<Done>> ledger = new ConcurrentHashMap<>();
  private final Map<Integer, Integer> bulks = new ConcurrentHashMap<>();
  private final AtomicInteger values = new AtomicInteger(10_000);
  private final AtomicInteger bulk = new AtomicInteger();
  private final AtomicInteger counted = new AtomicInteger();

  /** Sends so many requests more. */
  RestStorm(RestClient client, int requests) {
    this.client = client;
    this.requests = client.sent() + requests;
    this.hostile = new HostileRequests(client);
  }

  /**
   * Empties the model, sends all of them and asserts what comes back; then that what is there
   * follows from it.
   */
  void run() throws Exception {
    expect(client.put("/onos/overlane/v1/model", "{}"), 200);
    expect(client.put(COUNTER, network("counter", 1)), 201);
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try (hostile) {
      hostile.keepSomeWaiting();
      List<Callable<Void>> work =
          IntStream.range(0, THREADS).<Callable<Void>>mapToObj(i -> () -> work(i)).toList();
      for (Future<Void> one : threads.invokeAll(work)) {
        one.get();
      }
    } finally {
      threads.shutdownNow();
    }
    checkWhatIsThere();
  }

  private Void work(int thread) throws Exception {
    Random random = new Random(thread);
    while (client.sent() < requests) {
      switch (random.nextInt(20)) {
        case 0, 1, 2, 3, 4, 5 -> changeNetwork(random);
        case 6, 7, 8, 9 -> changeEndpoint(random);
        case 10, 11, 12 -> count();
        case 13 -> createBulk(random);
        case 14 -> look();
        default -> hostile.sendOne(random);
      }
    }
    return null;
  }

  private void changeNetwork(Random random) throws Exception {
    String key = NETWORK + "/n" + random.nextInt(NETWORKS);
    String id = key.substring(key.lastIndexOf('/') + 1);
    int value = values.getAndIncrement();
    long begin = System.nanoTime();
    RestClient.Answer answer;
    switch (random.nextInt(4)) {
      case 0 -> answer = expect(client.delete(key), 204, 404, 409);
      case 1 -> answer = expect(client.post(NETWORK, network(id, value)), 201, 409);
      case 2 -> {
        Optional<String> tag = expect(client.get(key), 200, 404).tag();
        begin = System.nanoTime();
        answer = expect(client.put(key, network(id, value), tag.orElse("\"none\"")), 200, 412);
      }
      default -> answer = expect(client.put(key, network(id, value)), 200, 201);
    }
    note(key, answer, value, begin);
  }

  private void changeEndpoint(Random random) throws Exception {
    String key = ENDPOINT + "/e" + random.nextInt(ENDPOINTS);
    String id = key.substring(key.lastIndexOf('/') + 1);
    int value = values.getAndIncrement();
    String body = endpoint(id, random.nextInt(NETWORKS), value);
    long begin = System.nanoTime();
    // 409: the network is not there, or the endpoint is there already.
    RestClient.Answer answer =
        switch (random.nextInt(4)) {
          case 0 -> expect(client.delete(key), 204, 404);
          case 1 -> expect(client.post(ENDPOINT, body), 201, 409);
          default -> expect(client.put(key, body), 200, 201, 409);
        };
    note(key, answer, value, begin);
  }

  private void note(String key, RestClient.Answer answer, int value, long begin) {
    if (answer.status() < 300) {
      Optional<Integer> now = answer.status() == 204 ? Optional.empty() : Optional.of(value);
      ledger
          .computeIfAbsent(key, k -> new ConcurrentLinkedQueue<>())
          .add(new Done(now, begin, System.nanoTime()));
    }
  }

  /** Ten networks at once; several threads try the same ten, and some have a flaw at the end. */
  private void createBulk(Random random) throws Exception {
    int number = bulk.getAndIncrement() / RIVALS;
    int first = values.getAndAdd(BULK);
    List<String> members =
        IntStream.range(0, BULK)
            .mapToObj(i -> network("b" + number + "-" + i, first + i))
            .collect(Collectors.toList());
    switch (random.nextInt(6)) {
      case 0 -> {
        members.add(network("counter", first));
        expect(client.post(NETWORK, members.toString()), 409);
      }
      case 1 -> {
        members.add(network("hostile", 0));
        expect(client.post(NETWORK, members.toString()), 400);
      }
      default -> {
        if (expect(client.post(NETWORK, members.toString()), 201, 409).status() == 201) {
          assertThat(bulks.put(number, first)).as("bulk %s, created twice", number).isNull();
        }
      }
    }
  }

  /** Adds one, unless somebody else was faster. */
  private void count() throws Exception {
    RestClient.Answer before = expect(client.get(COUNTER), 200);
    int next = JSON.readTree(before.body()).get("vni").asInt() + 1;
    if (expect(client.put(COUNTER, network("counter", next), before.tag().get()), 200, 412).status()
        == 200) {
      counted.incrementAndGet();
    }
  }

  /** A list is one state: of each bulk it has all or nothing. */
  private void look() throws Exception {
    Map<String, Integer> members = new HashMap<>();
    for (JsonNode network :
        JSON.readTree(expect(client.get(NETWORK), 200).body()).get("networks")) {
      String id = network.get("id").asText();
      if (id.startsWith("b")) {
        members.merge(id.substring(0, id.indexOf('-')), 1, Integer::sum);
      }
    }
    assertThat(members.values()).allMatch(size -> size == BULK);
  }

  private void checkWhatIsThere() throws Exception {
    Map<String, Integer> there = new TreeMap<>();
    JsonNode model = JSON.readTree(expect(client.get("/onos/overlane/v1/model"), 200).body());
    model.get("networks").forEach(n -> there.put(NETWORK + "/" + name(n), n.get("vni").asInt()));
    model.get("endpoints").forEach(e -> there.put(ENDPOINT + "/" + name(e), e.get("port").asInt()));
    for (JsonNode endpoint : model.get("endpoints")) {
      assertThat(there).containsKey(NETWORK + "/" + endpoint.get("network").asText());
    }
    assertThat(there.remove(COUNTER)).as("no update is lost").isEqualTo(1 + counted.get());
    bulks.forEach(
        (number, first) -> {
          for (int i = 0; i < BULK; i++) {
            assertThat(there.remove(NETWORK + "/b" + number + "-" + i)).isEqualTo(first + i);
          }
        });
    ledger.forEach(
        (key, done) -> {
          Optional<Integer> now = Optional.ofNullable(there.remove(key));
          assertThat(done.stream().filter(d -> mayBeLast(d, done)).map(Done::value))
              .as("what was acknowledged last for %s", key)
              .contains(now);
        });
    assertThat(there).as("what nobody has created").isEmpty();
    assertThat(counted.get()).isPositive();
    assertThat(bulks).isNotEmpty();
  }

  /** Whether no other request began after this one was answered. */
  private static boolean mayBeLast(Done one, Iterable<Done> all) {
    for (Done other : all) {
      if (other.begin() > one.end()) {
        return false;
      }
    }
    return true;
  }

  private static RestClient.Answer expect(RestClient.Answer answer, Integer... statuses)
      throws IOException {
    assertThat(answer.status()).as(answer.toString()).isIn((Object[]) statuses);
    if (answer.status() >= 400) {
      JsonNode refusal = JSON.readTree(answer.body());
      assertThat(refusal.get("code").asInt()).as(answer.toString()).isEqualTo(answer.status());
      assertThat(refusal.get("problems")).as(answer.toString()).isNotEmpty();
    }
    return answer;
  }

  private static String name(JsonNode object) {
    return object.get("id").asText();
  }

  private static String network(String id, int vni) {
    return String.format("{\"id\": \"%s\", \"vni\": %d}", id, vni);
  }

  private static String endpoint(String id, int network, int port) {
    return String.format(
        "{\"id\": \"%s\", \"network\": \"n%d\", \"mac\": \"02:00:00:00:01:%02x\","
            + " \"device\": \"of:00000000000000d1\", \"port\": %d}",
        id, network, Integer.parseInt(id.substring(1)), port);
  }
}
