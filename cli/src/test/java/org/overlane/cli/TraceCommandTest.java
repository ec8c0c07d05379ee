/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.common.collect.Iterables;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.overlane.tracing.TraceOption;
import picocli.CommandLine.Option;

class TraceCommandTest {
  private static final String LARGE = Run.example("large-packets.json");
  private static final String HV1 = "of:0000000000000001";

  private static JsonNode json(Run run) throws Exception {
    assertThat(run.status()).as(run.err()).isZero();
    return run.json();
  }

  private static Run trace(String... options) {
    List<String> all = new ArrayList<>(List.of("trace", "--model", LARGE));
    all.addAll(List.of(options));
    return Run.of(all.toArray(String[]::new));
  }

  @Test
  void offersEveryOptionOfAQuestion() {
    Map<String, Class<?>> offered = new HashMap<>();
    for (Field field : TraceCommand.class.getDeclaredFields()) {
      if (field.isAnnotationPresent(Option.class)) {
        offered.put(field.getAnnotation(Option.class).names()[0], field.getType());
      }
    }
    for (TraceOption option : TraceOption.values()) {
      assertThat(offered)
          .containsEntry("--" + option.text(), option.isFlag() ? boolean.class : String.class);
    }
  }

  @Test
  void concludesInTheFirstLine() {
    Run run = trace("--from", "vm1", "--to", "vm3", "--tcp", "--size", "1501", "--df");
    assertThat(run.err()).isEmpty();
    assertThat(run.out().lines().findFirst())
        .contains(
            "Dropped, since its 1501 bytes do not fit, and vm1 is told that 1450 do (ICMP type 3"
                + " code 4 from 10.0.0.1).");
  }

  @Test
  void printsJson() throws Exception {
    JsonNode answered =
        json(trace("--from", "vm1", "--to", "vm3", "--tcp", "--size", "1501", "--df", "--json"));
    assertThat(answered.path("results")).hasSize(1);
    assertThat(answered.at("/results/0").asText()).isEqualTo("answered");
    assertThat(answered.at("/limit/mtu").asInt()).isEqualTo(1450);
    assertThat(answered.at("/steps/1/answer/mtu").asInt()).isEqualTo(1450);
    assertThat(answered.at("/steps/0/entries/0/documentation").asText())
        .isEqualTo("docs/pipeline.md#vm-ingress");
    assertThat(answered.at("/steps/0/entries/0/source").asText()).isEqualTo("endpoint vm1");

    JsonNode delivered =
        json(trace("--from", "vm2", "--to", "vm3", "--udp", "--size", "1486", "--json"));
    List<String> steps = new ArrayList<>();
    delivered.path("steps").forEach(s -> steps.add(s.path("step").asText()));
    assertThat(steps)
        .containsExactly(
            "switch",
            "controller",
            "packet-out",
            "encapsulated",
            "switch",
            "fragmented",
            "switch",
            "reassembled",
            "decapsulated",
            "switch",
            "end");
    assertThat(delivered.at("/steps/3/packets/0").asInt()).isEqualTo(1536);
    assertThat(delivered.at("/steps/5/after").toString()).isEqualTo("[1500,56]");
    JsonNode end = Iterables.getLast(delivered.path("steps"));
    assertThat(end.at("/endpoints/0").asText()).isEqualTo("vm3");
    assertThat(end.path("kind").asText()).isEqualTo("delivered");
  }

  @Test
  void namesEveryProblemWithItsOption() {
    Run run = trace("--from", "vn1", "--to", "vm9");
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err().lines())
        .hasSize(2)
        .anyMatch(l -> l.startsWith("overlane: --from (\"vn1\"): ") && l.contains("(vm1, vm2"))
        .anyMatch(l -> l.startsWith("overlane: --to (\"vm9\"): "));
    assertThat(trace("--from", "vm1", "--to", "vm3", "--size", "x").err())
        .isEqualTo(
            "overlane: --size (\"x\"): must be a number from 28 to 65535. Give such a number\n");
    assertThat(trace("--from", "vm1", "--to", "vm3", "--colour", "red").status()).isEqualTo(2);
    Run missing = Run.of("trace", "-m", "/nowhere", "--from", "vm1");
    assertThat(missing.status()).isEqualTo(2);
    assertThat(missing.err()).contains("there is no file /nowhere");
    Run broken = Run.withInput("{", "trace", "-m", "-", "--from", "vm1");
    assertThat(broken.status()).isEqualTo(1);
  }

  @Test
  void tellsAStrangerFromAnEndpoint() {
    assertThat(trace("--from", "vm1", "--to", "router1").out())
        .startsWith("Dropped at " + HV1 + " by Unknown destination")
        .contains("not the sender's network");
    assertThat(trace("--from", "vm1", "--to", "vm3", "--src-mac", "02:99:00:00:00:01").out())
        .startsWith("Dropped at " + HV1 + " by Table miss");
  }

  /** 60 steps or so are enough for one look. */
  @Test
  void shortensWhatIsLong() throws Exception {
    StringBuilder devices = new StringBuilder();
    StringBuilder endpoints = new StringBuilder();
    for (int i = 1; i <= 12; i++) {
      devices.append(
          String.format(
              "%s\"of:%016x\": {\"overlane\": {\"vteps\": [\"192.0.2.%d\"],"
                  + " \"uplinks\": [{\"port\": 1, \"management\": {\"port\": \"LOCAL\","
                  + " \"mac\": \"02:0a:00:00:00:%02x\"}}],"
                  + " \"tunnel\": {\"mode\": \"native\", \"port\": 10}}}",
              i > 1 ? "," : "", i, i, i));
      endpoints.append(
          String.format(
              "%s{\"id\": \"vm%d\", \"network\": \"blue\", \"mac\": \"02:00:00:00:01:%02x\","
                  + " \"device\": \"of:%016x\", \"port\": 11}",
              i > 1 ? "," : "", i, i, i));
    }
    Path file = Files.createTempFile("model", ".json");
    Files.writeString(
        file,
        "{\"devices\": {"
            + devices
            + "}, \"networks\": [{\"id\": \"blue\", \"vni\": 100}], \"endpoints\": ["
            + endpoints
            + "]}");
    Run run = Run.of("trace", "-m", file.toString(), "--from", "vm1", "--multicast");
    Run verbose = Run.of("trace", "-m", file.toString(), "--from", "vm1", "--multicast", "-v");
    Files.delete(file);
    assertThat(run.out()).startsWith("Delivered to vm2, vm3, vm4, vm5, vm6 and 6 more.");
    assertThat(run.out()).contains("... and 8 more steps; --verbose shows them");
    assertThat(verbose.out()).doesNotContain("more steps").contains("delivered to vm9");
  }
}
