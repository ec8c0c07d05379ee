/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.tunnels.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableSortedMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.statistics.Statistics;
import org.junit.jupiter.api.Test;
import org.overlane.flowrules.compile.PipelineCompiler;
import org.overlane.flowrules.model.NetworkId;
import org.overlane.flowrules.model.NetworkModel;
import org.overlane.flowrules.model.Node;
import org.overlane.flowrules.model.NodeId;
import org.overlane.flowrules.model.PathLimit;
import org.overlane.flowrules.reconcile.FlowDiff;

class WhatIfTest {
  private static WhatIf whatIf(NetworkModel model, Map<NodeId, Integer> mtus) {
    return WhatIf.of(model, PlanFacts.NONE, ImmutableSortedMap.copyOf(mtus));
  }

  private static NetworkModel changed(NetworkModel model, Map<NodeId, Integer> mtus) {
    NetworkModel.Builder changed = model.toBuilder();
    mtus.forEach(
        (id, mtu) -> changed.add(model.requireNode(id).toBuilder().underlayMtu(mtu).build()));
    return changed.build();
  }

  private static SortedMap<NodeId, Integer> anyChange(NetworkModel model, Random random) {
    SortedMap<NodeId, Integer> mtus = new TreeMap<>();
    for (NodeId id : model.nodes().keySet()) {
      if (random.nextInt(2) == 0) {
        mtus.put(id, random.nextBoolean() ? 1500 : 1280 + random.nextInt(8000));
      }
    }
    return mtus;
  }

  private static Map<NetworkId, Optional<Integer>> mtus(NetworkModel model) {
    return MtuPlan.of(model).networks().stream()
        .collect(Collectors.toMap(n -> n.network().id(), MtuPlan.OfNetwork::mtu));
  }

  /** What it says of networks, paths and switches is what plans and tables before and after say. */
  @Property(tries = 500)
  void agreesWithThePlansBeforeAndAfter(@ForAll long seed, @ForAll Random random) {
    NetworkModel before = RandomFabrics.of(seed);
    SortedMap<NodeId, Integer> change = anyChange(before, random);
    NetworkModel after = changed(before, change);
    WhatIf answer = whatIf(before, change);

    Map<NetworkId, Optional<Integer>> expected = mtus(before);
    answer
        .networks()
        .forEach(
            n -> {
              assertThat(expected.get(n.network())).contains(n.before());
              assertThat(n.after()).isNotEqualTo(n.before());
              expected.put(n.network(), Optional.of(n.after()));
            });
    assertThat(expected).isEqualTo(mtus(after));
    assertThat(answer.pathsTotal()).isEqualTo(answer.paths().size());
    assertThat(answer.effects().stream().mapToInt(WhatIf.Effect::pairs).sum())
        .isEqualTo(answer.pathsTotal());
    for (WhatIf.OfPath path : answer.paths()) {
      assertThat(limit(before, path)).isEqualTo(path.before());
      assertThat(limit(after, path)).isEqualTo(path.after());
    }
    assertThat(answer.paths().size()).isEqualTo(differing(before, after));
    Statistics.label("paths").collect(answer.paths().isEmpty() ? "none" : "some");
    Statistics.label("paths").coverage(c -> c.check("some").percentage(p -> p > 15));
  }

  private static PathLimit limit(NetworkModel model, WhatIf.OfPath path) {
    return PathLimit.between(
        model,
        model.networks().get(path.network()),
        model.requireNode(path.after().from()),
        model.requireNode(path.after().to()));
  }

  private static long differing(NetworkModel before, NetworkModel after) {
    Map<String, Integer> now = paths(before);
    return paths(after).entrySet().stream()
        .filter(e -> !e.getValue().equals(now.get(e.getKey())))
        .count();
  }

  private static Map<String, Integer> paths(NetworkModel model) {
    Map<String, Integer> paths = new HashMap<>();
    for (MtuPlan.OfNetwork network : MtuPlan.of(model).networks()) {
      network
          .paths()
          .forEach(p -> paths.put(network.network().id() + "/" + p.from() + p.to(), p.ipMtu()));
    }
    return paths;
  }

  @Property(tries = 200)
  void countsTheEntriesThatChange(@ForAll long seed, @ForAll Random random) {
    NetworkModel before = RandomFabrics.of(seed);
    SortedMap<NodeId, Integer> change = anyChange(before, random);
    NetworkModel after = changed(before, change);
    Map<NodeId, Integer> counted =
        whatIf(before, change).switches().stream()
            .collect(
                Collectors.toMap(
                    WhatIf.OfSwitch::device, s -> s.added() + s.modified() + s.removed()));

    PipelineCompiler compiler = new PipelineCompiler();
    for (NodeId id : before.nodes().keySet()) {
      FlowDiff diff =
          FlowDiff.diff(
              compiler.compile(after, id).tables(), compiler.compile(before, id).tables());
      assertThat(counted.getOrDefault(id, 0)).isEqualTo(diff.size());
    }
  }

  /**
   * Takes the steps one by one: no device ever lets through what its link does not carry, no VM is
   * given more than fits every path, and in the end all is as it was asked for.
   */
  @Property(tries = 500)
  void nothingIsLostOnTheWay(@ForAll long seed, @ForAll Random random) {
    NetworkModel before = RandomFabrics.of(seed);
    SortedMap<NodeId, Integer> change = anyChange(before, random);
    Map<NodeId, Integer> links = new HashMap<>();
    Map<NodeId, Integer> limits = new HashMap<>();
    for (Node node : before.nodes().values()) {
      links.put(node.id(), node.underlayMtu());
      limits.put(node.id(), node.underlayMtu());
    }
    Map<NetworkId, Optional<Integer>> vms = mtus(before);
    boolean inSync = true;
    for (MtuStep step : whatIf(before, change).steps()) {
      switch (step.action()) {
        case RAISE_LINK -> {
          assertThat(step.mtu().getAsInt()).isGreaterThan(links.get(NodeId.of(step.subject())));
          links.put(NodeId.of(step.subject()), step.mtu().getAsInt());
        }
        case LOWER_LINK -> {
          assertThat(inSync).as("in sync before a link goes down").isTrue();
          links.put(NodeId.of(step.subject()), step.mtu().getAsInt());
        }
        case LOWER_LIMIT, RAISE_LIMIT -> {
          inSync = false;
          limits.put(NodeId.of(step.subject()), step.mtu().getAsInt());
        }
        case LOWER_VMS, RAISE_VMS -> {
          assertThat(step.action() == MtuStep.Action.LOWER_VMS || inSync).isTrue();
          vms.put(NetworkId.of(step.subject()), Optional.of(step.mtu().getAsInt()));
        }
        default -> inSync = true;
      }
      limits.forEach((id, mtu) -> assertThat(mtu).isLessThanOrEqualTo(links.get(id)));
      mtus(changed(before, limits))
          .forEach(
              (id, mtu) ->
                  assertThat(vms.get(id).orElse(0))
                      .as("%s", step)
                      .isLessThanOrEqualTo(mtu.orElse(0)));
    }
    NetworkModel after = changed(before, change);
    assertThat(limits).isEqualTo(links);
    assertThat(changed(before, limits)).isEqualTo(after);
    assertThat(vms).isEqualTo(mtus(after));
    assertThat(inSync).isTrue();
  }

  @Property(tries = 100)
  void whatStaysAsItIsChangesNothing(@ForAll long seed) {
    NetworkModel model = RandomFabrics.of(seed);
    Map<NodeId, Integer> same = new HashMap<>();
    model.nodes().values().forEach(n -> same.put(n.id(), n.underlayMtu()));

    WhatIf answer = whatIf(model, same);

    assertThat(answer.networks()).isEmpty();
    assertThat(answer.endpoints()).isEmpty();
    assertThat(answer.paths()).isEmpty();
    assertThat(answer.switches()).isEmpty();
    assertThat(answer.steps()).isEmpty();
    assertThat(answer.effects()).isEmpty();
    assertThat(answer.newWarnings()).isEmpty();
    assertThat(answer.goneWarnings()).isEmpty();
    assertThat(WhatIfText.lines(answer)).contains("No path changes.");
    assertThat(WhatIfJson.of(answer).get("pathsTotal").intValue()).isZero();
  }

  @Test
  void saysWhatKeepsAChangeFromHelping() {
    NodeId host = RandomFabrics.id(1);
    NodeId bridge = RandomFabrics.id(101);
    NetworkModel model =
        NetworkModel.builder()
            .add(Node.builder(host).underlayMtu(1500).build())
            .add(Node.builder(bridge).host(host).underlayMtu(1400).build())
            .build();

    assertThat(remark(model, Map.of(host, 9000)))
        .contains(
            "the way of "
                + host
                + " into the underlay carries 1400 bytes all the same: that is the MTU of a bridge"
                + " that connects it");
    assertThat(remark(model, Map.of(bridge, 9000)).orElseThrow())
        .endsWith("carries 1500 bytes all the same: that is the MTU of the device itself");
    assertThat(remark(model, Map.of(bridge, 1500))).isEmpty();
    assertThat(remark(model, Map.of(host, 1300))).isEmpty();
  }

  private static Optional<String> remark(NetworkModel model, Map<NodeId, Integer> mtus) {
    List<WhatIf.OfDevice> devices = whatIf(model, mtus).devices();
    assertThat(devices).hasSize(1);
    return devices.get(0).remark();
  }
}
