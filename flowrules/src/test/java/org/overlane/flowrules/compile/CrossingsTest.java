/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.flowrules.compile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.statistics.Statistics;
import org.overlane.flowrules.compile.Crossings.Crossing;
import org.overlane.flowrules.model.Endpoint;
import org.overlane.flowrules.model.MacAddress;
import org.overlane.flowrules.model.NetworkModel;
import org.overlane.flowrules.model.Node;
import org.overlane.flowrules.model.OfPort;
import org.overlane.flowrules.model.TunnelEndpoint;
import org.overlane.flowrules.openflow.Action;
import org.overlane.flowrules.openflow.Field;
import org.overlane.flowrules.openflow.FlowEntry;
import org.overlane.flowrules.testing.Fabric;
import org.overlane.flowrules.testing.Fabric.Delivery;
import org.overlane.flowrules.testing.Interpreter;
import org.overlane.flowrules.testing.Packet;
import org.overlane.flowrules.testing.RandomModels;

/** The controller's idea of a frame's way is that of the switch: any pair of any model. */
class CrossingsTest {
  private static final MacAddress STRANGER = MacAddress.parse("02:99:99:99:99:99");
  private static final MacAddress BROADCAST = MacAddress.parse("ff:ff:ff:ff:ff:ff");

  @Property(tries = 200)
  void aCrossingIsWhereForwardSendsToATunnel(@ForAll long seed) {
    NetworkModel model = RandomModels.any(seed);
    Fabric fabric = new Fabric(model);
    Crossings crossings = new Crossings(model);
    for (Endpoint from : model.endpoints().values()) {
      OfPort port = from.port().orElse(OfPort.of(99));
      for (Endpoint to : model.endpoints().values()) {
        Interpreter run =
            Interpreter.run(fabric.tables(from.node()), Packet.frame(port, from.mac(), to.mac()));
        boolean tunnelled = run.ports().stream().anyMatch(tunnelPorts(model, from)::contains);
        Optional<Crossing> crossing = crossings.of(from.node(), port, from.mac(), to.mac());
        assertThat(crossing.isPresent()).as("%s -> %s", from, to).isEqualTo(tunnelled);
        crossing.ifPresent(c -> assertSameWay(fabric, run, c, from, to));
        Statistics.label("crossing").collect(crossing.isPresent());
      }
    }
    Statistics.label("crossing").coverage(coverage -> coverage.check(true).percentage(p -> p > 5));
  }

  private static Set<OfPort> tunnelPorts(NetworkModel model, Endpoint from) {
    return model
        .node(from.node())
        .flatMap(Node::tunnel)
        .<Set<OfPort>>map(TunnelEndpoint::ports)
        .orElse(Set.of());
  }

  private static void assertSameWay(
      Fabric fabric, Interpreter run, Crossing crossing, Endpoint from, Endpoint to) {
    assertThat(crossing.from()).isEqualTo(from);
    assertThat(crossing.to().mac()).isEqualTo(to.mac());
    assertThat(crossing.network().id()).isEqualTo(from.network());
    Packet fromController = Packet.frame(OfPort.CONTROLLER, from.mac(), to.mac());
    List<Delivery> sent = fabric.packetOut(from.node(), fromController, crossing.send());
    assertThat(sent).isEqualTo(fabric.deliver(from.node(), run));
    assertThat(Interpreter.run(fabric.tables(from.node()), fromController, crossing.send()).ports())
        .isEqualTo(run.ports());
    assertLimit(run, crossing);
  }

  /** The entry of Forward compares with the limit that the controller announces. */
  private static void assertLimit(Interpreter run, Crossing crossing) {
    for (FlowEntry entry : run.hits()) {
      for (Action action : entry.instructions().applyActions()) {
        if (action instanceof Action.CheckPacketLarger check) {
          assertThat(check.length()).isEqualTo(crossing.limit().frameLimit());
          long fragments = run.outputs().get(0).packet().get(Field.REG0) >> 1 & 1;
          assertThat(fragments == 1).isEqualTo(crossing.limit().endpointFragments());
        }
      }
    }
  }

  /** Where nothing is missing, each pair on two nodes crosses, and the frame arrives. */
  @Property(tries = 200)
  void whatTheControllerSendsArrives(@ForAll long seed) {
    NetworkModel model = RandomModels.complete(seed);
    Fabric fabric = new Fabric(model);
    Crossings crossings = new Crossings(model);
    for (Endpoint from : model.endpoints().values()) {
      for (Endpoint to : model.endpointsOf(from.network())) {
        if (from.node().equals(to.node())) {
          continue;
        }
        Crossing crossing =
            crossings
                .of(from.node(), from.port().orElseThrow(), from.mac(), to.mac())
                .orElseThrow();
        Packet frame = Packet.frame(OfPort.CONTROLLER, from.mac(), to.mac());
        assertThat(crossing.to()).isEqualTo(to);
        assertThat(fabric.packetOut(from.node(), frame, crossing.send()))
            .containsExactly(new Delivery(to.node(), to.port().orElseThrow()));
      }
    }
  }

  /** A frame that no switch of ours could have sent up is nobody's. */
  @Property(tries = 100)
  void strangersDoNotCross(@ForAll long seed) {
    NetworkModel model = RandomModels.any(seed);
    Crossings crossings = new Crossings(model);
    for (Endpoint from : model.endpoints().values()) {
      for (Endpoint to : model.endpointsOf(from.network())) {
        OfPort port = from.port().orElse(OfPort.of(99));
        assertThat(crossings.of(from.node(), port, STRANGER, to.mac())).isEmpty();
        assertThat(crossings.of(from.node(), OfPort.of(98), from.mac(), to.mac())).isEmpty();
        assertThat(crossings.of(from.node(), port, from.mac(), STRANGER)).isEmpty();
        assertThat(crossings.of(from.node(), port, from.mac(), BROADCAST)).isEmpty();
      }
      assertThat(crossings.endpoint(from.node(), from.port().orElse(OfPort.of(99)), from.mac()))
          .isEqualTo(from.port().map(p -> from));
    }
  }
}
