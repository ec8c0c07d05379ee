/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.flowrules.compile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.statistics.Statistics;
import org.junit.jupiter.api.Test;
import org.overlane.flowrules.compile.Crossings.Crossing;
import org.overlane.flowrules.feature.NodeContext;
import org.overlane.flowrules.feature.OversizeException;
import org.overlane.flowrules.feature.PacketClass;
import org.overlane.flowrules.model.Endpoint;
import org.overlane.flowrules.model.IpAddress;
import org.overlane.flowrules.model.NetworkId;
import org.overlane.flowrules.model.NetworkModel;
import org.overlane.flowrules.openflow.Field;
import org.overlane.flowrules.openflow.FlowEntry;
import org.overlane.flowrules.openflow.FlowTables;
import org.overlane.flowrules.pipeline.ContractException;
import org.overlane.flowrules.pipeline.OverlapCheck;
import org.overlane.flowrules.testing.Interpreter;
import org.overlane.flowrules.testing.Models;
import org.overlane.flowrules.testing.Packet;
import org.overlane.flowrules.testing.RandomModels;
import org.overlane.flowrules.testing.Scenarios;

/** The entries that the slow path installs, among those that a model asks for. */
class OversizeExceptionTest {
  private static final int UDP = 17;
  private static final List<List<IpAddress>> PAIRS =
      List.of(
          Models.addresses("10.0.0.1", "10.0.0.3"), Models.addresses("fd00::1", "2001:db8:1::3"));

  /** What of its pair is too large goes where it would if it fitted; all else goes as before. */
  @Property(tries = 40)
  void leadsExactlyItsPairOn(@ForAll long seed, @ForAll Random random) {
    NetworkModel model = RandomModels.complete(seed);
    Crossings crossings = new Crossings(model);
    for (Endpoint from : model.endpoints().values()) {
      for (Endpoint to : model.endpointsOf(from.network())) {
        Optional<Crossing> crossing = crossing(crossings, from, to);
        FlowTables tables = new PipelineCompiler().compile(model, from.node()).tables();
        if (crossing.isPresent() && crossing.get().sender().checksSize()) {
          List<IpAddress> pair = PAIRS.get(random.nextInt(PAIRS.size()));
          assertException(model, tables, crossing.get(), pair.get(0), pair.get(1));
        }
      }
    }
    Statistics.label("endpoint")
        .coverage(
            coverage -> {
              coverage.check("fragments").count(n -> n > 0);
              coverage.check("does not").count(n -> n > 0);
            });
  }

  private static Optional<Crossing> crossing(Crossings crossings, Endpoint from, Endpoint to) {
    return crossings.of(from.node(), from.port().orElseThrow(), from.mac(), to.mac());
  }

  private static void assertException(
      NetworkModel model,
      FlowTables tables,
      Crossing crossing,
      IpAddress source,
      IpAddress target) {
    FlowEntry exception = crossing.exception(source, target, UDP);
    assertThat(exception.table()).isEqualTo(51);
    assertThat(PacketClass.of(exception.cookie())).contains(PacketClass.OVERSIZE_EXCEPTION);
    List<FlowEntry> all = new ArrayList<>(tables.entries());
    all.add(exception);
    FlowTables with = new FlowTables(all, tables.groups().values(), tables.meters().values());
    assertThat(OverlapCheck.find(with.entries())).isEmpty();

    int limit = crossing.limit().frameLimit();
    Packet large = udp(crossing, source, target).length(limit + 1);
    boolean fragments = crossing.limit().endpointFragments();
    Statistics.label("endpoint").collect(fragments ? "fragments" : "does not");
    Interpreter run = Interpreter.run(with, large);
    if (fragments) {
      assertThat(run.hits()).contains(exception);
      assertThat(run.outputs())
          .isEqualTo(
              Interpreter.run(tables, large.length(60)).outputs().stream()
                  .map(
                      o ->
                          new Interpreter.Output(
                              o.port(), o.packet().with(Field.REG0, 3).length(limit + 1)))
                  .toList());
      assertThat(run.meters()).isEmpty();
    } else { // as before: the endpoint would drop it
      assertThat(run.hits()).isEqualTo(Interpreter.run(tables, large).hits());
    }
    for (Packet other : others(model, crossing, large, source, target)) {
      Interpreter before = Interpreter.run(tables, other);
      assertThat(Interpreter.run(with, other).hits()).isEqualTo(before.hits());
    }
  }

  private static Packet udp(Crossing crossing, IpAddress source, IpAddress target) {
    return Packet.frame(
            crossing.from().port().orElseThrow(), crossing.from().mac(), crossing.to().mac())
        .ip(source, target, UDP)
        .udp(1, 2);
  }

  /** One difference each: size, protocol, an address, the direction, family, network, no IP. */
  private static List<Packet> others(
      NetworkModel model, Crossing crossing, Packet large, IpAddress source, IpAddress target) {
    IpAddress stranger = IpAddress.parse(source.isIpv4() ? "10.0.0.4" : "fd00::4");
    List<Packet> others = new ArrayList<>();
    others.add(large.length(crossing.limit().frameLimit()));
    others.add(large.with(Field.IP_PROTO, 6).with(Field.TCP_FLAGS, 0x10));
    others.add(udp(crossing, stranger, target).length(large.length()));
    others.add(udp(crossing, source, stranger).length(large.length()));
    others.add(udp(crossing, target, source).length(large.length()));
    List<IpAddress> otherPair = PAIRS.get(source.isIpv4() ? 1 : 0);
    others.add(udp(crossing, otherPair.get(0), otherPair.get(1)).length(large.length()));
    others.add(large.with(Field.ETH_TYPE, 0x0806));
    for (Endpoint neighbour : model.endpointsAt(crossing.from().node())) {
      if (!neighbour.network().equals(crossing.network().id())) {
        for (Endpoint remote : model.endpointsOf(neighbour.network())) {
          Packet frame =
              Packet.frame(neighbour.port().orElseThrow(), neighbour.mac(), remote.mac());
          others.add(frame.ip(source, target, UDP).length(large.length()));
        }
      }
    }
    return others;
  }

  /** An entry that stays after a change takes nothing from what then must be answered. */
  @Test
  void doesNotOutliveAnEndpointThatNoLongerFragments() {
    NetworkModel before = Scenarios.managementOsHost().model();
    Endpoint from = before.endpoints().get("vm1");
    Endpoint to = before.endpoints().get("vm3");
    Crossing crossing = crossing(new Crossings(before), from, to).orElseThrow();
    IpAddress source = PAIRS.get(0).get(0);
    IpAddress target = PAIRS.get(0).get(1);
    FlowEntry exception = crossing.exception(source, target, UDP);
    NetworkModel after =
        before.toBuilder()
            .add(
                before.node(from.node()).orElseThrow().toBuilder()
                    .declaredFragments(Optional.of(ImmutableSet.of()))
                    .build())
            .build();
    FlowTables tables = new PipelineCompiler().compile(after, from.node()).tables();
    FlowTables with =
        new FlowTables(
            ImmutableList.<FlowEntry>builder().addAll(tables.entries()).add(exception).build(),
            tables.groups().values(),
            tables.meters().values());
    Packet large = udp(crossing, source, target).length(crossing.limit().frameLimit() + 1);
    assertThat(Interpreter.run(with, large).hits()).doesNotContain(exception);
    assertThat(Interpreter.run(with, large).meters()).hasSize(1);
  }

  @Test
  void refusesAddressesOfTwoFamiliesAndSwitchesWithoutRegisters() {
    NetworkModel model = Scenarios.managementOsHost().model();
    NodeContext node = new NodeContext(model, model.node(Models.id(1)).orElseThrow());
    var blue = model.networks().get(NetworkId.of("blue"));
    IpAddress ipv4 = IpAddress.parse("10.0.0.1");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> OversizeException.entry(node, blue, ipv4, IpAddress.parse("fd00::1"), UDP))
        .withMessageContaining("two families: 10.0.0.1 and fd00::1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> OversizeException.entry(node, blue, ipv4, ipv4, 256));
    NetworkModel plain = Scenarios.openflow13Host().model();
    NodeContext plainNode = new NodeContext(plain, plain.node(Models.id(1)).orElseThrow());
    assertThatThrownBy(() -> OversizeException.entry(plainNode, blue, ipv4, ipv4, UDP))
        .isInstanceOf(ContractException.class);
  }
}
