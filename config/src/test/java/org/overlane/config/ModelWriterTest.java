/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.overlane.config.Samples.json;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.collect.ImmutableList;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.overlane.flowrules.model.Network;
import org.overlane.flowrules.model.NetworkId;
import org.overlane.flowrules.model.NodeId;
import org.overlane.flowrules.model.Vni;

class ModelWriterTest {
  private final ModelReader reader = new ModelReader();

  @Provide
  Arbitrary<ModelDocument> documents() {
    return Documents.consistent();
  }

  @Property(tries = 200)
  void whatIsWrittenIsReadBack(@ForAll("documents") ModelDocument document) {
    String text = ModelWriter.write(document);

    ModelDocument back = reader.readDocument(text);

    assertThat(back).isEqualTo(document);
    assertThat(ModelWriter.write(back)).isEqualTo(text);
  }

  @Property(tries = 100)
  void partsAreReadBack(@ForAll("documents") ModelDocument document) {
    document
        .devices()
        .forEach(
            (id, device) ->
                assertThat(reader.readDevice(id, ModelWriter.toJson(device))).isEqualTo(device));
    document
        .networks()
        .values()
        .forEach(
            n -> assertThat(reader.readNetwork(ModelWriter.toJson(n).toString())).isEqualTo(n));
    document
        .endpoints()
        .values()
        .forEach(
            e -> assertThat(reader.readEndpoint(ModelWriter.toJson(e).toString())).isEqualTo(e));
  }

  @Test
  void spellsOutDefaultsButNoEmptyLists() {
    assertThat(ModelWriter.toJson(Network.of(NetworkId.of("red"), Vni.of(7))).toString())
        .isEqualTo(json("{'id':'red','vni':7,'mssClamping':false,'vlanTags':0}"));
  }

  @Test
  void writesThatAnEndpointNeverFragments() {
    DeviceConfig silent =
        reader.readDevice(
            NodeId.of(Samples.HV1),
            json("{'tunnel': {'mode': 'native', 'port': 10, 'fragments': []}}"));
    DeviceConfig both =
        reader.readDevice(
            NodeId.of(Samples.HV1),
            json("{'tunnel': {'mode': 'native', 'port': 10, 'fragments': ['ipv6', 'ipv4']}}"));

    assertThat(ModelWriter.toJson(silent).get("tunnel").get("fragments")).isEmpty();
    assertThat(ModelWriter.toJson(both).get("tunnel").toString())
        .isEqualTo(json("{'mode':'native','port':10,'fragments':['ipv4','ipv6']}"));
  }

  @Test
  void writesZonesUnlessTheyAreTheDefault() {
    NodeId id = NodeId.of(Samples.HV1);
    DeviceConfig plain = reader.readDevice(id, json("{'zones': ['default']}"));
    DeviceConfig zoned = reader.readDevice(id, json("{'zones': ['default', 'b', 'a']}"));

    assertThat(plain).isEqualTo(reader.readDevice(id, "{}"));
    assertThat(ModelWriter.toJson(plain).has("zones")).isFalse();
    assertThat(ModelWriter.toJson(zoned).get("zones").toString())
        .isEqualTo(json("['a','b','default']"));
  }

  @Test
  void writesProblemsAndPending() {
    ConfigException refusal =
        new ConfigException(ImmutableList.of(Problem.of("a.b", "7", "is bad", "Mend it")));
    ObjectNode json = ModelWriter.toJson(refusal);

    assertThat(json.toString())
        .isEqualTo(
            "{\"problems\":[{\"path\":\"a.b\",\"value\":\"7\",\"message\":\"is bad\",\"remedy\":\"Mend"
                + " it\"}]}");
    Pending pending = Pending.ofDevice(NodeId.of("of:1"), "p", "r", "m");
    assertThat(ModelWriter.toJson(pending).toString())
        .isEqualTo("{\"device\":\"of:1\",\"path\":\"p\",\"reason\":\"r\",\"remedy\":\"m\"}");
  }
}
