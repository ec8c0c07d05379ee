/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.tunnels.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.common.collect.ImmutableSet;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.overlane.config.DeviceConfig;
import org.overlane.config.EndpointConfig;
import org.overlane.config.ModelAssembler;
import org.overlane.config.ModelDocument;
import org.overlane.config.ModelReader;
import org.overlane.config.PortDirectory;
import org.overlane.config.PortRef;
import org.overlane.config.TunnelConfig;
import org.overlane.flowrules.compile.Capability;
import org.overlane.flowrules.model.IpAddress;
import org.overlane.flowrules.model.MacAddress;
import org.overlane.flowrules.model.NetworkId;
import org.overlane.flowrules.model.NetworkModel;
import org.overlane.flowrules.model.NodeId;
import org.overlane.flowrules.model.OfPort;

class MtuPlanJsonTest {
  private static final NodeId HV1 = NodeId.of("of:0000000000000001");
  private static final NodeId HV2 = NodeId.of("of:0000000000000002");
  private static final Optional<NetworkId> BLUE = Optional.of(NetworkId.of("blue"));

  private static NetworkModel model(String json) {
    return ModelAssembler.assemble(new ModelReader().readDocument(json), PortDirectory.offline())
        .model();
  }

  private static JsonNode part(
      NetworkModel model, Optional<NetworkId> network, Optional<NodeId> device) {
    return MtuPlanJson.of(MtuPlan.of(model, PlanFacts.NONE, network, device));
  }

  private static String json(String... lines) {
    return String.join("\n", lines).replace('\'', '"');
  }

  private static String twoHosts() {
    return json(
        "{'devices': {",
        "  'of:0000000000000001': {'overlane': {'vteps': ['192.0.2.1'],",
        "    'tunnel': {'fragments': ['ipv4'], 'mode': 'native', 'port': 10}}},",
        "  'of:0000000000000002': {'overlane': {'vteps': [ '192.0.2.2' ],",
        "    'tunnel': {'mode': 'management-os', 'ports': {'blue': 3}}}}},",
        "'networks': [{'id': 'blue', 'vni': 100, 'vlanTags': 1, 'underlay': 'ipv4'}],",
        "'endpoints': [",
        "  {'id': 'vm1', 'network': 'blue', 'mac': '02:00:00:00:01:01',",
        "   'device': 'of:0000000000000001', 'port': 11},",
        "  {'network': 'blue', 'mac': '02:00:00:00:01:02',",
        "   'device': 'of:0000000000000002', 'port': 4}]}");
  }

  @Test
  void writesNetworksPathsAndNodes() {
    JsonNode json = MtuPlanJson.of(MtuPlan.of(model(twoHosts())));

    String derivation = "1446 = 1500 - 54, VXLAN over IPv4 with 1 VLAN tag, towards 192.0.2.";
    assertThat(json.get("networks").toString())
        .isEqualTo(
            json(
                "[{'network':'blue','vni':100,'mtu':1446,'mss':{'ipv4':1406,'ipv6':1386},'derivation':'"
                    + derivation
                    + "2',"
                    + "'vlanTags':1,'paths':["
                    + "{'from':'of:0000000000000001','to':'of:0000000000000002',"
                    + "'remote':'192.0.2.2','family':'ipv4','underlayMtu':1500,'overhead':54,"
                    + "'mtu':1446,'frameLimit':1464,'fragments':true,"
                    + "'derivation':'"
                    + derivation
                    + "2'},"
                    + "{'from':'of:0000000000000002','to':'of:0000000000000001',"
                    + "'remote':'192.0.2.1','family':'ipv4','underlayMtu':1500,'overhead':54,"
                    + "'mtu':1446,'frameLimit':1464,'fragments':true,"
                    + "'derivation':'"
                    + derivation
                    + "1'}]}]"));
    assertThat(json.get("nodes")).hasSize(2);
    JsonNode node = json.get("nodes").get(0);
    assertThat(node.fieldNames())
        .toIterable()
        .containsExactly("device", "underlayMtu", "mtu", "capabilities");
    assertThat(node.get("device").textValue()).isEqualTo(HV1.toString());
    assertThat(node.get("underlayMtu").intValue()).isEqualTo(1500);
    assertThat(node.get("mtu").intValue()).isEqualTo(1446);
    assertThat(node.get("capabilities")).hasSize(Capability.Case.values().length);
  }

  @Test
  void leavesOutWhatThereIsNot() {
    ModelDocument alone = new ModelReader().readDocument(twoHosts()).withoutDevice(HV2);
    NetworkModel model = ModelAssembler.assemble(alone, PortDirectory.offline()).model();

    JsonNode json = MtuPlanJson.of(MtuPlan.of(model));

    assertThat(json.get("networks").toString())
        .isEqualTo(
            json(
                "[{'network':'blue','vni':100,'derivation':'no path to another node',"
                    + "'vlanTags':1,'paths':[]}]"));
    assertThat(json.get("nodes").get(0).has("mtu")).isFalse();
    String withoutVteps = twoHosts().replace("[ \"192.0.2.2\" ]", "[]");
    JsonNode path =
        part(model(withoutVteps), BLUE, Optional.of(HV2))
            .get("networks")
            .get(0)
            .get("paths")
            .get(0);
    assertThat(path.has("remote")).isFalse();
    assertThat(path.get("derivation").textValue()).endsWith("towards " + HV1);
  }

  @Test
  void saysHowToSeeWhatItDoesNotList() {
    ModelDocument.Builder many = new ModelReader().readDocument(twoHosts()).toBuilder();
    for (int i = 3; i <= 40; i++) {
      NodeId id = NodeId.of(String.format("of:%016x", i));
      many.add(
          DeviceConfig.builder(id)
              .vteps(ImmutableSet.of(IpAddress.parse("192.0.2." + i)))
              .tunnel(TunnelConfig.Native.of(PortRef.of(OfPort.of(10))))
              .build());
      many.add(
          EndpointConfig.of(
              "many" + i,
              BLUE.get(),
              MacAddress.of(0x0200_0000_0200L + i),
              id,
              PortRef.of(OfPort.of(11)),
              ImmutableSet.of()));
    }
    NetworkModel model = ModelAssembler.assemble(many.build(), PortDirectory.offline()).model();

    JsonNode few = MtuPlanJson.of(MtuPlan.of(model)).get("networks").get(0);
    JsonNode all = part(model, BLUE, Optional.empty()).get("networks").get(0);

    assertThat(few.get("paths")).hasSize(20);
    assertThat(few.get("pathsTotal").intValue()).isEqualTo(40 * 39);
    assertThat(few.get("hint").textValue()).contains("network or device");
    assertThat(all.get("paths")).hasSize(40 * 39);
    assertThat(all.has("pathsTotal")).isFalse();
    assertThat(all.has("hint")).isFalse();
  }

  @Test
  void filtersByNetworkAndDevice() {
    NetworkModel model = model(twoHosts());

    JsonNode of1 = part(model, Optional.empty(), Optional.of(HV1));

    assertThat(of1.get("networks").get(0).get("paths")).hasSize(1);
    assertThat(of1.get("nodes")).hasSize(1);
    assertThat(part(model, Optional.of(NetworkId.of("red")), Optional.empty()).toString())
        .isEqualTo(json("{'networks':[],'nodes':[],'warnings':[]}"));
  }

  @Test
  void writesWarnings() {
    String narrow =
        twoHosts()
            .replace(
                "\"vteps\": [\"192.0.2.1\"]", "\"vteps\": [\"192.0.2.1\"], \"underlayMtu\": 1400");

    JsonNode warnings = MtuPlanJson.of(MtuPlan.of(model(narrow))).get("warnings");

    assertThat(warnings).hasSize(1);
    assertThat(warnings.get(0).fieldNames())
        .toIterable()
        .containsExactly("kind", "subject", "reason", "remedy", "devices");
    assertThat(warnings.get(0).get("kind").textValue()).isEqualTo("narrow-underlay");
    assertThat(warnings.get(0).get("devices").toString()).isEqualTo("[\"" + HV1 + "\"]");
  }
}
