/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.flowrules.verify;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableMap;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.overlane.flowrules.compile.CompileResult;
import org.overlane.flowrules.compile.ModelChange;
import org.overlane.flowrules.compile.PipelineCompiler;
import org.overlane.flowrules.model.NetworkModel;
import org.overlane.flowrules.model.NodeId;
import org.overlane.flowrules.model.OfPort;
import org.overlane.flowrules.openflow.FieldValue;
import org.overlane.flowrules.openflow.FlowEntry;
import org.overlane.flowrules.openflow.FlowTables;
import org.overlane.flowrules.openflow.Group;
import org.overlane.flowrules.openflow.Match;
import org.overlane.flowrules.openflow.Meter;
import org.overlane.flowrules.testing.Models;
import org.overlane.flowrules.testing.RandomModels;
import org.overlane.flowrules.testing.Scenarios;
import org.overlane.flowrules.text.OfctlFormat;
import org.overlane.flowrules.trace.FragmentMode;

/** What is kept of a proof never changes the verdict: whatever changes, it is that of a new one. */
class SwitchVerifierTest {
  private static final int SEQUENCES = 150;
  private static final int STEPS = 8;

  static List<Mutant> mutants() {
    return Mutants.all();
  }

  /** All that can be wrong with tables, found in tables that were right, and gone again after. */
  @ParameterizedTest
  @MethodSource("mutants")
  void whatBreaksIsFoundAndWhatIsMendedIsProven(Mutant mutant) {
    SwitchVerifier verifier = new SwitchVerifier();
    NetworkModel model = mutant.model();
    NodeId node = mutant.node();
    FlowTables right = new PipelineCompiler().compile(model, node).tables();
    VerificationReport proven = verifier.verify(model, node, right);
    assertThat(proven.isProven()).isTrue();
    assertThat(verifier.verify(model, node, mutant.tables()))
        .isEqualTo(Verifier.verifyOne(model, node, mutant.tables()));
    assertThat(verifier.verify(model, node, right)).isEqualTo(proven);
  }

  /** One after the other, so that each is found in tables that were wrong elsewhere. */
  @Test
  void mutantsAreFoundInTheTablesOfOthers() {
    Map<String, SwitchVerifier> verifiers = new HashMap<>();
    for (Mutant mutant : mutants()) {
      String scenario = mutant.toString().replaceFirst(".* ", "");
      VerificationReport report =
          verifiers
              .computeIfAbsent(scenario, s -> new SwitchVerifier())
              .verify(mutant.model(), mutant.node(), mutant.tables());
      assertThat(report)
          .as(mutant.toString())
          .isEqualTo(Verifier.verifyOne(mutant.model(), mutant.node(), mutant.tables()));
    }
  }

  /** Models change; tables follow as the compiler makes them, stay behind, or are broken. */
  @Test
  void verdictsAreThoseOfANewVerifierWhateverChanges() {
    int broken = 0;
    int kept = 0;
    for (int seed = 0; seed < SEQUENCES; seed++) {
      Random random = new Random(seed);
      SwitchVerifier verifier = new SwitchVerifier();
      PipelineCompiler compiler = new PipelineCompiler();
      NetworkModel model = seed % 2 == 0 ? RandomModels.any(seed) : RandomModels.complete(seed);
      Map<NodeId, CompileResult> compiled = new HashMap<>();
      for (NodeId id : model.nodes().keySet()) {
        compiled.put(id, compiler.compile(model, id));
      }
      Map<NodeId, FlowTables> tables = new HashMap<>();
      compiled.forEach((id, result) -> tables.put(id, result.tables()));
      for (int step = 0; step < STEPS; step++) {
        for (NodeId id : model.nodes().keySet()) {
          if (random.nextInt(4) == 0) {
            continue; // not every switch is verified after every change
          }
          Map<NodeProof.Part, PortProof> before = ports(verifier, id);
          VerificationReport report = verifier.verify(model, id, tables.get(id));
          assertThat(report)
              .as("seed %s, step %s, %s", seed, step, id)
              .isEqualTo(Verifier.verifyOne(model, id, tables.get(id)));
          broken += report.isProven() ? 0 : 1;
          Map<NodeProof.Part, PortProof> after = ports(verifier, id);
          kept += (int) before.keySet().stream().filter(p -> before.get(p) == after.get(p)).count();
        }
        if (random.nextInt(3) > 0) {
          NetworkModel next = RandomModels.changed(model, seed * 31L + step);
          ModelChange change = ModelChange.between(model, next);
          for (NodeId id : change.affectedNodes()) {
            CompileResult old = compiled.get(id);
            CompileResult now =
                old == null ? compiler.compile(next, id) : compiler.recompile(old, change, id);
            compiled.put(id, now);
            boolean staysBehind = tables.containsKey(id) && random.nextInt(4) == 0;
            if (!staysBehind) {
              tables.put(id, now.tables());
            }
          }
          model = next;
        }
        if (!model.nodes().isEmpty() && random.nextInt(3) > 0) {
          List<NodeId> ids = model.nodes().keySet().asList();
          NodeId id = ids.get(random.nextInt(ids.size()));
          tables.put(
              id,
              random.nextInt(3) == 0 ? compiled.get(id).tables() : broken(random, tables.get(id)));
        }
      }
    }
    assertThat(broken).as("verdicts about broken tables").isGreaterThan(150);
    assertThat(kept).as("proofs of ports that were kept").isGreaterThan(1_500);
  }

  private static Map<NodeProof.Part, PortProof> ports(SwitchVerifier verifier, NodeId id) {
    NodeResult result = verifier.results().get(id);
    return result == null ? Map.of() : result.ports();
  }

  /** One thing changed anywhere. */
  private static FlowTables broken(Random random, FlowTables tables) {
    List<FlowEntry> entries = new ArrayList<>(tables.entries());
    List<Group> groups = new ArrayList<>(tables.groups().values());
    List<Meter> meters = new ArrayList<>(tables.meters().values());
    if (entries.isEmpty()) {
      return tables;
    }
    int at = random.nextInt(entries.size());
    FlowEntry one = entries.get(at);
    FlowEntry other = entries.get(random.nextInt(entries.size()));
    switch (random.nextInt(8)) {
      case 0:
        entries.remove(at);
        break;
      case 1:
        if (one.table() == other.table()) {
          entries.set(at, entry(one.priority(), one.match(), other));
        }
        break;
      case 2:
        entries.set(at, entry(random.nextInt(450), one.match(), one));
        break;
      case 3:
        entries.add(entry(one.priority() + 1, without(random, one.match()), one));
        break;
      case 4:
        entries.set(at, entry(one.priority(), without(random, one.match()), one));
        break;
      case 5:
        if (one.table() <= other.table()) {
          entries.add(entry(random.nextInt(450), other.match(), one));
        }
        break;
      case 6:
        if (!groups.isEmpty()) {
          Group group = groups.get(random.nextInt(groups.size()));
          groups.remove(group);
          if (random.nextBoolean() && group.buckets().size() > 1) {
            groups.add(
                Group.of(
                    group.id(),
                    group.buckets().subList(1, group.buckets().size()),
                    group.source()));
          }
        }
        break;
      default:
        if (!meters.isEmpty()) {
          meters.remove(random.nextInt(meters.size()));
        }
        break;
    }
    try {
      return new FlowTables(entries, groups, meters);
    } catch (IllegalArgumentException twoOfOneKey) {
      return tables;
    }
  }

  private static FlowEntry entry(int priority, Match match, FlowEntry like) {
    return FlowEntry.of(
        like.table(), priority, match, like.instructions(), like.cookie(), like.source());
  }

  private static Match without(Random random, Match match) {
    List<FieldValue> values = new ArrayList<>(match.values());
    if (!values.isEmpty()) {
      values.remove(random.nextInt(values.size()));
    }
    return Match.of(values);
  }

  /** The same buckets, of which a switch takes one instead of all. */
  @Test
  void aGroupThatChangesItsTypeIsLookedAtAgain() {
    NetworkModel model = Scenarios.openflow13Host().model();
    NodeId node = Models.id(1);
    FlowTables right = new PipelineCompiler().compile(model, node).tables();
    SwitchVerifier verifier = new SwitchVerifier();
    assertThat(verifier.verify(model, node, right).isProven()).isTrue();
    for (Group.Type type : List.of(Group.Type.SELECT, Group.Type.ALL)) {
      List<Group> groups = new ArrayList<>();
      right
          .groups()
          .values()
          .forEach(g -> groups.add(Group.of(g.id(), type, g.buckets(), g.source())));
      FlowTables tables = new FlowTables(right.entries(), groups, right.meters().values());
      VerificationReport report = verifier.verify(model, node, tables);
      assertThat(report).isEqualTo(Verifier.verifyOne(model, node, tables));
      assertThat(report.isProven()).isEqualTo(type == Group.Type.ALL);
      if (type == Group.Type.SELECT) {
        assertThat(report.violations())
            .anyMatch(
                v ->
                    v.invariant() == Invariant.MULTICAST_DELIVERY
                        && v.message().contains("chooses bucket 1 of 2")
                        && v.packet().isPresent());
      }
    }
  }

  /** Never proven, and never looked at for long: ways, copies, and a set that is executed twice. */
  @ParameterizedTest
  @ValueSource(strings = {"select", "all", "check"})
  void whatIsTooMuchIsAViolation(String what) {
    NetworkModel model = Scenarios.nativeHostScenario().model();
    String flow = "table=0,priority=9000,in_port=7,actions=";
    StringBuilder groups = new StringBuilder();
    if (what.equals("check")) {
      flow +=
          "write_actions(LOCAL),goto_table:99\n"
              + "table=99,priority=1,actions=check_pkt_larger(100)->reg0[0]";
    } else {
      flow += what.equals("select") ? "group:1" + ",group:1".repeat(40) : "group:1";
      for (int i = 1; i <= 40; i++) {
        String next = what.equals("all") && i < 40 ? "group:" + (i + 1) : "drop";
        groups.append("group_id=" + i + ",type=" + what + ",bucket=actions=" + next);
        groups.append(",bucket=actions=" + next + "\n");
      }
    }
    FlowTables tables = OfctlFormat.parse(flow, "" + groups);
    VerificationReport report = Verifier.verifyOne(model, Models.id(1), tables);
    assertThat(report.violations())
        .filteredOn(v -> v.invariant() == Invariant.REFERENCES)
        .anyMatch(v -> v.message().matches("(groups have too many|lengths are compared).*"));
  }

  /**
   * Only the ports of the network that has changed are looked at again, and tunnel ports; be the
   * new endpoint on another switch or on this one, at a port that was unknown before.
   */
  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void portsOfOtherNetworksAreLeftAlone(int where) {
    NetworkModel model = Scenarios.mssClamping().model();
    NodeId node = Models.id(1);
    CompileResult compiled = new PipelineCompiler().compile(model, node);
    SwitchVerifier verifier = new SwitchVerifier();
    verifier.verify(model, node, compiled.tables());
    Map<NodeProof.Part, PortProof> before = ports(verifier, node);

    NetworkModel next =
        model.toBuilder().add(Models.endpoint("more", "red", 0x17, where, 14)).build();
    ModelChange change = ModelChange.between(model, next);
    FlowTables tables = new PipelineCompiler().recompile(compiled, change, node).tables();
    assertThat(verifier.verify(next, node, tables).isProven()).isTrue();

    Map<NodeProof.Part, PortProof> after = ports(verifier, node);
    Map<Integer, Boolean> kept = new HashMap<>();
    for (int port : new int[] {1, 9, 11, 12, 13}) {
      NodeProof.Part key = NodeProof.Part.of(FragmentMode.NORMAL, Optional.of(OfPort.of(port)));
      assertThat(before).containsKey(key);
      kept.put(port, before.get(key) == after.get(key));
    }
    assertThat(kept).isEqualTo(ImmutableMap.of(1, true, 9, false, 11, true, 12, true, 13, false));
  }
}
