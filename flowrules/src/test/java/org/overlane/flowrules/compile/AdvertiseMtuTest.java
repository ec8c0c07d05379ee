/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.flowrules.compile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.statistics.Statistics;
import org.overlane.flowrules.compile.Crossings.Crossing;
import org.overlane.flowrules.compile.Crossings.Delivery;
import org.overlane.flowrules.feature.NodeContext;
import org.overlane.flowrules.feature.TunnelPath;
import org.overlane.flowrules.model.Announcement;
import org.overlane.flowrules.model.Endpoint;
import org.overlane.flowrules.model.IpAddress;
import org.overlane.flowrules.model.MacAddress;
import org.overlane.flowrules.model.Network;
import org.overlane.flowrules.model.NetworkModel;
import org.overlane.flowrules.model.Node;
import org.overlane.flowrules.model.NodeId;
import org.overlane.flowrules.model.OfPort;
import org.overlane.flowrules.model.PathLimit;
import org.overlane.flowrules.openflow.Action;
import org.overlane.flowrules.openflow.Field;
import org.overlane.flowrules.pipeline.PortMeters;
import org.overlane.flowrules.pipeline.PortMeters.Purpose;
import org.overlane.flowrules.testing.Fabric;
import org.overlane.flowrules.testing.Interpreter;
import org.overlane.flowrules.testing.Packet;
import org.overlane.flowrules.testing.RandomModels;

/** What tells VMs their MTU goes to the controller, and from there where the switch sends it. */
class AdvertiseMtuTest {
  private static final MacAddress BROADCAST = MacAddress.parse("ff:ff:ff:ff:ff:ff");
  private static final MacAddress STRANGER = MacAddress.parse("02:99:99:99:99:99");
  private static final IpAddress ALL = IpAddress.parse("255.255.255.255");
  private static final IpAddress ALL_NODES = IpAddress.parse("ff02::1");

  /** The table: which frames, of which networks, end where. */
  @Property(tries = 200)
  void onlyTheMessagesOfNetworksThatAdvertiseGoToTheController(@ForAll long seed) {
    NetworkModel model = RandomModels.any(seed);
    Fabric fabric = new Fabric(model);
    for (Endpoint from : model.endpoints().values()) {
      if (from.port().isEmpty()) {
        continue;
      }
      Network network = model.networks().get(from.network());
      boolean leaves = leaves(model, network, from.node());
      boolean dhcp = leaves && network.advertiseMtu().contains(Announcement.DHCP);
      boolean ra = leaves && network.advertiseMtu().contains(Announcement.RA);
      for (MacAddress to : destinations(model, from)) {
        Packet frame = Packet.frame(from.port().get(), from.mac(), to);
        Packet reply = frame.ip(ALL, 17).udp(67, 68);
        List<OfPort> usual = run(fabric, from, frame.ip(ALL, 17).udp(67, 69)).ports();
        Interpreter ofReply = run(fabric, from, reply);
        assertThat(ofReply.ports()).isEqualTo(dhcp ? List.of(OfPort.CONTROLLER) : usual);
        Interpreter ofRa = run(fabric, from, icmp(frame, 134));
        List<OfPort> expected = new ArrayList<>(ra ? List.of(OfPort.CONTROLLER) : List.of());
        expected.addAll(run(fabric, from, icmp(frame, 128)).ports());
        assertThat(ofRa.ports()).isEqualTo(expected);
        long own = PortMeters.of(from.port().get(), Purpose.ADVERTISE).id();
        assertThat(ofReply.meters().contains(own)).isEqualTo(dhcp);
        assertThat(ofRa.meters().contains(own)).isEqualTo(ra);
        for (Packet other :
            List.of(
                frame.ip(ALL, 17).udp(68, 67),
                frame.ip(ALL, 17).udp(67, 67),
                frame.ip(ALL, 17).udp(53, 68),
                frame.ip(ALL_NODES, 17).udp(67, 68),
                frame.ip(ALL, 6).with(Field.TCP_SRC, 67).with(Field.TCP_DST, 68),
                icmp(frame, 133),
                icmp(frame, 135))) {
          assertThat(run(fabric, from, other).ports()).doesNotContain(OfPort.CONTROLLER);
        }
        Statistics.label("DHCP").collect(dhcp);
        Statistics.label("RA").collect(ra);
      }
    }
    Statistics.label("DHCP").coverage(c -> c.check(true).percentage(p -> p > 3));
    Statistics.label("RA").coverage(c -> c.check(true).percentage(p -> p > 3));
  }

  private static Interpreter run(Fabric fabric, Endpoint from, Packet packet) {
    return Interpreter.run(fabric.tables(from.node()), packet);
  }

  private static Packet icmp(Packet frame, int type) {
    return frame.ip(ALL_NODES, 58).with(Field.ICMPV6_TYPE, type);
  }

  private static List<MacAddress> destinations(NetworkModel model, Endpoint from) {
    List<MacAddress> destinations = new ArrayList<>(List.of(BROADCAST, STRANGER));
    model.endpointsOf(from.network()).forEach(e -> destinations.add(e.mac()));
    return destinations;
  }

  private static boolean leaves(NetworkModel model, Network network, NodeId id) {
    NodeContext context = new NodeContext(model, model.node(id).orElseThrow());
    return model.nodesOf(network.id()).stream()
        .filter(other -> !other.equals(id))
        .anyMatch(
            to -> TunnelPath.between(context, network, model.node(to).orElseThrow()).isPresent());
  }

  /** What the controller sends gets to whom the switch would have sent it to, and nobody else. */
  @Property(tries = 200)
  void aDeliveryIsWhereTheSwitchSends(@ForAll long seed) {
    NetworkModel model = RandomModels.any(seed);
    Fabric fabric = new Fabric(model);
    Crossings crossings = new Crossings(model);
    for (Endpoint from : model.endpoints().values()) {
      if (from.port().isEmpty()) {
        continue;
      }
      for (MacAddress to : destinations(model, from)) {
        Packet frame = Packet.frame(from.port().get(), from.mac(), to);
        Delivery delivery = crossings.delivery(from, to);
        List<Action> actions = new ArrayList<>(delivery.local());
        delivery.remote().forEach(actions::addAll);
        Packet fromController = Packet.frame(OfPort.CONTROLLER, from.mac(), to);
        assertThat(fabric.packetOut(from.node(), fromController, actions))
            .as("%s -> %s", from, to)
            .containsExactlyInAnyOrderElementsOf(
                fabric.deliver(from.node(), run(fabric, from, frame)));
        assertThat(delivery.crossing().map(Crossing::to))
            .isEqualTo(crossings.of(from, to).map(Crossing::to));
        if (!delivery.remote().isEmpty() && fabricChecks(model, from)) {
          assertLimit(fabric, from, frame, delivery);
        }
      }
    }
  }

  private static boolean fabricChecks(NetworkModel model, Endpoint from) {
    return model.node(from.node()).orElseThrow().checksSize();
  }

  /** The largest frame that may be sent to others is the largest that the switch sends there. */
  private static void assertLimit(Fabric fabric, Endpoint from, Packet frame, Delivery delivery) {
    int limit = Math.min(delivery.frameLimit(), 60_000);
    assertThat(run(fabric, from, frame.length(limit)).ports())
        .isEqualTo(run(fabric, from, frame).ports());
    boolean fragments =
        delivery.crossing().map(c -> c.limit().endpointFragments()).orElse(limit == 60_000);
    if (!fragments) {
      assertThat(run(fabric, from, frame.length(limit + 1)).ports())
          .isNotEqualTo(run(fabric, from, frame).ports());
    }
  }

  /** Nodes that are alike are left out, and it makes no difference. */
  @Property(tries = 300)
  void theMtuIsTheLeastOfAllPaths(@ForAll long seed) {
    NetworkModel model = RandomModels.any(seed);
    for (Network network : model.networks().values()) {
      OptionalInt least = OptionalInt.empty();
      for (NodeId fromId : model.nodesOf(network.id())) {
        Node from = model.node(fromId).orElseThrow();
        for (NodeId toId : model.nodesOf(network.id())) {
          Node to = model.node(toId).orElseThrow();
          if (!toId.equals(fromId)
              && TunnelPath.between(new NodeContext(model, from), network, to).isPresent()) {
            int own = PathLimit.between(model, network, from, to).ipMtu();
            least = OptionalInt.of(Math.min(own, least.orElse(own)));
          }
        }
      }
      assertThat(NetworkMtu.of(model, network)).isEqualTo(least);
    }
  }
}
