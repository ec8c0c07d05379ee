/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.overlane.config.Samples.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.common.collect.ImmutableSet;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.overlane.flowrules.compile.Capability;
import org.overlane.flowrules.model.IpAddress;
import org.overlane.flowrules.model.MacAddress;
import org.overlane.flowrules.model.NetworkId;
import org.overlane.flowrules.model.NetworkModel;
import org.overlane.flowrules.model.NodeId;
import org.overlane.flowrules.model.OfPort;

class MtuJsonTest {
  private static final NodeId HV1 = NodeId.of(Samples.HV1);
  private static final NodeId HV2 = NodeId.of(Samples.HV2);
  private static final Optional<NetworkId> BLUE = Optional.of(NetworkId.of("blue"));

  private static NetworkModel model(String json) {
    return ModelAssembler.assemble(new ModelReader().readDocument(json), PortDirectory.offline())
        .model();
  }

  /** With port numbers, so that nothing is pending. */
  private static String twoHosts() {
    return Samples.twoHosts()
        .replace("\"ext\"", "1")
        .replace("\"mgmt\"", "2, \"mac\": \"02:0a:00:00:00:02\"")
        .replace("\"vx100\"", "3")
        .replace("\"vm2\"", "4");
  }

  @Test
  void writesNetworksPathsAndNodes() {
    JsonNode json = MtuJson.of(model(twoHosts()));

    String derivation = "1446 = 1500 - 54, VXLAN over IPv4 with 1 VLAN tag, towards 192.0.2.";
    assertThat(json.get("networks").toString())
        .isEqualTo(
            json(
                "[{'network':'blue','vni':100,'mtu':1446,'derivation':'"
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
    assertThat(node.get("device").textValue()).isEqualTo(Samples.HV1);
    assertThat(node.get("underlayMtu").intValue()).isEqualTo(1500);
    assertThat(node.get("mtu").intValue()).isEqualTo(1446);
    assertThat(node.get("capabilities")).hasSize(Capability.Case.values().length);
  }

  @Test
  void leavesOutWhatThereIsNot() {
    ModelDocument alone = new ModelReader().readDocument(twoHosts()).withoutDevice(HV2);
    NetworkModel model = ModelAssembler.assemble(alone, PortDirectory.offline()).model();

    JsonNode json = MtuJson.of(model);

    assertThat(json.get("networks").toString())
        .isEqualTo(
            json(
                "[{'network':'blue','vni':100,'derivation':'no path to another node',"
                    + "'vlanTags':1,'paths':[]}]"));
    assertThat(json.get("nodes").get(0).has("mtu")).isFalse();
    String withoutVteps = twoHosts().replace("[ \"192.0.2.2\" ]", "[]");
    JsonNode path =
        MtuJson.of(model(withoutVteps), BLUE, Optional.of(HV2))
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

    JsonNode few = MtuJson.of(model).get("networks").get(0);
    JsonNode all = MtuJson.of(model, BLUE, Optional.empty()).get("networks").get(0);

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

    JsonNode of1 = MtuJson.of(model, Optional.empty(), Optional.of(HV1));

    assertThat(of1.get("networks").get(0).get("paths")).hasSize(1);
    assertThat(of1.get("nodes")).hasSize(1);
    assertThat(MtuJson.of(model, Optional.of(NetworkId.of("red")), Optional.empty()).toString())
        .isEqualTo(json("{'networks':[],'nodes':[]}"));
  }

  @Test
  void writesCapabilities() {
    NetworkModel model = model(twoHosts());
    Capability first = Capability.of(model, HV2).get(0);

    assertThat(CapabilityJson.of(model, HV2)).hasSize(5);
    assertThat(CapabilityJson.of(model, HV2).get(0)).isEqualTo(CapabilityJson.of(first));
    assertThat(CapabilityJson.of(first).toString())
        .isEqualTo(
            json(
                "{'case':'TX-4','title':'IPv4, DF clear','holds':true,'means':'"
                    + first.means()
                    + "'}"));
  }
}
