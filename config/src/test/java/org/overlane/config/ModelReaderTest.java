/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.config;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.overlane.config.Samples.json;

import com.google.common.base.Strings;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.overlane.flowrules.model.AddressFamily;
import org.overlane.flowrules.model.IpAddress;
import org.overlane.flowrules.model.MacAddress;
import org.overlane.flowrules.model.Network;
import org.overlane.flowrules.model.NetworkId;
import org.overlane.flowrules.model.NodeId;
import org.overlane.flowrules.model.OfPort;
import org.overlane.flowrules.model.Profile;
import org.overlane.flowrules.model.Replication;
import org.overlane.flowrules.model.Vni;
import org.overlane.flowrules.model.Zone;

class ModelReaderTest {
  private static final NodeId HV1 = NodeId.of(Samples.HV1);
  private final ModelReader reader = new ModelReader();

  private List<Problem> problems(String json) {
    ConfigException refusal =
        catchThrowableOfType(() -> reader.readDocument(json), ConfigException.class);
    assertThat(refusal).as("refusal of %s", json).isNotNull();
    return refusal.problems();
  }

  /** The sample with one piece of text replaced. */
  private static String changed(String from, String to) {
    String sample = Samples.twoHosts();
    String changed = sample.replace(json(from), json(to));
    assertThat(changed).isNotEqualTo(sample);
    return changed;
  }

  @Test
  void readsEveryField() {
    ModelDocument document = reader.readDocument(Samples.twoHosts());

    DeviceConfig hv1 = document.devices().get(HV1);
    assertThat(hv1.name()).contains("hv1");
    assertThat(hv1.profile()).isEqualTo(Profile.OVS);
    assertThat(hv1.underlayMtu()).hasValue(1500);
    assertThat(hv1.replication()).contains(Replication.LIST);
    assertThat(hv1.vteps())
        .containsExactly(IpAddress.parse("192.0.2.1"), IpAddress.parse("2001:db8::1"));
    assertThat(hv1.tunnel())
        .contains(
            TunnelConfig.Native.of(
                PortRef.of(OfPort.of(10)), Optional.of(ImmutableSet.of(AddressFamily.IPV4))));
    assertThat(hv1.uplinks().get(0).management().get().port()).isEqualTo(PortRef.LOCAL);
    assertThat(hv1.host()).isEmpty();
    assertThat(document.networks()).containsOnlyKeys(NetworkId.of("blue"));
    Network blue = document.networks().get(NetworkId.of("blue"));
    assertThat(blue.underlay()).contains(AddressFamily.IPV4);
    assertThat(blue.mssClamping()).isTrue();
    assertThat(blue.gateways())
        .containsExactly(IpAddress.parse("10.0.0.1"), IpAddress.parse("fd00::1"));
    assertThat(blue.vlanTags()).isEqualTo(1);
    EndpointConfig vm1 = document.endpoints().get("vm1");
    assertThat(vm1.ips())
        .containsExactly(IpAddress.parse("10.0.0.11"), IpAddress.parse("fd00::11"));
    assertThat(vm1.mac()).isEqualTo(MacAddress.parse("02:00:00:00:01:01"));
  }

  @Test
  void fillsInDefaults() {
    ModelDocument document = reader.readDocument(Samples.twoHosts());

    assertThat(document.endpoints()).containsKey("blue/02:00:00:00:01:02");
    DeviceConfig hv2 = document.devices().get(NodeId.of(Samples.HV2));
    assertThat(hv2.profile()).isEqualTo(Profile.OVS);
    assertThat(hv2.underlayMtu()).isEmpty();
    assertThat(hv2.zones()).containsExactly(Zone.of("default"));
    assertThat(hv2.tunnel().get().fragments()).isEmpty();
    assertThat(hv2.effectiveReplication()).isEqualTo(Replication.LIST);
    assertThat(hv2.toBuilder().profile(Profile.OPENFLOW13).build().effectiveReplication())
        .isEqualTo(Replication.GROUP);
    Network red = reader.readNetwork(json("{'id': 'red', 'vni': 7}"));
    assertThat(red).isEqualTo(Network.of(NetworkId.of("red"), Vni.of(7)));
    assertThat(red.mssClamping()).isFalse();
    assertThat(red.gateways()).isEmpty();
    assertThat(red.vlanTags()).isZero();
  }

  @Test
  void readsZonesInAnyOrder() {
    ModelDocument document =
        reader.readDocument(changed("'name': 'hv1'", "'zones': [ 'b', 'rack-1:a.b_c', 'a' ]"));

    assertThat(document.devices().get(HV1).zones())
        .containsExactly(Zone.of("a"), Zone.of("b"), Zone.of("rack-1:a.b_c"));
    assertThat(
            ModelAssembler.assemble(document, PortDirectory.offline())
                .model()
                .nodes()
                .get(HV1)
                .zones())
        .hasSize(3);
    String most = IntStream.range(0, 64).mapToObj(i -> "'z" + i + "'").collect(joining(","));
    assertThat(
            reader
                .readDocument(changed("'name': 'hv1'", "'zones': [" + most + "]"))
                .devices()
                .get(HV1)
                .zones())
        .hasSize(64);
    assertThat(problems(changed("'name': 'hv1'", "'zones': [" + most + ",'z']")))
        .extracting(Problem::message)
        .containsExactly("must have at most 64 elements");
  }

  @ParameterizedTest
  @ValueSource(strings = {"'ipv4'", "'ipv6'", "'ipv6', 'ipv4'", ""})
  void readsTheFamiliesOverWhichAnEndpointFragments(String families) {
    ImmutableSet<AddressFamily> expected =
        Stream.of(AddressFamily.values())
            .filter(family -> families.contains(family.text()))
            .collect(ImmutableSet.toImmutableSet());

    ModelDocument document = reader.readDocument(changed("[ 'ipv4' ]", "[" + families + "]"));

    assertThat(document.devices().get(HV1).tunnel().get().fragments()).contains(expected);
  }

  /** There is a diagnostic for it: who has such a network has it, and IPv4 goes on. */
  @Test
  void isContentWithPathsBelowTheMinimumOfIpv6() {
    String document =
        changed("'underlayMtu': 1500", "'underlayMtu': 1280").replace("ags\": 1", "ags\": 2");
    String narrow = document.replace("1280", "576").replace(json(", '2001:db8::1'"), "");

    assertThat(reader.readDocument(document).networks().values())
        .extracting(Network::vlanTags)
        .containsExactly(2);
    assertThat(reader.readDocument(narrow).devices().get(HV1).underlayMtu()).hasValue(576);
  }

  @Test
  void anEmptyObjectIsAnEmptyModel() {
    assertThat(reader.readDocument("{}")).isEqualTo(ModelDocument.EMPTY);
  }

  @Test
  void skipsAByteOrderMark() {
    assertThat(reader.readDocument("\uFEFF{}")).isEqualTo(ModelDocument.EMPTY);
  }

  /** What is replaced in the sample, by what; the path and a piece of the message it must give. */
  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "'vni': 100 | 'vni': 0 | networks[0].vni | from 1 to 16777215",
        "'vni': 100 | 'vni': 16777216 | networks[0].vni | from 1 to 16777215",
        "'vni': 100 | 'vni': -1 | networks[0].vni | from 1 to 16777215",
        "'vni': 100 | 'vni': '100' | networks[0].vni | without quotes",
        "'vni': 100 | 'vni': 100.0 | networks[0].vni | whole number",
        "'vni': 100 | 'vni': 1e2 | networks[0].vni | whole number",
        "'vni': 100 | 'vni': 1e999999999 | networks[0].vni | whole number",
        "'vni': 100 | 'vni': 99999999999999999999999 | networks[0].vni | whole number",
        "'vni': 100 | 'vni': 4294967396 | networks[0].vni | from 1 to 16777215",
        "'vni': 100 | 'vni': null | networks[0].vni | must not be null",
        "'vni': 100 | 'vni': true | networks[0].vni | whole number",
        "'vni': 100 | 'vni': {} | networks[0].vni | whole number",
        "'vni': 100, | `` | networks[0].vni | is missing",
        "'vni': 100 | 'vni': 100, 'Vni': 1 | networks[0].Vni | Allowed here: id, vni, underlay",
        "'vni': 100 | 'vni': 100, 'vni': 101 | networks[0].vni | twice",
        "'underlay': 'ipv4' | 'underlay': 'IPv4' | networks[0].underlay | 'ipv4'",
        "Clamping': true | Clamping': true, 'advertiseMtu': 'both' | networks[0].advertiseMtu | ra",
        "Clamping': true | Clamping': true, 'advertiseMtu': 1450 | networks[0].advertiseMtu | ra",
        "Clamping': true | Clamping': true, 'advertiseMtu': ['ra'] | networks[0].advertiseMtu | ra",
        "Clamping': true | Clamping': true, 'advertiseMtu': null | networks[0].advertiseMtu | null",
        "Clamping': true | Clamping': 'true' | networks[0].mssClamping | without quotes",
        "Clamping': true | Clamping': 1 | networks[0].mssClamping | true or false",
        "Clamping': true | Clamping': [] | networks[0].mssClamping | true or false",
        "Clamping': true | Clamping': null | networks[0].mssClamping | must not be null",
        "Clamping': true | clamping': true | networks[0].mssclamping | underlay, mssClamping",
        "Clamping': true | Clamping': true, 'mssClamping': true | networks[0].mssClamping | twice",
        "'vlanTags': 1 | 'vlanTags': -1 | networks[0].vlanTags | from 0 to 2",
        "'vlanTags': 1 | 'vlanTags': 3 | networks[0].vlanTags | from 0 to 2",
        "'vlanTags': 1 | 'vlanTags': 4294967297 | networks[0].vlanTags | from 0 to 2",
        "'vlanTags': 1 | 'vlanTags': 1.0 | networks[0].vlanTags | from 0 to 2",
        "'vlanTags': 1 | 'vlanTags': '1' | networks[0].vlanTags | without quotes",
        "'vlanTags': 1 | 'vlanTags': true | networks[0].vlanTags | from 0 to 2",
        "'10.0.0.1', | '10.0.0.1/24', | networks[0].gateways[0] | prefix",
        "'10.0.0.1', | '10.0.0', | networks[0].gateways[0] | IPv4 or IPv6",
        "'10.0.0.1', | 167772161, | networks[0].gateways[0] | IPv4 or IPv6",
        "'10.0.0.1', | '224.0.0.1', | networks[0].gateways[0] | unicast",
        "'10.0.0.1', | '127.0.0.1', | networks[0].gateways[0] | unicast",
        "'fd00::1' | '::' | networks[0].gateways[1] | unicast",
        "'fd00::1' | 'fe80::1%eth0' | networks[0].gateways[1] | zone",
        "'fd00::1' | '10.0.0.2' | networks[0].gateways[1] | 10.0.0.1 is one already",
        "'fd00::1' | '::ffff:10.0.0.1' | networks[0].gateways[1] | twice",
        "'10.0.0.1', | 'fd00:0::1', | networks[0].gateways[1] | twice",
        "'10.0.0.1', | '10.0.0.1', '10.0.0.2', | networks[0].gateways | at most 2",
        "[ '10.0.0.1', 'fd00::1' ] | '10.0.0.1' | networks[0].gateways | an array",
        "[ '10.0.0.1', 'fd00::1' ] | null | networks[0].gateways | must not be null",
        "[ '10.0.0.1', 'fd00::1' ] | [ null ] | networks[0].gateways[0] | IPv4 or IPv6",
        "'id': 'blue' | 'id': '' | networks[0].id | 1 to 64",
        "'id': 'blue' | 'id': 'a b' | networks[0].id | 1 to 64",
        "'id': 'blue' | 'id': 'a/b' | networks[0].id | 1 to 64",
        "'id': 'blue' | 'id': 7 | networks[0].id | network id",
        "'id': 'vm1' | 'id': '../x' | endpoints[0].id | 1 to 128",
        "'id': 'vm1' | 'id': 5 | endpoints[0].id | in quotes",
        "'mac': '02:00:00:00:01:01' | 'mac': '03:00:00:00:01:01' | endpoints[0].mac | unicast",
        "'mac': '02:00:00:00:01:01' | 'mac': '00:00:00:00:00:00' | endpoints[0].mac | zero",
        "'mac': '02:00:00:00:01:01' | 'mac': 'f2:4f:00:00:00:01' | endpoints[0].mac | probes",
        "'mac': '02:00:00:00:01:01' | 'mac': 'ff:ff:ff:ff:ff:ff' | endpoints[0].mac | unicast",
        "'mac': '02:00:00:00:01:01' | 'mac': '2:0:0:0:1:1' | endpoints[0].mac | six hexadecimal",
        "'mac': '02:00:00:00:01:01' | 'mac': '02-00-00-00-01-01' | endpoints[0].mac | colons",
        "'10.0.0.11' | '10.0.0.256' | endpoints[0].ips[0] | IPv4 or IPv6",
        "'10.0.0.11' | '10.0.0.11/24' | endpoints[0].ips[0] | prefix",
        "'10.0.0.11' | 'example.org' | endpoints[0].ips[0] | IPv4 or IPv6",
        "'10.0.0.11' | 'fd00::11' | endpoints[0].ips[1] | twice",
        "'10.0.0.11' | '224.0.0.1' | endpoints[0].ips[0] | unicast",
        "'port': 11 | 'port': 0 | endpoints[0].port | from 1 to 4294967040",
        "'port': 11 | 'port': 4294967041 | endpoints[0].port | from 1 to 4294967040",
        "'port': 11 | 'port': '11' | endpoints[0].port | without quotes",
        "'port': 11 | 'port': 'local' | endpoints[0].port | LOCAL",
        "'port': 11 | 'port': 'a-very-long-port-name' | endpoints[0].port | 15",
        "'port': 11 | 'port': [] | endpoints[0].port | whole number",
        "'192.0.2.1', | '0.0.0.0', | ^overlane.vteps[0] | unicast",
        "'192.0.2.1', | '239.0.0.1', | ^overlane.vteps[0] | unicast",
        "'192.0.2.1', | 'ff02::1', | ^overlane.vteps[0] | unicast",
        "'192.0.2.1', | '255.255.255.255', | ^overlane.vteps[0] | unicast",
        "'192.0.2.1', | '127.0.0.1', | ^overlane.vteps[0] | unicast",
        "'192.0.2.1', | '192.0.2.1/24', | ^overlane.vteps[0] | prefix",
        "'192.0.2.1', | '192.0.2.256', | ^overlane.vteps[0] | IPv4 or IPv6",
        "'192.0.2.1', | 'hv1.example', | ^overlane.vteps[0] | IPv4 or IPv6",
        "'192.0.2.1', | 7, | ^overlane.vteps[0] | IPv4 or IPv6",
        "'192.0.2.1', | 'fe80::1%eth0', | ^overlane.vteps[0] | zone",
        "'192.0.2.1', | '2001:db8:0::1', | ^overlane.vteps[1] | twice",
        "'name': 'hv1' | 'zones': 'a' | ^overlane.zones | an array",
        "'name': 'hv1' | 'zones': [] | ^overlane.zones | at least one zone",
        "'name': 'hv1' | 'zones': null | ^overlane.zones | must not be null",
        "'name': 'hv1' | 'zones': [ 7 ] | ^overlane.zones[0] | name of a zone",
        "'name': 'hv1' | 'zones': [ 'a', 'a b' ] | ^overlane.zones[1] | name of a zone",
        "'name': 'hv1' | 'zones': [ '' ] | ^overlane.zones[0] | 1 to 64",
        "'name': 'hv1' | 'zones': [ 'a', 'b', 'a' ] | ^overlane.zones[2] | twice",
        "'name': 'hv1' | 'zones': [ 'a' ], 'host': 'of:0000000000000002' | ^overlane.zones | of the host",
        "'underlayMtu': 1500 | 'fragmentRate': 0 | ^overlane.fragmentRate | from 1 to 10000000",
        "'underlayMtu': 1500 | 'fragmentRate': 10000001 | ^overlane.fragmentRate | from 1 to",
        "'profile': 'ovs' | 'profile': 'openflow13', 'fragmentRate': 5 | ^overlane.fragmentRate | plain",
        "'underlayMtu': 1500 | 'fragmentRate': '5' | ^overlane.fragmentRate | quotes",
        "'underlayMtu': 1500 | 'underlayMtu': 575 | ^overlane.underlayMtu | from 576 to 65535",
        "'underlayMtu': 1500 | 'underlayMtu': 65536 | ^overlane.underlayMtu | from 576 to 65535",
        "'underlayMtu': 1500 | 'underlayMtu': 1279 | ^overlane.underlayMtu | IPv6",
        "'name': 'hv1' | 'ovsdb': 'tcp:192.0.2.10' | ^overlane.ovsdb | tcp:192.0.2.10:6640",
        "'name': 'hv1' | 'ovsdb': '192.0.2.10:6640' | ^overlane.ovsdb | OVSDB server",
        "'name': 'hv1' | 'ovsdb': 'udp:192.0.2.10:6640' | ^overlane.ovsdb | tcp or ssl",
        "'name': 'hv1' | 'ovsdb': 'tcp:host.example:6640' | ^overlane.ovsdb | IP address",
        "'name': 'hv1' | 'ovsdb': 'tcp:2001:db8::1:6640' | ^overlane.ovsdb | brackets",
        "'name': 'hv1' | 'ovsdb': 'tcp:[192.0.2.10.1]:6640' | ^overlane.ovsdb | IP address",
        "'name': 'hv1' | 'ovsdb': 'tcp:192.0.2.10:0' | ^overlane.ovsdb | the port",
        "'name': 'hv1' | 'ovsdb': 'tcp:192.0.2.10:65536' | ^overlane.ovsdb | the port",
        "'name': 'hv1' | 'ovsdb': 'tcp:0.0.0.0:6640' | ^overlane.ovsdb | IP address",
        "'name': 'hv1' | 'ovsdb': 'tcp:224.0.0.1:6640' | ^overlane.ovsdb | IP address",
        "'name': 'hv1' | 'ovsdb': 6640 | ^overlane.ovsdb | OVSDB server",
        "'name': 'hv1' | 'ovsdb': 'Passive' | ^overlane.ovsdb | or passive",
        "'name': 'hv1' | 'provision': {'controllers': ['passive']} "
            + "| ^overlane.provision.controllers[0] | tcp or ssl",
        "'name': 'hv1' | 'provision': {} | ^overlane.provision | needs the database",
        "'name': 'hv1' | 'provision': true | ^overlane.provision | an object",
        "'name': 'hv1' | 'provision': {'policy': 'force'} | ^overlane.provision.policy | 'dry-run'",
        "'name': 'hv1' | 'provision': {'tunnel': 'no'} | ^overlane.provision.tunnel | true or false",
        "'name': 'hv1' | 'provision': {'controllers': ['tcp:c.example:6653']} "
            + "| ^overlane.provision.controllers[0] | tcp:192.0.2.100:6653",
        "'name': 'hv1' | 'provision': {'controllers': ['unix:controller']} "
            + "| ^overlane.provision.controllers[0] | unix and a path",
        "'name': 'hv1' | 'provision': {'bridge': 'br0'} | ^overlane.provision.bridge | Allowed here",
        "'profile': 'ovs' | 'profile': 'OVS' | ^overlane.profile | 'ovs', 'openflow13'",
        "'profile': 'ovs' | 'profile': 'openflow13' | ^overlane.tunnel.mode | port-per-remote",
        "'replication': 'list' | 'replication': 'all' | ^overlane.replication | 'list', 'group'",
        "'name': 'hv1' | 'name': ' ' | ^overlane.name | blank",
        "'name': 'hv1' | 'nmae': 'hv1' | ^overlane.nmae | Allowed here: name, profile",
        "'port': 'LOCAL' | 'port': 1 | ^overlane.uplinks[0].management.port | already an uplink",
        "'port': 'LOCAL' | 'port': 10 | ^overlane.tunnel.port | already a management port",
        "'native', 'port': 10 | 'native', 'port': 1 | ^overlane.tunnel.port | already an uplink",
        "'native', 'port': 10 | 'native', 'ports': {} | ^overlane.tunnel.ports | not belong",
        "'native', 'port': 10 | 'native' | ^overlane.tunnel.port | is missing",
        "'native', 'port': 10 | 'vxlan', 'port': 10 | ^overlane.tunnel.mode | 'management-os'",
        "[ 'ipv4' ] | 'ipv4' | ^overlane.tunnel.fragments | an array",
        "[ 'ipv4' ] | true | ^overlane.tunnel.fragments | an array",
        "[ 'ipv4' ] | null | ^overlane.tunnel.fragments | must not be null",
        "[ 'ipv4' ] | [ 'ipv4', 'ipv4' ] | ^overlane.tunnel.fragments[1] | twice",
        "[ 'ipv4' ] | [ 'IPv4' ] | ^overlane.tunnel.fragments[0] | 'ipv4', 'ipv6'",
        "[ 'ipv4' ] | [ 4 ] | ^overlane.tunnel.fragments[0] | 'ipv4', 'ipv6'",
        "[ 'ipv4' ] | [ 'ipv4', 'ipv6', 'ipv4' ] | ^overlane.tunnel.fragments | at most 2",
        "'fragments' | 'fragment' | ^overlane.tunnel.fragment | mode, port, ports, fragments",
        "'mac': '02:0a:00:00:00:01' | 'mac': '01:0a:00:00:00:01' | ^overlane.uplinks[0].management.mac | unicast",
        "'name': 'hv1' | 'host': 'of:0000000000000001' | ^overlane.host | another device",
        "'name': 'hv1' | 'host': 'hv2' | ^overlane.host | of: and",
        "{ 'blue': 'vx100' } | { 'bl ue': 'vx100' } | devices[\"of:0000000000000002\"].overlane.tunnel.ports[\"bl ue\"] | key",
      })
  void namesTheField(String from, String to, String path, String text) {
    String expected = path.replace("^", "devices[\"of:0000000000000001\"].");

    List<Problem> problems = problems(changed(from, to));

    assertThat(problems).extracting(Problem::path).contains(expected);
    Problem problem = problems.stream().filter(p -> p.path().equals(expected)).findFirst().get();
    assertThat(problem.toString()).contains(text.replace('\'', '"'));
    assertThat(problem.remedy()).isNotEmpty();
  }

  /** What only the comparison of two objects shows. */
  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "'192.0.2.2' | '192.0.2.1' | devices[\"of:0000000000000002\"].overlane.vteps[0] | of:0000000000000001 has it",
        "'mac': '02:00:00:00:01:02' | 'mac': '02:00:00:00:01:01' | endpoints[\"vm1\"].mac | unique",
        "'ipv4' } | 'ipv4' }, { 'id': 'red', 'vni': 100 } | networks[\"red\"].vni | blue has it",
        "'ipv4' } | 'ipv4' }, { 'id': 'blue', 'vni': 101 } | networks[1] | same id",
        "'id': 'vm1' | 'id': 'blue/02:00:00:00:01:02' | endpoints[1] | same id",
        "'id': 'vm1', 'network': 'blue' | 'id': 'vm1', 'network': 'red' | endpoints[\"vm1\"].network | Declare the network",
        "'port': 11 | 'port': 10 | endpoints[\"vm1\"].port | a tunnel port",
        "'port': 11 | 'port': 'LOCAL' | endpoints[\"vm1\"].port | a management port",
      })
  void namesTheContradiction(String from, String to, String path, String text) {
    assertThat(problems(changed(from, to)))
        .filteredOn(p -> p.path().equals(path))
        .hasSize(1)
        .first()
        .asString()
        .contains(text);
  }

  @Test
  void aBridgeMayHaveAddressesOfItsHostOnly() {
    String bridge = "'192.0.2.2' ], 'host': 'of:0000000000000001'";
    assertThat(problems(changed("'192.0.2.2' ]", bridge)))
        .extracting(Problem::message)
        .containsExactly("must be an address of the host of:0000000000000001");
    String fitting = changed("'192.0.2.2' ]", bridge).replace("192.0.2.2", "192.0.2.1");
    assertThat(reader.readDocument(fitting).devices()).hasSize(2);
  }

  @Test
  void reportsAllProblemsAtOnce() {
    List<Problem> problems =
        problems(
            Samples.twoHosts()
                .replace("\"vni\": 100", "\"vni\": 0")
                .replace("02:00:00:00:01:01", "03:00:00:00:01:01")
                .replace("\"port\": 10 ", "\"port\": 1 ")
                .replace("\"name\"", "\"nmae\"")
                .replace("192.0.2.2", "192.0.2.1"));

    assertThat(problems)
        .extracting(Problem::path)
        .containsExactlyInAnyOrder(
            "networks[0].vni",
            "endpoints[0].mac",
            "devices[\"of:0000000000000001\"].overlane.tunnel.port",
            "devices[\"of:0000000000000001\"].overlane.nmae",
            "devices[\"of:0000000000000002\"].overlane.vteps[0]");
  }

  @Test
  void reportsProblemsOfATunnelWithoutMode() {
    assertThat(problems(changed("[ 'ipv4' ], 'mode': 'native'", "[ 'x' ]")))
        .extracting(Problem::path)
        .containsExactlyInAnyOrder(
            "devices[\"of:0000000000000001\"].overlane.tunnel.mode",
            "devices[\"of:0000000000000001\"].overlane.tunnel.fragments[0]");
  }

  @Test
  void doesNotBlameWhatRefersToSomethingUnreadable() {
    assertThat(problems(changed("'vni': 100", "'vni': 0")))
        .extracting(Problem::path)
        .containsExactly("networks[0].vni");
    assertThat(problems(changed("'192.0.2.2' ]", "'192.0.2.1' ], 'host': 'hv1'")))
        .extracting(Problem::path)
        .containsExactly("devices[\"of:0000000000000002\"].overlane.host");
  }

  @Test
  void countsWhatItDoesNotList() {
    ModelReader brief = new ModelReader(ReaderLimits.builder().problems(3).build());
    String list = "[" + Strings.repeat("{},", 9) + "{}]";

    ConfigException refusal =
        catchThrowableOfType(() -> brief.readNetworks(list), ConfigException.class);

    assertThat(refusal.problems()).hasSize(4);
    assertThat(refusal.problems().get(3).message()).isEqualTo("17 more problems are not listed");
  }

  @Test
  void malformedTextGivesLineAndColumn() {
    assertThat(problems("{\n  \"devices\": {,}\n}").get(0).message())
        .contains("line 2, column")
        .contains("Unexpected character");
    assertThat(problems("").get(0).message()).isEqualTo("is empty");
    assertThat(problems("{} {}").get(0).message()).isEqualTo("goes on after its end");
    assertThat(problems("[1").get(0).message()).contains("is not JSON at line 1");
    assertThat(problems("{'devices': {}}").get(0).message()).contains("is not JSON at line 1");
    assertThat(problems("nul").get(0).message()).contains("is not JSON");
    assertThat(problems("7").get(0).message()).isEqualTo("must be an object");
  }

  @Test
  void refusesDeepNestingWithoutRecursion() {
    List<Problem> problems = problems(Strings.repeat("[", 1_000_000));

    assertThat(problems).hasSize(1);
    assertThat(problems.get(0).message()).contains("deeper than 32");
  }

  @Test
  void refusesLargeDocuments() {
    ModelReader small =
        new ModelReader(
            ReaderLimits.builder().bytes(2000).values(50).endpoints(2).networks(1).build());

    assertThat(
            catchThrowableOfType(
                () -> small.readDocument(Strings.repeat(" ", 2001)), ConfigException.class))
        .hasMessageContaining("longer than 2000 bytes");
    assertThat(
            catchThrowableOfType(
                () -> small.readDocument("[" + Strings.repeat("1,", 60) + "1]"),
                ConfigException.class))
        .hasMessageContaining("more than 50 values");
    assertThat(catchThrowableOfType(() -> small.readEndpoints("[1,2,3]"), ConfigException.class))
        .hasMessageContaining("at most 2 elements");
    assertThat(
            catchThrowableOfType(
                () -> small.readDocument("{\"networks\":[1,2]}"), ConfigException.class))
        .hasMessageContaining("at most 1 elements");
  }

  @Test
  void stopsAtTheLimitOfValuesInsteadOfFillingTheMemory() {
    String many = "[" + Strings.repeat("[],", 10_000_000) + "1]";

    assertThat(problems(many))
        .extracting(Problem::message)
        .containsExactly("has more than 2000000 values");
  }

  @Test
  void aPortAndAMacBelongToOneNetwork() {
    String second =
        "{ 'id': 'vm9', 'network': 'red', 'mac': '02:00:00:00:01:01',"
            + " 'device': 'of:0000000000000001', 'port': 11 }, { 'network'";
    String json =
        changed("'ipv4' }", "'ipv4' }, { 'id': 'red', 'vni': 101 }")
            .replace(json("{ 'network'"), json(second));

    assertThat(problems(json)).hasSize(1);
    assertThat(problems(json).get(0).path()).isEqualTo("endpoints[\"vm9\"].port");
    assertThat(problems(json).get(0).message()).contains("belong to two networks");
  }

  @Test
  void readsStreams() throws IOException {
    byte[] bytes = Samples.twoHosts().getBytes(StandardCharsets.UTF_8);
    assertThat(reader.readDocument(new ByteArrayInputStream(bytes)))
        .isEqualTo(reader.readDocument(Samples.twoHosts()));

    byte[] latin1 = "{\"\u00fc\": 1}".getBytes(StandardCharsets.ISO_8859_1);
    assertThat(
            catchThrowableOfType(
                () -> reader.readDocument(new ByteArrayInputStream(latin1)), ConfigException.class))
        .hasMessageContaining("UTF-8");
    ModelReader small = new ModelReader(ReaderLimits.builder().bytes(10).build());
    assertThat(
            catchThrowableOfType(
                () -> small.readDocument(new ByteArrayInputStream(new byte[11])),
                ConfigException.class))
        .hasMessageContaining("longer than 10 bytes");
  }

  @Test
  void readsParts() {
    assertThat(reader.readNetwork(json("{'id': 'red', 'vni': 7}")).vni().toInt()).isEqualTo(7);
    assertThat(reader.readNetworks(json("[{'id': 'red', 'vni': 7}]"))).hasSize(1);
    String endpoint =
        json("{'network':'red','mac':'02:00:00:00:00:01','device':'of:0000000000000001','port':1}");
    assertThat(reader.readEndpoint(endpoint).id()).isEqualTo("red/02:00:00:00:00:01");
    assertThat(reader.readEndpoints("[" + endpoint + "]"))
        .isEqualTo(ImmutableList.of(reader.readEndpoint(endpoint)));
    assertThat(
            catchThrowableOfType(
                    () -> reader.readEndpoints("[" + endpoint + "," + endpoint + "]"),
                    ConfigException.class)
                .problems())
        .extracting(Problem::path)
        .containsExactly("[1]");
    assertThat(reader.readDevice(HV1, "{}")).isEqualTo(DeviceConfig.builder(HV1).build());
  }

  @Test
  void aFragmentMayReferToWhatItDoesNotHave() {
    String endpoint =
        json("{'endpoints':[{'id':'vm9','network':'red','mac':'02:00:00:00:00:01',")
            + json("'device':'of:0000000000000001','port':1}]}");
    assertThat(reader.readFragment(endpoint).endpoints()).containsOnlyKeys("vm9");
    assertThat(problems(endpoint))
        .extracting(Problem::path)
        .containsExactly("endpoints[\"vm9\"].network");

    ConfigException refusal =
        catchThrowableOfType(
            () ->
                reader.readFragment(
                    Samples.twoHosts()
                        .replace("\"port\": 10 ", "\"port\": 1 ")
                        .replace("\"vni\": 100", "\"vni\": 0")),
            ConfigException.class);
    assertThat(refusal.problems())
        .extracting(Problem::path)
        .containsExactlyInAnyOrder(
            "networks[0].vni", "devices[\"of:0000000000000001\"].overlane.tunnel.port");
  }

  @Test
  void checksADeviceByItself() {
    ConfigException refusal =
        catchThrowableOfType(
            () ->
                reader.readDevice(
                    HV1, json("{'uplinks':[{'port':1}],'tunnel':{'mode':'native','port':1}}")),
            ConfigException.class);

    assertThat(refusal.problems())
        .extracting(Problem::path)
        .containsExactly("devices[\"of:0000000000000001\"].overlane.tunnel.port");
    assertThat(
            catchThrowableOfType(
                () -> reader.readDevice(NodeId.of("netconf:1"), "{}"), ConfigException.class))
        .hasMessageContaining("no OpenFlow device");
  }

  @Test
  void showsValuesShortAndPrintable() {
    List<Problem> problems =
        problems(
            json("{'networks': [{'id': '" + Strings.repeat("x\\u0007", 500) + "', 'vni': 1}]}"));

    assertThat(problems.get(0).value()).hasSizeLessThanOrEqualTo(60).startsWith("\"x?x?");
  }
}
