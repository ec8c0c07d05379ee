/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.flowrules.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.overlane.flowrules.compile.PipelineCompiler;
import org.overlane.flowrules.feature.PacketClass;
import org.overlane.flowrules.model.NetworkModel;
import org.overlane.flowrules.model.NodeId;
import org.overlane.flowrules.openflow.Action;
import org.overlane.flowrules.openflow.FlowEntry;
import org.overlane.flowrules.openflow.FlowTables;
import org.overlane.flowrules.openflow.Group;
import org.overlane.flowrules.openflow.Meter;
import org.overlane.flowrules.reconcile.UpdatePlan.Step;
import org.overlane.flowrules.testing.RandomModels;
import org.overlane.flowrules.testing.RandomTables;
import org.overlane.flowrules.text.OfctlFormat;

class FlowDiffTest {
  @Property(tries = 300)
  void appliedToTheObservedItGivesTheDesired(@ForAll Random random) {
    FlowTables observed = RandomTables.tables(random, 20);
    FlowTables desired = RandomTables.changed(observed, random);
    FlowDiff diff = FlowDiff.diff(desired, observed);
    FlowTables after = diff.applyTo(observed);
    assertThat(FlowDiff.diff(desired, after).isEmpty()).isTrue();
    assertThat(after.entries()).hasSameSizeAs(desired.entries());
    assertThat(after.groups()).hasSameSizeAs(desired.groups());
    assertThat(after.meters()).hasSameSizeAs(desired.meters());
  }

  @Property(tries = 100)
  void equalTablesDoNotDiffer(@ForAll Random random) {
    FlowTables tables = RandomTables.tables(random, 20);
    assertThat(FlowDiff.diff(tables, tables).isEmpty()).isTrue();
  }

  @Test
  void tellsAddedChangedAndRemovedApart() {
    FlowTables observed =
        OfctlFormat.parse(
            """
            cookie=0x1, table=0, priority=1,in_port=1 actions=output:2 # same
            cookie=0x1, table=0, priority=1,in_port=2 actions=output:2 # other actions
            cookie=0x1, table=0, priority=1,in_port=3 actions=output:2 # other cookie
            cookie=0x1, table=0, priority=1,in_port=4 actions=output:2 # gone
            """,
            "group_id=1,type=all,bucket=actions=output:1\ngroup_id=2,type=all",
            meter(1, 5, 5) + meter(2, 5, 5) + meter(3, 5, 5) + meter(4, 5, 5));
    FlowTables desired =
        OfctlFormat.parse(
            """
            cookie=0x1, table=0, priority=1,in_port=1 actions=output:2 # same, other source
            cookie=0x1, table=0, priority=1,in_port=2 actions=output:3
            cookie=0x2, table=0, priority=1,in_port=3 actions=output:2
            cookie=0x1, table=0, priority=2,in_port=4 actions=output:2 # other priority
            """,
            "group_id=1,type=all,bucket=actions=output:2\ngroup_id=3,type=all",
            meter(1, 5, 5).trim()
                + " # other source\n"
                + meter(2, 6, 5)
                + meter(3, 5, 6)
                + meter(5, 5, 5));
    FlowDiff diff = FlowDiff.diff(desired, observed);
    assertThat(ports(diff.adds())).containsExactly(4L);
    assertThat(ports(diff.modifies())).containsExactly(2L, 3L);
    assertThat(ports(diff.removes())).containsExactly(4L);
    assertThat(diff.groupAdds()).extracting(Group::id).containsExactly(3L);
    assertThat(diff.groupModifies()).extracting(Group::id).containsExactly(1L);
    assertThat(diff.groupRemoves()).extracting(Group::id).containsExactly(2L);
    assertThat(diff.meterAdds()).extracting(Meter::id).containsExactly(5L);
    assertThat(diff.meterModifies()).extracting(Meter::id).containsExactly(2L, 3L);
    assertThat(diff.meterModifies()).extracting(Meter::rate).containsExactly(6, 5);
    assertThat(diff.meterRemoves()).extracting(Meter::id).containsExactly(4L);
    assertThat(diff.size()).isEqualTo(11);
  }

  private static String meter(long id, int rate, int burst) {
    return OfctlFormat.meter(Meter.of(id, rate, burst, "")) + "\n";
  }

  private static List<Long> ports(List<FlowEntry> entries) {
    return entries.stream().map(e -> e.match().values().iterator().next().value().low()).toList();
  }

  /** However far a plan gets, a bypass or receive entry that stays is never missing. */
  @Property(tries = 200)
  void everyPrefixOfAPlanIsSafe(@ForAll long seed, @ForAll long change) {
    NetworkModel before = RandomModels.any(seed);
    NetworkModel after = RandomModels.changed(before, change);
    for (NodeId node : after.nodes().keySet()) {
      if (before.node(node).isPresent()) {
        assertSafe(
            new PipelineCompiler().compile(before, node).tables(),
            new PipelineCompiler().compile(after, node).tables());
      }
    }
  }

  private static void assertSafe(FlowTables observed, FlowTables desired) {
    Map<FlowEntry.Key, FlowEntry> wanted = critical(desired);
    wanted.keySet().retainAll(critical(observed).keySet());
    Map<FlowEntry.Key, FlowEntry> entries = new HashMap<>();
    observed.entries().forEach(e -> entries.put(e.key(), e));
    Map<Long, Group> groups = new HashMap<>(observed.groups());
    Map<Long, Meter> meters = new HashMap<>(observed.meters());
    for (Step step : UpdatePlan.of(FlowDiff.diff(desired, observed)).steps()) {
      apply(step, entries, groups, meters);
      assertThat(entries.keySet()).as("after %s", step).containsAll(wanted.keySet());
      assertThat(groups.keySet())
          .as("groups in use after %s", step)
          .containsAll(
              entries.values().stream()
                  .flatMap(FlowDiffTest::groupsOf)
                  .collect(Collectors.toSet()));
      assertThat(meters.keySet())
          .as("meters in use after %s", step)
          .containsAll(
              entries.values().stream()
                  .flatMap(e -> e.instructions().meter().stream())
                  .collect(Collectors.toSet()));
    }
    FlowTables end = new FlowTables(entries.values(), groups.values(), meters.values());
    assertThat(FlowDiff.diff(desired, end).isEmpty()).isTrue();
  }

  private static void apply(
      Step step,
      Map<FlowEntry.Key, FlowEntry> entries,
      Map<Long, Group> groups,
      Map<Long, Meter> meters) {
    switch (step.operation()) {
      case ADD_ENTRY, MODIFY_ENTRY ->
          entries.put(step.entry().orElseThrow().key(), step.entry().orElseThrow());
      case REMOVE_ENTRY -> entries.remove(step.entry().orElseThrow().key());
      case ADD_GROUP, MODIFY_GROUP ->
          groups.put(step.group().orElseThrow().id(), step.group().orElseThrow());
      case REMOVE_GROUP -> groups.remove(step.group().orElseThrow().id());
      case ADD_METER, MODIFY_METER ->
          meters.put(step.meter().orElseThrow().id(), step.meter().orElseThrow());
      case REMOVE_METER -> meters.remove(step.meter().orElseThrow().id());
    }
  }

  private static Stream<Long> groupsOf(FlowEntry entry) {
    return entry.instructions().applyActions().stream()
        .filter(Action.ToGroup.class::isInstance)
        .map(a -> ((Action.ToGroup) a).groupId());
  }

  private static Map<FlowEntry.Key, FlowEntry> critical(FlowTables tables) {
    Map<FlowEntry.Key, FlowEntry> critical = new HashMap<>();
    for (FlowEntry entry : tables.entries()) {
      PacketClass packetClass = PacketClass.of(entry.cookie()).orElseThrow();
      if (packetClass == PacketClass.MANAGEMENT_BYPASS
          || packetClass == PacketClass.VXLAN_RECEIVE
          || packetClass == PacketClass.HOST_RECEIVE) {
        critical.put(entry.key(), entry);
      }
    }
    return critical;
  }

  @Test
  void aPlanFollowsTheOrderOfItsOperations() {
    FlowTables observed =
        OfctlFormat.parse(
            """
            table=0,priority=1,in_port=1,actions=goto_table:3
            table=3,priority=1,actions=meter:1,group:7
            """,
            "group_id=7,type=all",
            meter(1, 5, 5) + meter(3, 5, 5));
    FlowTables desired =
        OfctlFormat.parse(
            """
            table=0,priority=1,in_port=2,actions=goto_table:5
            table=5,priority=1,actions=meter:2,group:8
            """,
            "group_id=8,type=all",
            meter(2, 5, 5) + meter(3, 6, 5));
    assertThat(UpdatePlan.of(FlowDiff.diff(desired, observed)).steps())
        .extracting(s -> s.operation() + s.entry().map(e -> " " + e.table()).orElse(""))
        .containsExactly(
            "ADD_METER",
            "MODIFY_METER",
            "ADD_GROUP",
            "ADD_ENTRY 5",
            "ADD_ENTRY 0",
            "REMOVE_ENTRY 0",
            "REMOVE_ENTRY 3",
            "REMOVE_GROUP",
            "REMOVE_METER");
  }
}
