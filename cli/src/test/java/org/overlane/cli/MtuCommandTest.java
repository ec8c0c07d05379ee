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
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MtuCommandTest {
  private static final String HV1 = "of:0000000000000001";
  private static final String HV3 = "of:0000000000000003";
  private static final String BR_PHY = "of:0000000000000101";
  private static final String LARGE = Run.example("large-packets.json");
  private static final String SPLIT = Run.example("native-split.json");
  private static final String PLAIN = Run.example("openflow13-port-per-remote.json");

  @TempDir private Path folder;

  private String file(String json) throws IOException {
    return Run.modelFile(folder, json);
  }

  /** The lines between two empty ones. */
  private static List<String> part(Run run, int number) {
    return run.out().split("\n\n")[number].lines().toList();
  }

  @Test
  void printsATableOfPaths() {
    Run run = Run.of("mtu", "--model", LARGE);

    assertThat(run.status()).isZero();
    List<String> table = part(run, 1);
    assertThat(part(run, 0))
        .hasSize(1 + 2)
        .contains("NETWORK  MTU   MSS IPV4  MSS IPV6  DERIVATION")
        .anyMatch(l -> l.startsWith("trunk    8946  8906      8886      8946 = 9000 - 54, "));
    assertThat(table).hasSize(1 + 6 + 2);
    assertThat(table.get(0))
        .isEqualTo("NETWORK  FROM                 TO                   MTU   DERIVATION");
    assertThat(table.get(1))
        .isEqualTo(
            "blue     of:0000000000000001  of:0000000000000003  1450  1450 = 1500 - 50, VXLAN over"
                + " IPv4, towards 192.0.2.3, whose underlay MTU is the smaller one");
    assertThat(table.get(8)).startsWith("trunk ").contains("  8946  8946 = 9000 - 54");
  }

  @Test
  void printsWhatDevicesDoOnceForAllThatDoTheSame() {
    Run run = Run.of("mtu", "--model", LARGE);

    assertThat(part(run, 2)).startsWith(HV1 + ": underlay MTU 9000, MTU 1450").hasSize(1 + 5);
    assertThat(part(run, 3))
        .startsWith(
            "of:0000000000000002: underlay MTU 9000, MTU 1450",
            HV3 + ": underlay MTU 1500, MTU 1450")
        .hasSize(2 + 5);
    assertThat(part(run, 2).get(1))
        .startsWith("  TX-4 IPv4, DF clear: ")
        .contains("the controller fragments the inner packet");
    assertThat(run.out()).doesNotContain("NO: ");
    assertThat(Run.of("mtu", "--model", PLAIN).out()).contains("  TX-5 IPv4, DF set: NO: ");
  }

  private static List<String> warnings(String... args) {
    Run run = Run.of(args);
    assertThat(run.err()).isEmpty();
    return run.out().lines().filter(l -> l.startsWith("warning: ")).toList();
  }

  @Test
  void warnsOfWhatIsAskedForOnly() {
    assertThat(warnings("mtu", "--model", LARGE)).hasSize(5);
    assertThat(warnings("mtu", "--model", LARGE, "--network", "trunk"))
        .hasSize(2)
        .allMatch(l -> l.contains("trunk"));
    assertThat(warnings("mtu", "--model", LARGE, "--device", HV3))
        .noneMatch(l -> l.contains("endpoint-does-not-fragment"));
    assertThat(warnings("mtu", "--model", PLAIN))
        .hasSize(2)
        .anyMatch(l -> l.startsWith("warning: no-size-check: network blue: "))
        .anyMatch(l -> l.startsWith("warning: no-size-check: network red: "));
  }

  @Test
  void aDeviceWithoutAPathHasNoMtuOfItsOwn() throws IOException {
    String unreachable =
        file(Files.readString(Path.of(LARGE)).replace("\"192.0.2.3\"", "\"2001:db8::3\""));

    Run run = Run.of("mtu", "--model", unreachable, "--device", HV3);

    assertThat(part(run, 0)).anyMatch(l -> l.startsWith("blue     8950  8910"));
    assertThat(part(run, 1)).contains("blue     -     -   -    no path from this device");
    assertThat(run.out()).contains(HV3 + ": underlay MTU 1500\n").contains("warning: no-path: ");
  }

  @Test
  void aNetworkOnOneDeviceHasNoPath() throws IOException {
    String model =
        file(
            "{'devices': {'of:0000000000000001': {'overlane': {'uplinks': [{'port': 'ext'}]}}},"
                + "'networks': [{'id': 'blue', 'vni': 1}], 'endpoints': [{'network': 'blue',"
                + "'mac': '02:00:00:00:00:01', 'device': 'of:0000000000000001', 'port': 11}]}");

    Run run = Run.of("mtu", "-m", model);

    assertThat(run.status()).isZero();
    assertThat(run.out())
        .isEqualTo(
            String.join(
                "\n",
                "NETWORK  MTU  MSS IPV4  MSS IPV6  DERIVATION",
                "blue     -    -         -         no path to another node",
                "",
                "NETWORK  FROM  TO  MTU  DERIVATION",
                "blue     -     -   -    no path",
                "",
                HV1 + ": underlay MTU 1500",
                "  no tunnel",
                ""));
    assertThat(run.err())
        .startsWith("pending: devices[\"" + HV1 + "\"].overlane.uplinks[0].port: ");
  }

  @Test
  void aBridgeToTheUnderlayHasNoNetwork() {
    Run run = Run.of("mtu", "-m", SPLIT, "--device", BR_PHY);

    assertThat(run.status()).isZero();
    assertThat(run.err()).isEmpty();
    assertThat(run.out())
        .isEqualTo("no network\n\n" + BR_PHY + ": underlay MTU 1500\n  no tunnel\n");
  }

  @Test
  void saysThatThereIsMore() throws IOException {
    StringBuilder devices = new StringBuilder();
    StringBuilder endpoints = new StringBuilder();
    for (int i = 1; i <= 33; i++) {
      String comma = i == 1 ? "" : ",";
      String id = String.format("of:%016x", i);
      devices.append(
          String.format(
              "%s'%s':{'overlane':{'vteps':['192.0.2.%d'],'tunnel':{'mode':'native','port':10}}}",
              comma, id, i));
      endpoints.append(
          String.format(
              "%s{'network':'blue','mac':'02:00:00:00:00:%02x','device':'%s','port':11}",
              comma, i, id));
    }
    String model =
        file(
            String.format(
                "{'devices':{%s},'networks':[{'id':'blue','vni':1}],'endpoints':[%s]}",
                devices, endpoints));

    Run run = Run.of("mtu", "-m", model);

    List<String> table = part(run, 1);
    assertThat(table).hasSize(1 + 20 + 1);
    assertThat(table.get(21)).startsWith("blue ").contains("the 20 smallest of 1056 paths");
    Run all = Run.of("mtu", "-m", model, "--network", "blue");
    assertThat(part(all, 1)).hasSize(1 + 33 * 32);
  }

  @Test
  void printsJson() throws IOException {
    Run run = Run.of("mtu", "--model", LARGE, "--network", "blue", "--device", HV1, "--json");

    assertThat(run.status()).isZero();
    JsonNode json = run.json();
    assertThat(json.get("networks")).hasSize(1);
    assertThat(json.get("networks").get(0).get("mtu").intValue()).isEqualTo(1450);
    assertThat(json.get("networks").get(0).get("paths")).hasSize(2);
    assertThat(json.get("nodes")).hasSize(1);
    assertThat(json.get("nodes").get(0).get("capabilities").get(0).get("case").textValue())
        .isEqualTo("TX-4");
    assertThat(json.get("warnings")).isNotEmpty();
    assertThat(run.err()).isEmpty();
  }

  @Test
  void readsStandardInputAndTakesAnotherProfile() throws IOException {
    Run run = Run.withInput(Files.readString(Path.of(SPLIT)), "mtu", "-m", "-");
    assertThat(run).isEqualTo(Run.of("mtu", "-m", SPLIT));
    assertThat(run.out()).contains(BR_PHY + ": underlay MTU 1500\n");

    Run refused = Run.of("mtu", "-m", SPLIT, "--profile", "openflow13");
    assertThat(refused.status()).isEqualTo(1);
    assertThat(refused.err()).contains("2 problems").contains("port-per-remote");
  }

  @Test
  void listsAllProblemsOfTheModel() throws IOException {
    String model = file("{'networks': [{'id': 'blue', 'vni': 1, 'vlanTags': 3, 'gateways': 7}]}");

    Run run = Run.of("mtu", "-m", model);

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.out()).isEmpty();
    assertThat(run.err().lines())
        .anyMatch(l -> l.equals(model + ": 2 problems"))
        .anyMatch(l -> l.startsWith("  networks[0].vlanTags (3): "))
        .anyMatch(l -> l.startsWith("  networks[0].gateways (7): "));
  }

  @Test
  void namesTheNetworksAndDevicesThatThereAre() {
    assertThat(Run.of("mtu", "-m", LARGE, "--network", "red"))
        .matches(r -> r.status() == 2 && r.out().isEmpty())
        .matches(r -> r.err().endsWith("has no network 'red'; its networks: blue, trunk\n"));
    assertThat(Run.of("mtu", "-m", LARGE, "--device", "hv1"))
        .matches(r -> r.status() == 2 && r.out().isEmpty())
        .matches(r -> r.err().contains("has no device 'hv1'; its devices: " + HV1 + ", "));
    assertThat(Run.of("mtu", "-m", LARGE, "--network", "trunk", "--device", HV3))
        .matches(r -> r.status() == 2 && r.out().isEmpty())
        .matches(r -> r.err().contains("network 'trunk' has no endpoint on device '" + HV3));
  }

  @Test
  void triesOtherMtus() throws IOException {
    Run one = Run.of("mtu", "-m", LARGE, "--what-if", HV1 + "=1400", "--what-if", HV3 + "=9000");
    assertThat(one.status()).isZero();
    assertThat(one)
        .isEqualTo(Run.of("mtu", "-m", LARGE, "--what-if", HV1 + "=1400," + HV3 + "=9000"));
    JsonNode json = Run.of("mtu", "-m", LARGE, "--what-if", HV3 + "=1400", "--json").json();
    assertThat(json.get("networks").toString())
        .isEqualTo("[{\"network\":\"blue\",\"before\":1450,\"after\":1350}]");
    assertThat(json.get("switches")).hasSize(3);
    assertThat(json.get("steps")).hasSize(4);
  }

  @Test
  void explainsWhatIsWrongWithAWhatIf() {
    assertThat(Run.of("mtu", "-m", LARGE, "--what-if", "hv1=1400", "--what-if", HV1 + "=9"))
        .matches(r -> r.status() == 2 && r.out().isEmpty())
        .matches(r -> r.err().startsWith("overlane: --what-if (\"hv1=1400\"): names a device"))
        .matches(r -> r.err().contains("\noverlane: --what-if (\"" + HV1 + "=9\"): must end in"))
        .matches(r -> r.err().contains("Its devices: " + HV1));
    assertThat(Run.of("mtu", "-m", LARGE, "--what-if", "all=1400", "--device", HV1))
        .matches(r -> r.status() == 2 && r.err().contains("leave out --network and --device"));
    assertThat(Run.of("mtu", "-m", LARGE, "--what-if")).matches(r -> r.status() == 2);
  }

  @Test
  void explainsWhatIsWrongWithTheCommandLine() {
    assertThat(Run.of("mtu")).matches(r -> r.status() == 2 && r.err().contains("--model"));
    assertThat(Run.of("mtu", "-m", "/nowhere/x.json"))
        .matches(r -> r.status() == 2 && r.err().contains("there is no file /nowhere/x.json"));
    assertThat(Run.of("mtu", "-m", LARGE, "--format", "json"))
        .matches(r -> r.status() == 2 && r.err().contains("--format"));
  }

  @Test
  void helps() {
    Run help = Run.of("mtu", "--help");
    assertThat(help.status()).isZero();
    assertThat(help.out())
        .contains("--network", "--device", "--what-if", "--json", "Exit status: 0 done, 1")
        .contains(
            "device the smallest of all its paths. In a model of many devices, only some of\n");
    assertThat(help.out().lines()).allMatch(l -> l.length() <= 80);
    assertThat(Run.of("--help").out()).contains("compile", "mtu");
  }
}
