/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.flowrules.compile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.statistics.Statistics;
import org.overlane.flowrules.feature.PacketClass;
import org.overlane.flowrules.model.Endpoint;
import org.overlane.flowrules.model.NetworkModel;
import org.overlane.flowrules.model.NodeId;
import org.overlane.flowrules.model.OfPort;
import org.overlane.flowrules.model.ProbeAddress;
import org.overlane.flowrules.model.Profile;
import org.overlane.flowrules.openflow.Action;
import org.overlane.flowrules.openflow.Bits;
import org.overlane.flowrules.openflow.Field;
import org.overlane.flowrules.openflow.FieldValue;
import org.overlane.flowrules.openflow.FlowEntry;
import org.overlane.flowrules.openflow.FlowTables;
import org.overlane.flowrules.openflow.Group;
import org.overlane.flowrules.openflow.Meter;
import org.overlane.flowrules.pipeline.NodeMeters;
import org.overlane.flowrules.pipeline.PortMeters;
import org.overlane.flowrules.pipeline.PortMeters.Purpose;
import org.overlane.flowrules.testing.RandomModels;

/** The controller gets nothing that a VM's own meter has not let pass, on any model. */
class SlowPathMetersTest {
  @Property(tries = 300)
  void everyOutputToTheControllerHasTheMeterOfItsPort(@ForAll long seed) {
    NetworkModel model = RandomModels.any(seed);
    for (NodeId node : model.nodes().keySet()) {
      FlowTables tables = new PipelineCompiler().compile(model, node).tables();
      int metered = 0;
      for (FlowEntry entry : tables.entries()) {
        if (entry.instructions().applyActions().stream().anyMatch(a -> toController(a))) {
          assertThat(entry.instructions().meter()).as("%s", entry).isPresent();
        }
        if (entry.instructions().meter().isPresent()
            && entry.cookie().packetClass() != PacketClass.VXLAN_FRAGMENT.id()) {
          assertMetered(model, node, tables, entry);
          metered++;
        }
      }
      for (Group group : tables.groups().values()) {
        assertThat(group.buckets()).noneMatch(b -> b.stream().anyMatch(a -> toController(a)));
      }
      Statistics.label("metered entries").collect(metered == 0 ? "none" : "some");
    }
    Statistics.label("metered entries")
        .coverage(coverage -> coverage.check("some").percentage(p -> p > 10));
  }

  /** An entry with a meter is for one port, where a VM is; the meter is that of the port. */
  private static void assertMetered(
      NetworkModel model, NodeId node, FlowTables tables, FlowEntry entry) {
    Meter meter = tables.meters().get(entry.instructions().meter().orElseThrow());
    assertThat(meter).as("%s", entry).isNotNull();
    if (isProbe(entry)) {
      assertThat(meter).isEqualTo(PortMeters.probes());
      assertThat(entry.match().values())
          .containsExactly(
              FieldValue.exact(Field.ETH_DST, Bits.of(ProbeAddress.of(node).toLong())));
      return;
    }
    OfPort port =
        OfPort.of(entry.match().get(Field.IN_PORT).filter(FieldValue::isExact).get().value().low());
    assertThat(model.endpointsAt(node).stream().flatMap(e -> e.port().stream())).contains(port);
    Purpose purpose =
        switch (PacketClass.of(entry.cookie()).orElseThrow()) {
          case OVERSIZE -> Purpose.OVERSIZE;
          case MSS_CLAMP -> Purpose.SYN;
          case OVERSIZE_DROP -> Purpose.DROP;
          case ADVERTISE_DHCP, ADVERTISE_RA -> Purpose.ADVERTISE;
          default -> throw new AssertionError(entry);
        };
    assertThat(meter).isEqualTo(PortMeters.of(port, purpose));
    boolean copies = entry.cookie().packetClass() == PacketClass.ADVERTISE_RA.id();
    assertThat(entry.instructions().gotoTable())
        .isEqualTo(copies ? Optional.of(30) : Optional.empty());
    assertThat(entry.instructions().applyActions())
        .allMatch(a -> toController(a))
        .hasSize(purpose == Purpose.DROP ? 0 : 1);
  }

  private static boolean isProbe(FlowEntry entry) {
    return entry.cookie().packetClass() == PacketClass.PROBE.id();
  }

  private static boolean toController(Action action) {
    return action instanceof Action.Output output && output.port().equals(OfPort.CONTROLLER);
  }

  /** And none is left over, in the tables of a model that has changed either. */
  @Property(tries = 500)
  void everyMeterIsUsed(@ForAll long seed, @ForAll long change) {
    NetworkModel before = RandomModels.any(seed);
    NetworkModel after = RandomModels.changed(before, change);
    ModelChange step = ModelChange.between(before, after);
    for (NodeId node : after.nodes().keySet()) {
      assertAllUsed(new PipelineCompiler().compile(after, node).tables());
      if (before.node(node).isPresent()) {
        CompileResult previous = new PipelineCompiler().compile(before, node);
        assertAllUsed(new PipelineCompiler().recompile(previous, step, node).tables());
      }
    }
  }

  private static void assertAllUsed(FlowTables tables) {
    Set<Long> used = new TreeSet<>();
    tables.entries().forEach(e -> e.instructions().meter().ifPresent(used::add));
    assertThat(tables.meters().keySet()).isEqualTo(used);
  }

  /** Two networks behind one port: one meter, and the other VM's is another one. */
  @Property(tries = 200)
  void portsShareNoMeterAndNetworksDo(@ForAll long seed) {
    NetworkModel model = RandomModels.complete(seed);
    for (NodeId node : model.nodes().keySet()) {
      Map<Long, OfPort> owners = new HashMap<>();
      FlowTables tables = new PipelineCompiler().compile(model, node).tables();
      for (FlowEntry entry : tables.entries()) {
        if (entry.instructions().meter().isPresent()
            && !isProbe(entry)
            && entry.cookie().packetClass() != PacketClass.VXLAN_FRAGMENT.id()) {
          OfPort port = OfPort.of(entry.match().get(Field.IN_PORT).orElseThrow().value().low());
          OfPort other = owners.putIfAbsent(entry.instructions().meter().get(), port);
          assertThat(other == null || other.equals(port) || port.toLong() > 0xfeff)
              .as("%s of %s", entry, other)
              .isTrue();
        }
      }
    }
  }

  /** What cannot compare lengths has no part in it: no meter, no register, no entry to look at. */
  @Property(tries = 200)
  void aSwitchThatDoesNotCheckHasNothingOfTheSlowPath(@ForAll long seed) {
    NetworkModel model = RandomModels.any(seed);
    for (NodeId node : model.nodes().keySet()) {
      boolean checks =
          model.node(node).orElseThrow().profile() == Profile.OVS
              && model.node(node).orElseThrow().sizeCheck()
              && model.node(node).orElseThrow().tunnel().isPresent();
      FlowTables tables = new PipelineCompiler().compile(model, node).tables();
      boolean hasSlowPath =
          tables.entries().stream().anyMatch(e -> e.table() == 40 || e.table() == 51);
      assertThat(hasSlowPath).isEqualTo(checks);
      if (!checks) {
        assertThat(tables.meters().keySet())
            .allMatch(
                id ->
                    PortMeters.purpose(id).equals(Optional.of(Purpose.ADVERTISE))
                        || id == PortMeters.probes().id()
                        || NodeMeters.name(id).isPresent());
        assertThat(tables.entries())
            .allMatch(
                e ->
                    e.instructions().applyActions().stream()
                        .noneMatch(Action.CheckPacketLarger.class::isInstance));
      }
    }
  }

  /** Where nothing may leave the node, no entry asks how long a frame is. */
  @Property(tries = 200)
  void aNetworkOnOneNodeNeedsNoMeter(@ForAll long seed) {
    NetworkModel model = RandomModels.complete(seed);
    for (NodeId node : model.nodes().keySet()) {
      Set<Integer> local = new TreeSet<>();
      for (Endpoint endpoint : model.endpointsAt(node)) {
        if (model.nodesOf(endpoint.network()).size() == 1) {
          local.add(model.networks().get(endpoint.network()).vni().toInt());
        }
      }
      FlowTables tables = new PipelineCompiler().compile(model, node).tables();
      assertThat(tables.entries())
          .noneMatch(
              e ->
                  e.instructions().meter().isPresent()
                      && !isProbe(e)
                      && Stream.of(Field.TUNNEL_ID, Field.METADATA)
                          .flatMap(f -> e.match().get(f).stream())
                          .anyMatch(vni -> local.contains((int) vni.value().low())));
    }
  }
}
