/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.overlane.flowrules.openflow.FlowTables;
import org.overlane.flowrules.text.OfctlFormat;

class CompileCommandTest {
  private static final String BR_INT = "of:0000000000000001";
  private static final String BR_PHY = "of:0000000000000101";
  private static final String SPLIT = Run.example("native-split.json");
  private static final String UPLINKS = Run.example("several-uplinks.json");

  @TempDir private Path folder;

  private String file(String json) throws IOException {
    return Run.modelFile(folder, json);
  }

  @Test
  void printsEntriesThatOvsOfctlTakes() {
    Run run = Run.of("compile", "--model", SPLIT, "--node", BR_PHY);

    assertThat(run.status()).isZero();
    assertThat(run.err()).isEmpty();
    assertThat(run.out()).startsWith("# " + BR_PHY + ": 5 entries, 0 groups\n");
    FlowTables tables = OfctlFormat.parse(run.out(), "");
    assertThat(tables.entries()).hasSize(5);
    assertThat(run.out()).contains("in_port=LOCAL");
  }

  @Test
  void printsAllNodesUnderAHeadingEach() {
    Run run = Run.of("compile", "--model", SPLIT);

    assertThat(run.status()).isZero();
    assertThat(run.out().lines().filter(l -> l.startsWith("#")).map(l -> l.substring(2, 21)))
        .containsExactly(BR_INT, "of:0000000000000002", BR_PHY, "of:0000000000000102");
  }

  @Test
  void printsMetersAndGroupsBeforeTheEntriesThatUseThem() {
    Run run = Run.of("compile", "--model", UPLINKS, "--node", "of:0000000000000002");

    List<String> kinds =
        run.out()
            .lines()
            .skip(1)
            .map(line -> line.substring(0, line.indexOf('=')))
            .distinct()
            .toList();
    assertThat(kinds).containsExactly("meter", "group_id", "cookie");
    assertThat(run.out()).contains("group:").contains("actions=meter:");
  }

  @Test
  void saysWhatIsLimited() {
    Run run = Run.of("compile", "--model", SPLIT, "--node", BR_INT);

    assertThat(run.status()).isZero();
    assertThat(run.err().lines())
        .hasSize(2)
        .allMatch(l -> l.startsWith("limited: " + BR_INT + ": network "))
        .allMatch(l -> l.contains("larger than 1450 bytes"));
  }

  @Test
  void printsJson() throws IOException {
    Run run = Run.of("compile", "--model", UPLINKS, "--format", "json");

    assertThat(run.status()).isZero();
    JsonNode devices = run.json().get("devices");
    assertThat(devices).hasSize(2);
    JsonNode entry = devices.get(BR_INT).get("entries").get(0);
    assertThat(entry.get("table").intValue()).isZero();
    assertThat(entry.get("packetClass").textValue()).isEqualTo("management-bypass");
    assertThat(entry.get("match").textValue()).isEqualTo("in_port=2");
    assertThat(entry.get("actions").textValue()).isEqualTo("output:1");
    assertThat(devices.get("of:0000000000000002").get("groups").get(0).get("buckets")).isNotEmpty();
    assertThat(devices.get(BR_INT).get("meters").get(0).get("purpose").textValue())
        .isEqualTo("oversize");
    assertThat(devices.get(BR_INT).get("diagnostics")).isEmpty();
  }

  @Test
  void writesAFileForEachNode() throws IOException {
    Path out = folder.resolve("a/b");

    Run run = Run.of("compile", "--model", UPLINKS, "--output", out.toString());

    assertThat(run.status()).isZero();
    assertThat(run.out().lines()).hasSize(2);
    String flows = Files.readString(out.resolve("of-0000000000000002.flows"));
    String groups = Files.readString(out.resolve("of-0000000000000002.groups"));
    String meters = Files.readString(out.resolve("of-0000000000000002.meters"));
    FlowTables tables = OfctlFormat.parse(flows, groups, meters);
    assertThat(tables.groups()).hasSize(1);
    assertThat(tables.meters()).isNotEmpty();
    assertThat(run.out()).contains("of-0000000000000002: " + tables);
    assertThat(out.resolve("of-0000000000000001.flows")).isNotEmptyFile();

    Run json = Run.of("compile", "-m", UPLINKS, "-n", BR_INT, "-f", "json", "-o", out.toString());
    assertThat(json.status()).isZero();
    assertThat(new ObjectMapper().readTree(out.resolve("of-0000000000000001.json").toFile()).size())
        .isEqualTo(4);
    assertThat(out.resolve("of-0000000000000002.json")).doesNotExist();
  }

  @Test
  void readsStandardInput() throws IOException {
    Run run =
        Run.withInput(Files.readString(Path.of(SPLIT)), "compile", "-m", "-", "--node", BR_PHY);

    assertThat(run).isEqualTo(Run.of("compile", "-m", SPLIT, "--node", BR_PHY));
  }

  @Test
  void takesAnotherProfile() {
    Run refused = Run.of("compile", "-m", SPLIT, "--profile", "openflow13");
    assertThat(refused.status()).isEqualTo(1);
    assertThat(refused.err()).contains("2 problems").contains("port-per-remote");

    Run taken = Run.of("compile", "-m", UPLINKS, "--profile", "openflow13", "-n", BR_INT);
    assertThat(taken.status()).isZero();
    assertThat(taken.out()).contains("group:").contains("metadata").doesNotContain("reg");
  }

  @Test
  void listsAllProblemsOfTheModel() throws IOException {
    String model =
        file(
            "{'networks': [{'id': 'blue', 'vni': 0}], 'endpoints': [{'id': 'vm', 'network': 'red',"
                + " 'mac': '01:00:00:00:00:00', 'device': 'of:0000000000000001', 'port': 1}]}");

    Run run = Run.of("compile", "-m", model);

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.out()).isEmpty();
    assertThat(run.err().lines())
        .anyMatch(l -> l.equals(model + ": 2 problems"))
        .anyMatch(l -> l.startsWith("  networks[0].vni (0): "))
        .anyMatch(l -> l.startsWith("  endpoints[0].mac (\"01:00:00:00:00:00\"): "));
  }

  @Test
  void refusesReferencesToNowhere() throws IOException {
    String model =
        file(
            "{'networks': [{'id': 'blue', 'vni': 1}], 'endpoints': [{'id': 'vm', 'network': 'blue',"
                + " 'mac': '02:00:00:00:00:01', 'device': 'of:0000000000000009', 'port': 1}]}");

    Run run = Run.of("compile", "-m", model);

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err()).contains("1 problem\n").contains("endpoints[\"vm\"].device");
  }

  @Test
  void saysWhatWaitsForASwitchButCompilesTheRest() throws IOException {
    String model =
        file("{'devices': {'of:0000000000000001': {'overlane': {'uplinks': [{'port': 'ext'}]}}}}");

    Run run = Run.of("compile", "-m", model);

    assertThat(run.status()).isZero();
    assertThat(run.out()).startsWith("# " + BR_INT);
    assertThat(run.err())
        .startsWith("pending: devices[\"" + BR_INT + "\"].overlane.uplinks[0].port: ")
        .contains("OpenFlow number");
  }

  @Test
  void namesTheDevicesThatThereAre() {
    Run run = Run.of("compile", "-m", SPLIT, "-n", "hv1");

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).contains("no device 'hv1'").contains(BR_INT).contains(BR_PHY);
  }

  @Test
  void explainsWhatIsWrongWithTheCommandLine() {
    assertThat(Run.of("compile", "-m", "/nowhere/x.json"))
        .matches(r -> r.status() == 2 && r.err().contains("there is no file /nowhere/x.json"));
    assertThat(Run.of("compile", "-m", folder.toString()))
        .matches(r -> r.status() == 2 && r.err().contains("is a directory"));
    assertThat(Run.of("compile", "-m", SPLIT, "--profile", "x"))
        .matches(r -> r.status() == 2 && r.err().contains("ovs, openflow13"));
    assertThat(Run.of("compile", "-m", SPLIT, "--format", "xml"))
        .matches(r -> r.status() == 2 && r.err().contains("[ofctl, json]"));
    assertThat(Run.of("compile")).matches(r -> r.status() == 2 && r.err().contains("--model"));
    assertThat(Run.of("compiel")).matches(r -> r.status() == 2 && r.err().contains("compile"));
    assertThat(Run.of()).matches(r -> r.status() == 2 && r.err().contains("COMMAND"));
    assertThat(Run.of("compile", "-m", SPLIT, "-o", SPLIT))
        .matches(r -> r.status() == 2 && r.err().contains("cannot write to"));
  }

  @Test
  void helps() {
    Run help = Run.of("compile", "--help");
    assertThat(help.status()).isZero();
    assertThat(help.out())
        .contains("--node")
        .containsSubsequence("add-meter BRIDGE", "add-groups BRIDGE", "replace-flows BRIDGE")
        .contains("sed 's/ *#.*//' DIR/ID.meters")
        .contains("Exit status: 0 done, 1");
    assertThat(Run.of("--version").out()).startsWith("overlane ");
  }
}
