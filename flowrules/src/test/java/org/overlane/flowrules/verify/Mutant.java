/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.flowrules.verify;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.overlane.flowrules.model.NetworkModel;
import org.overlane.flowrules.model.NodeId;
import org.overlane.flowrules.openflow.FlowEntry;
import org.overlane.flowrules.openflow.FlowTables;
import org.overlane.flowrules.openflow.Group;
import org.overlane.flowrules.openflow.Meter;
import org.overlane.flowrules.testing.Scenario;
import org.overlane.flowrules.text.OfctlFormat;

/** Compiled tables of a scenario with something broken, and the invariants that must notice. */
final class Mutant {
  private final String name;
  private final Scenario scenario;
  private final List<FlowEntry> entries = new ArrayList<>();
  private final List<Group> groups = new ArrayList<>();
  private final List<Meter> meters = new ArrayList<>();
  private ImmutableSet<Invariant> killers = ImmutableSet.of();

  Mutant(String name, Scenario scenario) {
    this.name = name;
    this.scenario = scenario;
    FlowTables tables = scenario.compile().tables();
    entries.addAll(tables.entries());
    groups.addAll(tables.groups().values());
    meters.addAll(tables.meters().values());
  }

  /** In every entry whose text contains something, replaces a regular expression. */
  Mutant in(String containing, String regex, String replacement) {
    boolean changed = false;
    for (int i = 0; i < entries.size(); i++) {
      FlowEntry old = entries.get(i);
      String text = OfctlFormat.entry(old);
      if (text.contains(containing)) {
        FlowEntry now = OfctlFormat.parseEntry(text.replaceFirst(regex, replacement));
        changed |= !now.equals(old) && !now.sameOnSwitch(old);
        entries.set(i, withSource(now, old.source()));
      }
    }
    return checked(changed, containing + " " + regex);
  }

  /** Without every entry whose text contains something. */
  Mutant without(String containing) {
    return checked(entries.removeIf(e -> OfctlFormat.entry(e).contains(containing)), containing);
  }

  Mutant with(String entry) {
    entries.add(withSource(OfctlFormat.parseEntry(entry), "a mutant"));
    return this;
  }

  Mutant inGroups(String regex, String replacement) {
    boolean changed = false;
    for (int i = 0; i < groups.size(); i++) {
      Group now =
          OfctlFormat.parseGroup(OfctlFormat.group(groups.get(i)).replaceFirst(regex, replacement));
      changed |= !now.sameOnSwitch(groups.get(i));
      groups.set(i, now);
    }
    return checked(changed, regex);
  }

  Mutant withoutGroups() {
    groups.clear();
    return this;
  }

  Mutant withoutMeter(long id) {
    return checked(meters.removeIf(m -> m.id() == id), "meter " + id);
  }

  private static FlowEntry withSource(FlowEntry entry, String source) {
    return FlowEntry.of(
        entry.table(),
        entry.priority(),
        entry.match(),
        entry.instructions(),
        entry.cookie(),
        source);
  }

  private Mutant checked(boolean changed, String what) {
    if (!changed) {
      throw new IllegalArgumentException(name + " changes nothing: " + what);
    }
    return this;
  }

  /** All of these must notice; others may. */
  Mutant by(Invariant... invariants) {
    killers = ImmutableSet.copyOf(invariants);
    return this;
  }

  ImmutableSet<Invariant> killers() {
    return killers;
  }

  NodeId node() {
    return scenario.node();
  }

  FlowTables tables() {
    return new FlowTables(ImmutableList.copyOf(entries), groups, meters);
  }

  NetworkModel model() {
    return scenario.model();
  }

  /** Those of all switches: compiled, but for the one that is broken. */
  Map<NodeId, FlowTables> allTables() {
    Map<NodeId, FlowTables> tables =
        new HashMap<>(VerifierPropertiesTest.compiled(scenario.model()));
    tables.put(scenario.node(), tables());
    return tables;
  }

  VerificationReport verify() {
    return new Verifier().verify(scenario.model(), allTables()::get);
  }

  @Override
  public String toString() {
    return name + " (" + scenario + ")";
  }
}
