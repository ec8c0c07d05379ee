/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.apache.karaf.shell.support.CommandException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.overlane.config.EndpointConfig;
import org.overlane.config.ModelChecks;
import org.overlane.config.ModelDocument;
import org.overlane.config.ModelWriter;
import org.overlane.flowrules.model.AddressFamily;
import org.overlane.flowrules.model.Network;
import org.overlane.flowrules.model.NetworkId;

/** Every command that changes something: what it does, and that a refusal changes nothing. */
class EditCommandsTest {
  private static final String[] VM9 = {
    "--network",
    "blue",
    "--mac",
    "02:00:00:00:09:09",
    "--device",
    Console.HV1,
    "--port",
    "99",
    "vm9"
  };

  @TempDir Path directory;
  private Console console;

  @BeforeEach
  void open() throws Exception {
    console = new Console();
  }

  private Network network(String id) {
    return console.document().networks().get(NetworkId.of(id));
  }

  private EndpointConfig endpoint(String id) {
    return console.document().endpoints().get(id);
  }

  private static String[] with(String[] words, String... more) {
    List<String> all = new ArrayList<>(List.of(more));
    all.addAll(List.of(words));
    return all.toArray(new String[0]);
  }

  @Test
  void addsANetwork() throws Exception {
    assertThat(
            console.run(
                new NetworkAddCommand(),
                "--vni",
                "4711",
                "--underlay",
                "ipv4",
                "--mss-clamping",
                "true",
                "--advertise-mtu",
                "dhcp",
                "--gateways",
                "10.9.0.1, 2001:db8::1",
                "--vlan-tags",
                "1",
                "red"))
        .isEqualTo("Network red added");
    assertThat(ModelWriter.toJson(network("red")).toString())
        .isEqualTo(
            ("{'id':'red','vni':4711,'underlay':'ipv4','mssClamping':true,'advertiseMtu':'dhcp',"
                    + "'gateways':['10.9.0.1','2001:db8::1'],'vlanTags':1}")
                .replace('\'', '"'));
  }

  @Test
  void saysWhatIsWrongWithANetworkInTheWordsOfRest() {
    assertThat(console.refusal(new NetworkAddCommand(), "--vni", "0", "red"))
        .contains(
            "Refused, nothing was changed",
            "vni (0): a VNI must be a whole number from 1 to 16777215. Give a number in this range");
    assertThat(console.refusal(new NetworkAddCommand(), "red")).contains("vni: is missing");
    assertThat(console.refusal(new NetworkAddCommand(), "--vni", "x", "red"))
        .contains("vni (\"x\"): must be a whole number");
    assertThat(console.refusal(new NetworkAddCommand(), "--vni", "99999999999999999999999", "red"))
        .contains("from 1 to 16777215");
    assertThat(
            console.refusal(
                new NetworkAddCommand(),
                "--vni",
                "5",
                "--underlay",
                "ipv5",
                "--mss-clamping",
                "perhaps",
                "--gateways",
                "10.0.0.1,10.0.0.2",
                "--vlan-tags",
                "3",
                "!"))
        .contains("id (\"!\")", "underlay", "mssClamping", "gateways[1]", "vlanTags (3)");
    assertThat(console.refusal(new NetworkAddCommand(), "--vni", "5", "blue"))
        .contains("Contradicts what is there", "networks[\"blue\"]", "exists already");
    String taken = Integer.toString(network("blue").vni().toInt());
    assertThat(console.refusal(new NetworkAddCommand(), "--vni", taken, "red")).contains(taken);
    assertThat(console.refusal(new NetworkAddCommand())).contains("network");
  }

  @Test
  void changesOnlyWhatIsGiven() throws Exception {
    Network before = network("blue");
    console.run(new NetworkChangeCommand(), "--vni", "4711", "--underlay", "ipv4", "blue");
    assertThat(network("blue").vni().toInt()).isEqualTo(4711);
    assertThat(network("blue").mssClamping()).isEqualTo(before.mssClamping());
    assertThat(network("blue").underlay()).contains(AddressFamily.IPV4);
    assertThat(
            console.json(new NetworkChangeCommand(), "--unset", "underlay", "blue").has("underlay"))
        .isFalse();
    assertThat(network("blue").underlay()).isEmpty();
    assertThat(network("blue").vni().toInt()).isEqualTo(4711);
  }

  @Test
  void refusesToChangeWhatCannotBeChanged() {
    assertThat(console.refusal(new NetworkChangeCommand(), "--vni", "5", "nowhere"))
        .contains("network (\"nowhere\"): there is no such network");
    assertThat(console.refusal(new NetworkChangeCommand(), "--unset", "vni", "blue"))
        .contains("vni: is missing");
    assertThat(console.refusal(new NetworkChangeCommand(), "--unset", "colour", "blue"))
        .contains("unset (\"colour\")", "Name a field that is set: id, vni");
    assertThat(console.refusal(new NetworkChangeCommand(), "--vlan-tags", "-1", "blue"))
        .contains("vlanTags (-1)");
  }

  @Test
  void removesNetworksThatNobodyUses() throws Exception {
    console.run(new NetworkAddCommand(), "--vni", "4711", "red");
    console.run(new NetworkAddCommand(), "--vni", "4712", "green");
    assertThat(console.refusal(new NetworkRemoveCommand(), "red", "blue"))
        .contains("networks[\"blue\"]", "still has", "Remove its endpoints first");
    assertThat(console.refusal(new NetworkRemoveCommand(), "red", "red")).contains("no such");
    assertThat(console.refusal(new NetworkRemoveCommand(), "nowhere")).contains("no such");
    assertThat(console.run(new NetworkRemoveCommand(), "red", "green"))
        .isEqualTo("Network red removed\nNetwork green removed");
    assertThat(network("red")).isNull();
  }

  @Test
  void addsAnEndpointAndSaysWhatItWaitsFor() throws Exception {
    assertThat(console.run(new EndpointAddCommand(), with(VM9, "--ips", "10.0.0.99,2001:db8::99")))
        .isEqualTo("Endpoint vm9 added");
    assertThat(endpoint("vm9").ips()).hasSize(2);
    assertThat(
            console.run(
                new EndpointAddCommand(),
                "--network",
                "blue",
                "--mac",
                "02:00:00:00:09:0a",
                "--device",
                Console.HV1,
                "--port",
                "tap10"))
        .contains("Endpoint blue/02:00:00:00:09:0a added", "It waits:", "tap10");
    assertThat(
            console
                .json(
                    new EndpointAddCommand(),
                    "--network",
                    "blue",
                    "--mac",
                    "02:00:00:00:09:0b",
                    "--device",
                    Console.HV1,
                    "--port",
                    "77",
                    "vm11")
                .path("port")
                .asInt())
        .isEqualTo(77);
  }

  @Test
  void saysWhatIsWrongWithAnEndpointInTheWordsOfRest() throws Exception {
    assertThat(console.refusal(new EndpointAddCommand(), "vm9"))
        .contains(
            "network: is missing", "mac: is missing", "device: is missing", "port: is missing");
    assertThat(
            console.refusal(
                new EndpointAddCommand(),
                "--network",
                "blue",
                "--mac",
                "01:00:00:00:00:01",
                "--device",
                "of:1",
                "--port",
                "0",
                "--ips",
                "10.0.0.1,x",
                "vm9"))
        .contains("mac", "unicast", "device (\"of:1\")", "port (0)", "ips[1] (\"x\")");
    assertThat(
            console.refusal(
                new EndpointAddCommand(),
                "--network",
                "blue",
                "--mac",
                "02:00:00:00:09:09",
                "--device",
                Console.HV1,
                "--port",
                "99",
                "vm1"))
        .contains("endpoints[\"vm1\"]", "exists already");
    assertThat(
            console.refusal(
                new EndpointAddCommand(),
                "--network",
                "nowhere",
                "--mac",
                "02:00:00:00:09:09",
                "--device",
                Console.HV1,
                "--port",
                "99",
                "vm9"))
        .contains("Contradicts what is there", "nowhere");
  }

  @Test
  void movesAnEndpoint() throws Exception {
    console.run(new EndpointAddCommand(), with(VM9, "--ips", "10.0.0.99"));
    String hv2 = "of:0000000000000002";
    console.run(new EndpointChangeCommand(), "--device", hv2, "vm9");
    assertThat(endpoint("vm9").device().toString()).isEqualTo(hv2);
    assertThat(endpoint("vm9").ips()).hasSize(1);
    console.run(new EndpointChangeCommand(), "--unset", "ips", "vm9");
    assertThat(endpoint("vm9").ips()).isEmpty();
    assertThat(console.refusal(new EndpointChangeCommand(), "--unset", "ips", "vm9"))
        .contains("unset (\"ips\")");
    assertThat(console.refusal(new EndpointChangeCommand(), "--port", "1", "vm99"))
        .contains("there is no such endpoint");
    assertThat(console.refusal(new EndpointChangeCommand(), "--port", "", "vm9")).contains("port");
  }

  @Test
  void removesEndpointsAllOrNone() throws Exception {
    assertThat(console.refusal(new EndpointRemoveCommand(), "vm1", "vm99")).contains("vm99");
    console.run(new EndpointRemoveCommand(), "vm1", "vm3");
    assertThat(endpoint("vm1")).isNull();
    assertThat(endpoint("vm3")).isNull();
  }

  @Test
  void dryRunsChangeNothing() throws Exception {
    ModelDocument before = console.document();
    assertThat(console.run(new NetworkAddCommand(), "--vni", "4711", "--dry-run", "red"))
        .isEqualTo("Network red would be added (dry run)");
    console.run(new NetworkChangeCommand(), "--vni", "4711", "--dry-run", "blue");
    console.run(new EndpointAddCommand(), with(VM9, "--dry-run"));
    console.run(new EndpointChangeCommand(), "--port", "98", "--dry-run", "vm1");
    console.run(new EndpointRemoveCommand(), "--dry-run", "vm1");
    assertThat(console.run(apply("{}"), "--dry-run"))
        .contains("removed  network blue", "Nothing was changed");
    assertThat(console.document()).isEqualTo(before);
  }

  private static ApplyCommand apply(String input) {
    ApplyCommand command = new ApplyCommand();
    command.keyboard = new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8));
    return command;
  }

  @Test
  void appliesWhatTheModelCommandWrote() throws Exception {
    Path file = directory.resolve("model.json");
    Files.writeString(file, console.run(new ModelCommand()));
    assertThat(console.run(new ApplyCommand(), file.toString()))
        .contains("That is the model already");
    ModelDocument before = console.document();
    console.run(new EndpointRemoveCommand(), "vm1");
    assertThat(console.run(new ApplyCommand(), file.toString())).isEqualTo("added    endpoint vm1");
    assertThat(console.document()).isEqualTo(before);
  }

  @Test
  void mergesAPart() throws Exception {
    int networks = console.document().networks().size();
    assertThat(console.run(apply("{\"networks\": [{\"id\": \"red\", \"vni\": 4711}]}"), "--merge"))
        .isEqualTo("added    network red");
    assertThat(console.document().networks()).hasSize(networks + 1);
    assertThat(
            console
                .json(apply("{\"networks\": [{\"id\": \"red\", \"vni\": 4712}]}"), "--merge")
                .path("networks")
                .asInt())
        .isEqualTo(networks + 1);
    assertThat(console.document().devices()).isNotEmpty();
  }

  @Test
  void listsSomeChangesOfMany() throws Exception {
    StringBuilder many = new StringBuilder("{\"networks\": [");
    for (int i = 1; i <= 50; i++) {
      many.append(i == 1 ? "" : ",").append("{\"id\": \"n").append(i).append("\", \"vni\": ");
      many.append(5_000 + i).append('}');
    }
    assertThat(console.run(apply(many.append("]}").toString()), "--merge")).contains("and 10 more");
  }

  @Test
  void refusesADocumentAsAWhole() throws Exception {
    assertThat(console.refusal(apply("{\"networks\": [{\"id\": \"red\", \"vni\": 0}, {}]}")))
        .contains("networks[0].vni (0)", "networks[1].id", "networks[1].vni");
    assertThat(console.refusal(apply("no JSON"))).contains("JSON");
    assertThat(console.refusal(apply(""), "--merge")).contains("Refused");
    assertThat(
            console.refusal(
                apply(
                    "{\"endpoints\": [{\"network\": \"nowhere\", \"mac\": \"02:00:00:00:00:01\","
                        + " \"device\": \"of:0000000000000001\", \"port\": 1}]}"),
                "--merge"))
        .contains("Contradicts what is there", "nowhere");
    assertThat(console.refusal(new ApplyCommand(), directory.resolve("none").toString()))
        .contains("file (", "none", "standard input");
    assertThat(console.refusal(new ApplyCommand(), directory.toString())).contains("file (");
    assertThat(console.refusal(new ApplyCommand(), "\0")).contains("file (");
    Files.write(directory.resolve("latin"), new byte[] {(byte) 0xe9});
    assertThat(console.refusal(new ApplyCommand(), directory.resolve("latin").toString()))
        .contains("UTF-8");
  }

  /** Nothing that is typed comes out as anything but a change or a refusal. */
  @Property(tries = 200)
  void survivesAnyText(@ForAll String id, @ForAll String value) throws Exception {
    Console any = new Console();
    String[] options = {"--vni=" + value, "--gateways=" + value, "--mss-clamping=" + value};
    for (String option : options) {
      try {
        any.run(new NetworkAddCommand(), id, option);
      } catch (CommandException e) {
        assertThat(e.getNiceHelp()).isNotEmpty();
      }
    }
    assertThat(ModelChecks.check(any.document())).isEmpty();
  }
}
