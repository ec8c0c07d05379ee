/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.flowrules.compile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.overlane.flowrules.testing.Models.endpoint;
import static org.overlane.flowrules.testing.Models.id;
import static org.overlane.flowrules.testing.Models.nativeTunnel;
import static org.overlane.flowrules.testing.Models.network;
import static org.overlane.flowrules.testing.Models.node;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.overlane.flowrules.feature.PacketClass;
import org.overlane.flowrules.model.MacAddress;
import org.overlane.flowrules.model.NetworkModel;
import org.overlane.flowrules.model.OfPort;
import org.overlane.flowrules.openflow.Action;
import org.overlane.flowrules.openflow.Field;
import org.overlane.flowrules.openflow.FlowEntry;
import org.overlane.flowrules.openflow.FlowTables;
import org.overlane.flowrules.pipeline.Pipeline;
import org.overlane.flowrules.testing.Interpreter;
import org.overlane.flowrules.testing.Models;
import org.overlane.flowrules.testing.Packet;

/** A network with more receivers than one message holds. */
class FloodSizeTest {
  private static final int NODES = 2000;
  private static final int VNI = 0xffffff;

  @Test
  void aListThatDoesNotFitBecomesGroups() {
    FlowTables tables = new PipelineCompiler().compile(model(NODES), id(1)).tables();
    List<Action> actions = remoteFlood(tables).instructions().applyActions();
    assertThat(actions).hasOnlyElementsOfType(Action.ToGroup.class).hasSizeGreaterThan(1);
    assertThat(tables.groups().keySet())
        .startsWith(0x00ffffffL, 0x01ffffffL)
        .hasSameSizeAs(actions);
    Packet broadcast = Packet.frame(OfPort.of(11), Models.mac(1), MacAddress.of(0xffffffffffffL));
    assertThat(Interpreter.run(tables, broadcast).outputs())
        .extracting(o -> o.packet().get(Field.TUN_DST))
        .hasSize(NODES - 1)
        .doesNotHaveDuplicates();
  }

  @Test
  void aListThatFitsStaysAList() {
    FlowTables tables = new PipelineCompiler().compile(model(500), id(1)).tables();
    assertThat(tables.groups()).isEmpty();
    assertThat(remoteFlood(tables).instructions().applyActions()).hasSize(2 * 499);
  }

  /** The local copies have groups of their own, whose ids come before those of the remote ones. */
  @Test
  void localCopiesThatDoNotFitBecomeGroupsToo() {
    NetworkModel.Builder model = model(2).toBuilder();
    for (int i = 1; i <= NODES; i++) {
      model.add(endpoint("local" + i, "blue", 0x1000 + i, 1, 1000 + i));
    }
    FlowTables tables = new PipelineCompiler().compile(model.build(), id(1)).tables();
    assertThat(tables.groups().keySet()).containsExactly(0x00ffffffL, 0x01ffffffL, 0x02ffffffL);
    Packet broadcast = Packet.frame(OfPort.of(11), Models.mac(1), MacAddress.of(0xffffffffffffL));
    assertThat(Interpreter.run(tables, broadcast).ports())
        .hasSize(NODES + 1)
        .doesNotHaveDuplicates();
  }

  private static FlowEntry remoteFlood(FlowTables tables) {
    return tables.entries().stream()
        .filter(e -> e.cookie().packetClass() == PacketClass.FLOOD.id())
        .filter(e -> e.table() == Pipeline.ENCAPSULATE.id())
        .findFirst()
        .orElseThrow();
  }

  private static NetworkModel model(int nodes) {
    NetworkModel.Builder model = NetworkModel.builder().add(network("blue", VNI));
    for (int i = 1; i <= nodes; i++) {
      model.add(node(i, "10.0." + i / 250 + "." + (1 + i % 250)).tunnel(nativeTunnel(9)).build());
      model.add(endpoint("vm" + i, "blue", i, i, 11));
    }
    return model.build();
  }
}
