/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class VerifyCommandTest {
  private static final String MODEL = Run.example("large-packets.json");
  private static final String HV1 = "of:0000000000000001";

  @TempDir private Path folder;

  @ParameterizedTest
  @MethodSource("org.overlane.cli.ExamplesTest#files")
  void provesEveryExample(Path example) {
    Run run = Run.of("verify", "--model", example.toString());

    assertThat(run.status()).as(run.out()).isZero();
    assertThat(run.out()).startsWith("proven: ").contains(" invariants, ").hasLineCount(1);
  }

  /** Tables as compile writes them, with something changed in those of the first device. */
  private void compiledWith(String from, String to) throws IOException {
    assertThat(Run.of("compile", "--model", MODEL, "--output", folder.toString()).status())
        .isZero();
    Path flows = folder.resolve("of-0000000000000001.flows");
    String text = Files.readString(flows);
    assertThat(text).contains(from);
    Files.writeString(flows, text.replace(from, to));
  }

  @Test
  void provesTablesThatWereWritten() throws IOException {
    compiledWith("cookie", "cookie");

    Run run = Run.of("verify", "--model", MODEL, "--tables", folder.toString());

    assertThat(run.status()).as(run.out()).isZero();
    assertThat(run.out()).startsWith("proven: 3 switches, ");
  }

  @Test
  void showsWhatIsWrongWithAPacketAndTheEntry() throws IOException {
    compiledWith("check_pkt_larger(1464)", "check_pkt_larger(1465)");

    Run run = Run.of("verify", "--model", MODEL, "--tables", folder.toString());

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.out())
        .contains("violation: " + HV1 + ": oversize-disposed: ")
        .contains("  Packet: ")
        .contains("1465 bytes fit the limit of 1465")
        .contains("  entry: cookie=")
        .contains("  remedy: Compare the entries")
        .contains("violated: oversize-disposed: ")
        .contains("not proven: 3 switches, ");
  }

  @Test
  void printsJson() throws IOException {
    compiledWith("check_pkt_larger(1464)", "check_pkt_larger(1463)");

    Run run =
        Run.of(
            "verify",
            "-m",
            MODEL,
            "-n",
            HV1,
            "--json",
            "-t",
            folder + "/of-0000000000000001.flows");

    assertThat(run.status()).isEqualTo(1);
    JsonNode json = run.json();
    assertThat(json.get("proven").booleanValue()).isFalse();
    assertThat(json.get("switches").intValue()).isEqualTo(1);
    assertThat(json.get("counts").has("fitting-stays")).isTrue();
    JsonNode violation = json.get("violations").get(0);
    assertThat(violation.get("device").textValue()).isEqualTo(HV1);
    assertThat(violation.get("trace").textValue()).startsWith("Packet: ");
    assertThat(violation.get("entries").get(0).get("entry").textValue()).startsWith("cookie=");
  }

  /** What another switch sends, at both ends. */
  @Test
  void showsAFrameThatGetsLostAtBothEnds() throws IOException {
    compiledWith("table=20, priority=200", "table=21, priority=200");

    Run text = Run.of("verify", "--model", MODEL, "--tables", folder.toString());
    Run json = Run.of("verify", "--model", MODEL, "--tables", folder.toString(), "--json");

    assertThat(text.status()).isEqualTo(1);
    assertThat(text.out())
        .containsPattern(
            "violation: " + HV1 + ": end-to-end: a frame of network \\w+ from endpoint")
        .containsPattern("  sent by of:000000000000000[23]:\n  Packet: from port \\w+, 02:")
        .containsPattern("  arrives at " + HV1 + ":\n  Packet: from port \\w+, out of tunnel ");
    assertThat(json.json().get("counts").has("end-to-end")).isTrue();
    for (JsonNode violation : json.json().get("violations")) {
      boolean endToEnd = violation.get("invariant").textValue().equals("end-to-end");
      assertThat(violation.has("sent")).isEqualTo(endToEnd);
      if (endToEnd) {
        JsonNode sent = violation.get("sent");
        assertThat(sent.get("device").textValue()).isNotEqualTo(HV1);
        assertThat(sent.get("trace").textValue()).startsWith("Packet: ").contains("output to port");
        assertThat(sent.get("entries")).isNotEmpty();
        assertThat(violation.get("trace").textValue()).contains("out of tunnel");
      }
    }
  }

  @Test
  void refusesTablesThatCannotBeMeant() throws IOException {
    assertUsage("has no tables of these devices", "--tables", folder.toString());
    Path flows = folder.resolve("some.flows");
    Files.writeString(flows, "table=0, actions=flood_everything\n");
    assertUsage("is one file, but there are 3 devices", "--tables", flows.toString());
    assertUsage("cannot understand", "--tables", flows.toString(), "--node", HV1);
    assertUsage("cannot read", "--tables", folder.resolve("none").toString(), "--node", HV1);
    assertUsage("has no device 'of:9'", "--node", "of:9");
  }

  private static void assertUsage(String message, String... args) {
    String[] all =
        Stream.concat(Stream.of("verify", "-m", MODEL), Stream.of(args)).toArray(String[]::new);
    Run run = Run.of(all);
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).contains(message);
    assertThat(run.out()).isEmpty();
  }
}
