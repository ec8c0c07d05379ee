/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.flowrules.verify;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.overlane.flowrules.model.OfPort;
import org.overlane.flowrules.openflow.Action;
import org.overlane.flowrules.openflow.Field;
import org.overlane.flowrules.openflow.FieldValue;
import org.overlane.flowrules.openflow.FlowEntry;
import org.overlane.flowrules.openflow.FlowTables;
import org.overlane.flowrules.openflow.Group;
import org.overlane.flowrules.pipeline.OverlapCheck;

/** What can be seen from the tables alone, without any packet. */
final class StructureChecks {
  private final FlowTables tables;
  private final Findings findings;
  private final Set<Integer> present = new HashSet<>();

  private StructureChecks(FlowTables tables, Findings findings) {
    this.tables = tables;
    this.findings = findings;
    tables.entries().forEach(e -> present.add(e.table()));
  }

  static void check(FlowTables tables, Findings findings) {
    StructureChecks checks = new StructureChecks(tables, findings);
    tables.entries().forEach(checks::entry);
    tables.groups().values().forEach(checks::group);
    OverlapCheck.find(tables.entries())
        .ifPresent(
            overlap ->
                findings.add(
                    Invariant.NO_OVERLAP,
                    "which of two entries a packet hits is undefined, since some packet satisfies"
                        + " both and they have one priority",
                    overlap.one(),
                    overlap.other()));
  }

  private void entry(FlowEntry entry) {
    if (entry.table() == 0) {
      entry.match().values().stream()
          .map(FieldValue::field)
          .filter(Field::isLayer4)
          .forEach(f -> layer4(entry, f));
    }
    entry
        .instructions()
        .gotoTable()
        .filter(t -> !present.contains(t))
        .ifPresent(t -> missing(entry, "table " + t + ", which has no entries"));
    entry
        .instructions()
        .meter()
        .filter(m -> !tables.meters().containsKey(m))
        .ifPresent(m -> missing(entry, "meter " + m + ", which does not exist"));
    List<Action> actions = entry.instructions().applyActions();
    groups(actions)
        .filter(g -> !tables.groups().containsKey(g))
        .forEach(g -> missing(entry, "group " + g + ", which does not exist"));
    if (outputs(actions, new HashSet<>()).anyMatch(OfPort.CONTROLLER::equals)) {
      metered(entry);
    }
    if (outputs(actions, new HashSet<>()).anyMatch(OfPort.TABLE::equals)) {
      missing(entry, "TABLE, which only a packet-out may output to");
    }
  }

  private void layer4(FlowEntry entry, Field field) {
    findings.add(
        Invariant.CLASSIFY_WITHOUT_LAYER4,
        "table 0 must not match "
            + field.ofctlName()
            + ": a later fragment has no transport header",
        entry);
  }

  private void missing(FlowEntry entry, String what) {
    findings.add(Invariant.REFERENCES, "an entry refers to " + what, entry);
  }

  private void metered(FlowEntry entry) {
    boolean metered =
        entry.instructions().meter().filter(m -> tables.meters().containsKey(m)).isPresent();
    if (!metered) {
      findings.add(
          Invariant.CONTROLLER_METERED,
          "an entry sends to the controller, but through no meter that exists",
          entry);
    }
  }

  private void group(Group group) {
    for (List<Action> bucket : group.buckets()) {
      groups(bucket)
          .filter(g -> !tables.groups().containsKey(g))
          .forEach(g -> wrong(group, "refers to group " + g + ", which does not exist"));
      if (bucket.stream().anyMatch(Action.CheckPacketLarger.class::isInstance)) {
        wrong(group, "compares lengths in a bucket, which no standard defines");
      }
    }
    if (leadsTo(group.id(), group, new HashSet<>())) {
      wrong(group, "leads back to itself");
    }
  }

  private void wrong(Group group, String what) {
    findings.add(
        Invariant.REFERENCES, "group " + group.id() + " of " + group.source() + " " + what);
  }

  private boolean leadsTo(long wanted, Group from, Set<Long> seen) {
    return from.buckets().stream()
        .flatMap(StructureChecks::groups)
        .anyMatch(
            g ->
                g == wanted
                    || (seen.add(g)
                        && tables.groups().containsKey(g)
                        && leadsTo(wanted, tables.groups().get(g), seen)));
  }

  private static Stream<Long> groups(List<Action> actions) {
    return actions.stream()
        .filter(Action.ToGroup.class::isInstance)
        .map(a -> ((Action.ToGroup) a).groupId());
  }

  /** The ports that actions output to, by themselves or through groups. */
  private Stream<OfPort> outputs(List<Action> actions, Set<Long> seen) {
    Stream<OfPort> own =
        actions.stream()
            .filter(Action.Output.class::isInstance)
            .map(a -> ((Action.Output) a).port());
    Stream<OfPort> inGroups =
        groups(actions)
            .filter(seen::add)
            .map(tables.groups()::get)
            .filter(g -> g != null)
            .flatMap(g -> g.buckets().stream().flatMap(b -> outputs(b, seen)));
    return Stream.concat(own, inGroups);
  }
}
