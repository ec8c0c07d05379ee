/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.flowrules.compile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.overlane.flowrules.model.PathMtus.UNKNOWN;

import com.google.common.collect.ImmutableSet;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.statistics.Statistics;
import org.overlane.flowrules.feature.PacketClass;
import org.overlane.flowrules.model.AddressFamily;
import org.overlane.flowrules.model.Endpoint;
import org.overlane.flowrules.model.IpAddress;
import org.overlane.flowrules.model.Network;
import org.overlane.flowrules.model.NetworkModel;
import org.overlane.flowrules.model.Node;
import org.overlane.flowrules.model.NodeId;
import org.overlane.flowrules.model.PathMtus;
import org.overlane.flowrules.model.Zone;
import org.overlane.flowrules.openflow.Action;
import org.overlane.flowrules.openflow.Field;
import org.overlane.flowrules.openflow.FieldValue;
import org.overlane.flowrules.openflow.FlowEntry;
import org.overlane.flowrules.openflow.FlowTables;
import org.overlane.flowrules.reconcile.FlowDiff;
import org.overlane.flowrules.testing.RandomModels;
import org.overlane.flowrules.testing.Underlay;

/** What a changed MTU, or another fact about large packets, changes on the switches. */
class UnderlayChangeTest {
  /** One fact at a time: compiling what it concerns gives what compiling all gives. */
  @Property(tries = 1000)
  void recompilingEqualsCompiling(@ForAll long seed, @ForAll Random random) {
    NetworkModel before = RandomModels.any(seed);
    NetworkModel after = changed(before, random);
    ModelChange step = ModelChange.between(before, after);
    Map<NodeId, CompileResult> results = compileAll(before);
    for (NodeId node : step.affectedNodes()) {
      results.computeIfPresent(
          node, (id, previous) -> new PipelineCompiler().recompile(previous, step, id));
    }
    assertThat(results).isEqualTo(compileAll(after));
  }

  private static NetworkModel changed(NetworkModel model, Random random) {
    Node node = pick(model.nodes().values(), random);
    Network network = pick(model.networks().values(), random);
    int what = random.nextInt(9);
    Statistics.label("changed").collect(what);
    NetworkModel.Builder builder = model.toBuilder();
    switch (what) {
      case 0:
      case 1: // of any node, a bridge or a host
        return builder
            .add(node.toBuilder().underlayMtu(576 + random.nextInt(9000)).build())
            .build();
      case 2:
        return builder.add(node.toBuilder().declaredFragments(fragments(random)).build()).build();
      case 3:
        return builder.add(node.toBuilder().sizeCheck(!node.sizeCheck()).build()).build();
      case 4:
        return builder.add(network.toBuilder().mssClamping(!network.mssClamping()).build()).build();
      case 6:
        return builder.add(node.toBuilder().zones(zones(random)).build()).build();
      case 5:
        return builder.add(network.toBuilder().vlanTags(random.nextInt(3)).build()).build();
      case 7:
        return builder
            .pathMtus(
                PathMtus.of(
                    Map.of(
                        PathMtus.Path.of(
                            node.id(),
                            pick(model.nodes().keySet(), random),
                            pick(List.of(AddressFamily.values()), random)),
                        576 + random.nextInt(9000))))
            .build();
      default:
        List<IpAddress> gateways =
            random.nextBoolean() ? List.of() : List.of(IpAddress.parse("10.9.9.9"));
        return builder.add(network.toBuilder().gateways(gateways).build()).build();
    }
  }

  private static Set<Zone> zones(Random random) {
    return pick(
        List.of(Zone.DEFAULT, Set.of(Zone.of("a")), Set.of(Zone.of("a"), Zone.of("b"))), random);
  }

  private static Optional<ImmutableSet<AddressFamily>> fragments(Random random) {
    List<Optional<ImmutableSet<AddressFamily>>> all =
        List.of(
            Optional.empty(),
            Optional.of(ImmutableSet.of()),
            Optional.of(ImmutableSet.of(AddressFamily.IPV4)),
            Optional.of(ImmutableSet.of(AddressFamily.IPV4, AddressFamily.IPV6)));
    return pick(all, random);
  }

  private static <T> T pick(Iterable<T> items, Random random) {
    List<T> list = new ArrayList<>();
    items.forEach(list::add);
    return list.get(random.nextInt(list.size()));
  }

  private static Map<NodeId, CompileResult> compileAll(NetworkModel model) {
    Map<NodeId, CompileResult> results = new HashMap<>();
    for (NodeId id : model.nodes().keySet()) {
      results.put(id, new PipelineCompiler().compile(model, id));
    }
    return results;
  }

  /** Only the size checks of the node's networks, on all their members: a few entries. */
  @Property(tries = 500)
  void anotherMtuChangesOnlyTheSizeChecksOfTheNodesNetworks(
      @ForAll long seed, @ForAll Random random) {
    NetworkModel before = RandomModels.any(seed).toBuilder().pathMtus(UNKNOWN).build();
    Node node = pick(before.nodes().values(), random);
    NetworkModel after =
        before.toBuilder()
            .add(node.toBuilder().underlayMtu(576 + random.nextInt(9000)).build())
            .build();
    Set<Long> vnis =
        before.networksAt(node.host().orElse(node.id())).stream()
            .map(n -> (long) before.networks().get(n).vni().toInt())
            .collect(Collectors.toSet());
    int changes = 0;
    for (NodeId id : before.nodes().keySet()) {
      FlowDiff diff =
          FlowDiff.diff(
              new PipelineCompiler().compile(after, id).tables(),
              new PipelineCompiler().compile(before, id).tables());
      assertThat(diff.size()).isEqualTo(diff.modifies().size());
      for (FlowEntry entry : diff.modifies()) {
        assertThat(PacketClass.of(entry.cookie()).orElseThrow())
            .isIn(PacketClass.REMOTE_FORWARD, PacketClass.FLOOD);
        assertThat(entry.match().get(Field.TUNNEL_ID).map(FieldValue::value).get().low())
            .isIn(vnis);
        assertThat(check(entry)).as("%s", entry).isPresent();
        changes++;
      }
    }
    Statistics.label("entries changed").collect(changes == 0 ? "none" : "some");
    Statistics.label("entries changed")
        .coverage(coverage -> coverage.check("some").percentage(p -> p > 10));
  }

  /** A probe that says something new concerns one sender, and what it sends to one receiver. */
  @Property(tries = 500)
  void whatAProbeFindsChangesOnlyTheSizeChecksOfItsSender(
      @ForAll long seed, @ForAll Random random) {
    NetworkModel before = RandomModels.any(seed);
    PathMtus.Path path =
        PathMtus.Path.of(
            pick(before.nodes().keySet(), random),
            pick(before.nodes().keySet(), random),
            pick(List.of(AddressFamily.values()), random));
    Map<PathMtus.Path, Integer> found = new HashMap<>(before.pathMtus().bytes());
    found.put(path, 576 + random.nextInt(1000));
    NetworkModel after = before.toBuilder().pathMtus(PathMtus.of(found)).build();
    assertThat(ModelChange.between(before, after).affectedNodes()).isSubsetOf(List.of(path.from()));
    for (NodeId id : before.nodes().keySet()) {
      FlowDiff diff =
          FlowDiff.diff(
              new PipelineCompiler().compile(after, id).tables(),
              new PipelineCompiler().compile(before, id).tables());
      assertThat(diff.size() == 0 || id.equals(path.from())).isTrue();
      if (before.requireNode(id).fragmentsOver(path.family())) {
        continue; // what is of no use any more decides about other entries, too
      }
      assertThat(diff.size()).isEqualTo(diff.modifies().size());
      assertThat(diff.modifies())
          .extracting(e -> PacketClass.of(e.cookie()).orElseThrow())
          .isSubsetOf(PacketClass.REMOTE_FORWARD, PacketClass.FLOOD);
    }
  }

  /** Each path by its own limit, multicast by the smallest: of the smaller end, either way. */
  @Property(tries = 300)
  void theLimitInForceIsThatOfTheSmallerEnd(@ForAll long seed) {
    NetworkModel model = RandomModels.complete(seed).toBuilder().pathMtus(UNKNOWN).build();
    theLimitsInForceAreThoseOfTheUnderlay(model, true);
  }

  /** The same with what probes have found, which may differ by direction. */
  @Property(tries = 300)
  void whatProbesHaveFoundLowersTheLimitOfItsPathOnly(@ForAll long seed, @ForAll Random random) {
    NetworkModel model = RandomModels.complete(seed);
    Map<PathMtus.Path, Integer> found = new HashMap<>();
    for (NodeId from : model.nodes().keySet()) {
      for (AddressFamily family : AddressFamily.values()) {
        NodeId to = pick(model.nodes().keySet(), random);
        found.put(PathMtus.Path.of(from, to, family), 576 + random.nextInt(2000));
      }
    }
    NetworkModel probed = model.toBuilder().pathMtus(PathMtus.of(found)).build();
    theLimitsInForceAreThoseOfTheUnderlay(probed, false);
  }

  private static void theLimitsInForceAreThoseOfTheUnderlay(NetworkModel model, boolean symmetric) {
    Underlay underlay = new Underlay(model);
    for (Endpoint from : model.endpoints().values()) {
      if (!underlay.checks(from.node())) {
        continue;
      }
      FlowTables tables = new PipelineCompiler().compile(model, from.node()).tables();
      boolean leaves = false;
      int smallest = Integer.MAX_VALUE; // of those that do not fragment
      for (Endpoint to : model.endpointsOf(from.network())) {
        if (!to.node().equals(from.node())) {
          FlowEntry entry =
              forward(model, tables, from, to.mac().toLong(), PacketClass.REMOTE_FORWARD);
          int limit = underlay.frameLimit(from, to);
          assertThat(check(entry)).contains(limit);
          if (symmetric) {
            assertThat(limit)
                .isEqualTo(underlay.frameLimit(to, from) - familyGap(underlay, from, to));
          }
          leaves = true;
          smallest = underlay.fragments(from, to) ? smallest : Math.min(smallest, limit);
        }
      }
      if (leaves) {
        FlowEntry flood = forward(model, tables, from, 1L << 40, PacketClass.FLOOD);
        assertThat(check(flood))
            .isEqualTo(Optional.of(smallest).filter(limit -> limit < Integer.MAX_VALUE));
      }
    }
  }

  /** The way back may be over the other family, whose header has another length. */
  private static int familyGap(Underlay underlay, Endpoint from, Endpoint to) {
    return underlay.outerIpHeader(from, to) - underlay.outerIpHeader(to, from);
  }

  private static FlowEntry forward(
      NetworkModel model, FlowTables tables, Endpoint from, long ethDst, PacketClass packetClass) {
    long vni = model.networks().get(from.network()).vni().toInt();
    return tables.entries().stream()
        .filter(e -> e.table() == 30 && e.cookie().packetClass() == packetClass.id())
        .filter(e -> e.match().get(Field.ETH_DST).orElseThrow().value().low() == ethDst)
        .filter(e -> e.match().get(Field.TUNNEL_ID).orElseThrow().value().low() == vni)
        .findFirst()
        .orElseThrow();
  }

  private static Optional<Integer> check(FlowEntry entry) {
    return entry.instructions().applyActions().stream()
        .filter(Action.CheckPacketLarger.class::isInstance)
        .map(a -> ((Action.CheckPacketLarger) a).length())
        .findFirst();
  }
}
