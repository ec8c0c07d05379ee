/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;

class ExplainCommandTest {
  private static final String LARGE = Run.example("large-packets.json");
  private static final String HV1 = "of:0000000000000001";
  private static final String MISS =
      "cookie=0x1ed04fdb287, duration=3.1s, table=52, n_packets=0, n_bytes=0, priority=0"
          + " actions=drop";

  @Test
  void explainsACookieWithoutAModel() {
    Run run = Run.of("explain", "0x31268c07136");
    assertThat(run.status()).isZero();
    assertThat(run.out())
        .isEqualTo(
            String.join(
                "\n",
                "VXLAN receive (cookie 0x31268c07136)",
                "  For      Delivers packets for a VTEP address to the tunnel endpoint, whole or in"
                    + " fragments.",
                "  Read     docs/pipeline.md#vxlan-receive",
                ""));
  }

  @Test
  void comparesWithTheModel() {
    Run run = Run.of("explain", "--model", LARGE, "--node", HV1, MISS);
    assertThat(run.out())
        .contains("Table miss")
        .contains("Entry    table 52 Encapsulate, priority 0: any packet -> drop")
        .contains("Cause    the pipeline itself")
        .contains("Model    wants it so");
  }

  /** What a shell makes of a line without quotes. */
  @Test
  void putsALineTogetherAgain() {
    Run run = Run.of(("explain " + MISS + " 0x31268c07136").split(" "));
    assertThat(run.status()).as(run.err()).isZero();
    assertThat(run.out()).contains("Table miss").contains("VXLAN receive").contains("-> drop");
  }

  /** All that compile prints is as the model wants it. */
  @Test
  void explainsAWholeDump() throws Exception {
    String dump = Run.of("compile", "--model", LARGE, "--node", HV1).out();
    Run same = Run.withInput(dump, "explain", "--model", LARGE, "--node", HV1);
    assertThat(same.out()).endsWith("\n49 entries: 49 same\n");

    String changed =
        dump.replaceFirst("(?m)^(.*priority=400,in_port=LOCAL.*actions=).*$", "$1drop")
            .replaceFirst("(?m)^.*priority=310,udp.*\n", "");
    Run run = Run.withInput(changed, "explain", "--model", LARGE, "--node", HV1);
    assertThat(run.out())
        .contains("Differs  it does drop, the model wants output:1")
        .contains("48 entries: 47 same, 1 differs, 1 wanted but missing")
        .contains("missing: cookie=0x31268c07136, table=0, priority=310,udp");

    Run json = Run.withInput(changed, "explain", "-m", LARGE, "-n", HV1, "--json");
    JsonNode tree = json.json();
    assertThat(tree.path("entries")).hasSize(48);
    assertThat(tree.path("missing")).hasSize(1);
    assertThat(tree.at("/entries/0/packetClass").asText()).isEqualTo("management-bypass");
    assertThat(tree.at("/entries/0/comparison").asText()).isEqualTo("differs");
  }

  @Test
  void refusesWhatItCannotUse() {
    assertThat(Run.of("explain", "hello").err()).startsWith("overlane: neither a cookie");
    assertThat(Run.of("explain", "hello").status()).isEqualTo(2);
    assertThat(Run.of("explain", "--model", LARGE, MISS).err())
        .isEqualTo("overlane: give --model and --node together, or neither\n");
    assertThat(Run.of("explain", "--node", HV1, MISS).status()).isEqualTo(2);
    assertThat(Run.of("explain", "--model", LARGE, "--node", "of:9", MISS).err())
        .contains("has no device 'of:9'; its devices: " + HV1);
    assertThat(Run.withInput("{}", "explain", "--model", "-", "--node", HV1).err())
        .contains("standard input cannot be both");
    assertThat(Run.withInput("nonsense\n", "explain").status()).isEqualTo(2);
    assertThat(Run.withInput("", "explain").out()).isEqualTo("0 entries\n");
  }
}
