/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.tunnels.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.overlane.flowrules.feature.NetworkContext;
import org.overlane.flowrules.feature.NodeContext;
import org.overlane.flowrules.model.Endpoint;
import org.overlane.flowrules.model.IpAddress;
import org.overlane.flowrules.model.MacAddress;
import org.overlane.flowrules.model.Network;
import org.overlane.flowrules.model.NetworkId;
import org.overlane.flowrules.model.NetworkModel;
import org.overlane.flowrules.model.Node;
import org.overlane.flowrules.model.NodeId;
import org.overlane.flowrules.model.OfPort;
import org.overlane.flowrules.model.PathLimit;
import org.overlane.flowrules.model.TunnelEndpoint;
import org.overlane.flowrules.model.Vni;

class MtuPlanTest {
  private static final NetworkId BLUE = NetworkId.of("blue");
  private static final NetworkId TRUNK = NetworkId.of("trunk");

  private static NodeId id(int node) {
    return NodeId.of(String.format("of:%016x", node));
  }

  private static Node.Builder node(int number) {
    return Node.builder(id(number))
        .vteps(
            ImmutableList.of(IpAddress.of(new byte[] {10, 0, (byte) (number >> 8), (byte) number})))
        .tunnel(TunnelEndpoint.Native.of(OfPort.of(10)));
  }

  private static Endpoint endpoint(NetworkId network, int node) {
    return Endpoint.of(
        network + "-" + node,
        network,
        MacAddress.of(0x0200_0000_0000L + node),
        id(node),
        Optional.of(OfPort.of(network.equals(BLUE) ? 11 : 12)),
        ImmutableSet.of());
  }

  /** Blue on nodes 1 to 3, of which the third has a small underlay; trunk on nodes 1 and 2. */
  private static NetworkModel model() {
    return NetworkModel.builder()
        .add(Network.of(BLUE, Vni.of(100)))
        .add(Network.builder(TRUNK, Vni.of(200)).vlanTags(2).build())
        .add(node(1).underlayMtu(9000).build())
        .add(node(2).underlayMtu(9000).build())
        .add(node(3).underlayMtu(1500).build())
        .add(endpoint(BLUE, 1))
        .add(endpoint(BLUE, 2))
        .add(endpoint(BLUE, 3))
        .add(endpoint(TRUNK, 1))
        .add(endpoint(TRUNK, 2))
        .build();
  }

  /** Nodes 1 to n, all in blue. */
  private static NetworkModel fleet(int nodes) {
    NetworkModel.Builder model = NetworkModel.builder().add(Network.of(BLUE, Vni.of(100)));
    for (int i = 1; i <= nodes; i++) {
      model.add(node(i).underlayMtu(9000 - i).build()).add(endpoint(BLUE, i));
    }
    return model.build();
  }

  private static MtuPlan plan(
      NetworkModel model, Optional<NetworkId> network, Optional<NodeId> device) {
    return MtuPlan.of(model, PlanFacts.NONE, network, device);
  }

  private static MtuPlan.OfNetwork blue(MtuPlan report) {
    return report.networks().stream().filter(n -> n.network().id().equals(BLUE)).findFirst().get();
  }

  private static Map<NodeId, Integer> mtus(MtuPlan report) {
    return report.nodes().stream()
        .filter(n -> n.smallest().isPresent())
        .collect(Collectors.toMap(MtuPlan.OfNode::device, n -> n.smallest().get().ipMtu()));
  }

  @Test
  void theNarrowestPathCounts() {
    MtuPlan report = MtuPlan.of(model());

    assertThat(report.networks())
        .extracting(n -> n.smallest().get().ipMtu())
        .containsExactly(1450, 8942);
    assertThat(blue(report).paths())
        .extracting(PathLimit::ipMtu)
        .containsExactly(1450, 1450, 1450, 1450, 8950, 8950);
    assertThat(blue(report).pathsTotal()).isEqualTo(6);
    assertThat(blue(report).hint()).isEmpty();
    assertThat(blue(report).derivation())
        .isEqualTo(
            "1450 = 1500 - 50, VXLAN over IPv4, towards 10.0.0.3, whose underlay MTU is the smaller"
                + " one");
    assertThat(mtus(report)).containsOnlyKeys(id(1), id(2), id(3)).containsValue(1450);
  }

  /** Two VLAN tags take more than the difference of the underlays. */
  @Test
  void theMtuOfANodeIsThatOfItsWorstNetworkNotOfItsSmallestFrame() {
    NetworkModel model = model().toBuilder().add(node(3).underlayMtu(8996).build()).build();

    assertThat(blue(MtuPlan.of(model)).smallest().get().ipMtu()).isEqualTo(8946);
    assertThat(mtus(MtuPlan.of(model)))
        .containsEntry(id(1), 8942)
        .containsEntry(id(2), 8942)
        .containsEntry(id(3), 8946);
  }

  @Test
  void aNetworkOnOneNodeHasNoPath() {
    NetworkModel model =
        NetworkModel.builder()
            .add(Network.of(BLUE, Vni.of(100)))
            .add(Network.of(TRUNK, Vni.of(200)))
            .add(node(1).build())
            .add(endpoint(BLUE, 1))
            .build();

    MtuPlan report = MtuPlan.of(model);

    assertThat(report.networks()).hasSize(2);
    for (MtuPlan.OfNetwork network : report.networks()) {
      assertThat(network.smallest()).isEmpty();
      assertThat(network.paths()).isEmpty();
      assertThat(network.hint()).isEmpty();
      assertThat(network.derivation()).isEqualTo("no path to another node");
    }
    assertThat(report.nodes()).hasSize(1);
    assertThat(report.nodes().get(0).smallest()).isEmpty();
    assertThat(report.nodes().get(0).capabilities()).isNotEmpty();
  }

  @Test
  void whatNoTunnelReachesIsNoPath() {
    NetworkModel model =
        model().toBuilder()
            .add(node(1).vteps(ImmutableList.of(IpAddress.parse("2001:db8::1"))).build())
            .add(node(3).tunnel(Optional.empty()).build())
            .build();

    MtuPlan report = MtuPlan.of(model);

    assertThat(blue(report).paths()).hasSize(1);
    assertThat(blue(report).paths().get(0).from()).isEqualTo(id(2));
    assertThat(blue(report).paths().get(0).to()).isEqualTo(id(3));
    assertThat(mtus(report)).containsOnlyKeys(id(2));
  }

  @Test
  void aBridgeShowsWhatTheUnderlayOfItsHostCarries() {
    Node bridge =
        Node.builder(id(0x101))
            .host(id(1))
            .vteps(node(1).build().vteps())
            .underlayMtu(1400)
            .build();

    MtuPlan report = MtuPlan.of(model().toBuilder().add(bridge).build());

    assertThat(report.nodes())
        .extracting(MtuPlan.OfNode::underlayMtu)
        .containsExactly(1400, 9000, 1500, 1400);
    assertThat(report.nodes().get(3).smallest()).isEmpty();
    assertThat(report.nodes().get(3).capabilities()).isEmpty();
    assertThat(blue(report).smallest().get().ipMtu()).isEqualTo(1350);
  }

  @Test
  void aNetworkSelectsItsNodes() {
    MtuPlan report = plan(model(), Optional.of(TRUNK), Optional.empty());

    assertThat(report.networks()).hasSize(1);
    assertThat(report.networks().get(0).paths()).hasSize(2);
    assertThat(report.nodes()).extracting(MtuPlan.OfNode::device).containsExactly(id(1), id(2));
    assertThat(mtus(report)).as("of all networks").containsValues(1450);
  }

  @Test
  void aDeviceSelectsThePathsFromIt() {
    MtuPlan report = plan(model(), Optional.empty(), Optional.of(id(2)));

    assertThat(report.networks()).hasSize(2);
    assertThat(blue(report).paths())
        .extracting(PathLimit::from, PathLimit::to)
        .containsExactly(tuple(id(2), id(3)), tuple(id(2), id(1)));
    assertThat(blue(report).smallest()).isEqualTo(blue(MtuPlan.of(model())).smallest());
    assertThat(report.nodes()).extracting(MtuPlan.OfNode::device).containsExactly(id(2));
    assertThat(plan(model(), Optional.empty(), Optional.of(id(3))).networks()).hasSize(1);
  }

  @Test
  void bothSelectWhatTheyHaveInCommon() {
    MtuPlan some = plan(model(), Optional.of(TRUNK), Optional.of(id(1)));
    MtuPlan none = plan(model(), Optional.of(TRUNK), Optional.of(id(3)));

    assertThat(some.networks()).hasSize(1);
    assertThat(some.networks().get(0).paths()).hasSize(1);
    assertThat(mtus(some)).containsEntry(id(1), 1450);
    assertThat(none.networks()).isEmpty();
    assertThat(none.nodes()).isEmpty();
  }

  @Test
  void unknownIdsSelectNothing() {
    Optional<NetworkId> red = Optional.of(NetworkId.of("red"));
    Optional<NodeId> nine = Optional.of(id(9));

    for (MtuPlan report :
        ImmutableList.of(
            plan(model(), red, Optional.empty()),
            plan(model(), Optional.empty(), nine),
            plan(model(), red, nine),
            MtuPlan.of(NetworkModel.empty()))) {
      assertThat(report.networks()).isEmpty();
      assertThat(report.nodes()).isEmpty();
    }
  }

  @Test
  void aLargeModelShowsTheSmallestPathsOnly() {
    assertThat(blue(MtuPlan.of(fleet(32))).paths()).hasSize(32 * 31);

    MtuPlan.OfNetwork large = blue(MtuPlan.of(fleet(33)));

    assertThat(large.pathsTotal()).isEqualTo(33 * 32);
    assertThat(large.paths()).hasSize(20).isSorted();
    assertThat(large.paths()).allMatch(p -> p.underlayMtu() == 9000 - 33);
    assertThat(large.smallest()).contains(large.paths().get(0));
    assertThat(large.hint())
        .contains("the 20 smallest of 1056 paths; ask for a single network or device to see more");
    assertThat(blue(plan(fleet(33), Optional.of(BLUE), Optional.empty())).paths())
        .hasSize(33 * 32)
        .isSorted();
    assertThat(blue(plan(fleet(33), Optional.empty(), Optional.of(id(7)))).paths())
        .hasSize(32)
        .allMatch(p -> p.from().equals(id(7)));
  }

  @Test
  void tooManyPathsAreNeverListed() {
    NetworkModel fleet = fleet(150);

    MtuPlan.OfNetwork all = blue(plan(fleet, Optional.of(BLUE), Optional.empty()));
    MtuPlan.OfNetwork some = blue(plan(fleet, Optional.of(BLUE), Optional.of(id(150))));

    assertThat(all.pathsTotal()).isEqualTo(150 * 149).isGreaterThan(MtuPlan.MOST);
    assertThat(all.paths()).isEqualTo(blue(MtuPlan.of(fleet)).paths()).hasSize(20);
    assertThat(all.hint())
        .contains("the 20 smallest of 22350 paths; ask for a single device to see more");
    assertThat(some.paths()).hasSize(149);
    assertThat(some.hint()).isEmpty();
    assertThat(some.smallest()).isEqualTo(all.smallest());
  }

  @Property(tries = 500)
  void agreesWithWhatTheCompilerChecks(@ForAll long seed) {
    NetworkModel model = RandomFabrics.of(seed);
    MtuPlan report = MtuPlan.of(model);

    assertThat(report.networks()).hasSize(model.networks().size());
    for (MtuPlan.OfNetwork network : report.networks()) {
      assertThat(network.paths()).doesNotHaveDuplicates();
      assertThat(network.smallest()).isEqualTo(network.paths().stream().findFirst());
      for (NodeId node : model.nodesOf(network.network().id())) {
        NetworkContext context =
            new NodeContext(model, model.node(node).get()).network(network.network().id());
        Stream<PathLimit> from = network.paths().stream().filter(p -> p.from().equals(node));
        assertThat(from.min(Comparator.naturalOrder())).isEqualTo(context.smallestLimit());
      }
    }
    for (MtuPlan.OfNode node : report.nodes()) {
      OptionalInt least =
          report.networks().stream()
              .map(MtuPlan.OfNetwork::paths)
              .flatMap(ImmutableList::stream)
              .filter(p -> p.from().equals(node.device()))
              .mapToInt(PathLimit::ipMtu)
              .min();
      assertThat(node.smallest().map(PathLimit::ipMtu))
          .isEqualTo(least.isPresent() ? Optional.of(least.getAsInt()) : Optional.empty());
    }
  }

  @Property(tries = 300)
  void filtersChangeNoFigure(@ForAll long seed) {
    NetworkModel model = RandomFabrics.of(seed);
    MtuPlan whole = MtuPlan.of(model);
    Map<NetworkId, MtuPlan.OfNetwork> networks =
        whole.networks().stream()
            .collect(Collectors.toMap(n -> n.network().id(), Function.identity()));
    Map<NodeId, MtuPlan.OfNode> nodes =
        whole.nodes().stream()
            .collect(Collectors.toMap(MtuPlan.OfNode::device, Function.identity()));
    Stream.of(
            networks.keySet().stream().map(id -> plan(model, Optional.of(id), Optional.empty())),
            nodes.keySet().stream().map(id -> plan(model, Optional.empty(), Optional.of(id))))
        .flatMap(Function.identity())
        .forEach(
            part -> {
              part.nodes().forEach(n -> assertThat(n).isEqualTo(nodes.get(n.device())));
              part.networks()
                  .forEach(
                      n -> {
                        MtuPlan.OfNetwork same = networks.get(n.network().id());
                        assertThat(n.smallest()).isEqualTo(same.smallest());
                        assertThat(same.paths()).containsAll(n.paths());
                      });
            });
  }
}
