/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.flowrules.verify;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.overlane.flowrules.model.OfPort;
import org.overlane.flowrules.openflow.Action;
import org.overlane.flowrules.openflow.Field;
import org.overlane.flowrules.openflow.FieldValue;
import org.overlane.flowrules.openflow.FlowEntry;
import org.overlane.flowrules.openflow.FlowTables;
import org.overlane.flowrules.openflow.Group;
import org.overlane.flowrules.openflow.Instructions;
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

  /** Most entries refer to little: nothing is made for those that are right. */
  private void entry(FlowEntry entry) {
    Instructions instructions = entry.instructions();
    if (entry.table() == 0) {
      layer4(entry);
    }
    if (instructions.gotoTable().isPresent() && !present.contains(instructions.gotoTable().get())) {
      missing(entry, "table " + instructions.gotoTable().get() + ", which has no entries");
    }
    Long meter = instructions.meter().orElse(null);
    if (meter != null && !tables.meters().containsKey(meter)) {
      missing(entry, "meter " + meter + ", which does not exist");
    }
    Iterable<Action> actions = instructions.allActions();
    for (Action action : actions) {
      Long group = groupOf(action);
      if (group != null && !tables.groups().containsKey(group)) {
        missing(entry, "group " + group + ", which does not exist");
      }
    }
    if (outputsTo(OfPort.CONTROLLER, actions, new HashSet<>())) {
      metered(entry);
    }
    if (outputsTo(OfPort.TABLE, actions, new HashSet<>())) {
      missing(entry, "TABLE, which only a packet-out may output to");
    }
  }

  private void layer4(FlowEntry entry) {
    for (FieldValue wanted : entry.match().values()) {
      if (wanted.field().isLayer4()) {
        layer4(entry, wanted.field());
      }
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
      for (Action action : bucket) {
        Long other = groupOf(action);
        if (other != null && !tables.groups().containsKey(other)) {
          wrong(group, "refers to group " + other + ", which does not exist");
        }
        if (action instanceof Action.CheckPacketLarger) {
          wrong(group, "compares lengths in a bucket, which no standard defines");
        }
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
    for (List<Action> bucket : from.buckets()) {
      for (Action action : bucket) {
        Long next = groupOf(action);
        if (next != null
            && (next == wanted
                || (seen.add(next)
                    && tables.groups().containsKey(next)
                    && leadsTo(wanted, tables.groups().get(next), seen)))) {
          return true;
        }
      }
    }
    return false;
  }

  /** The group that an action leads to, or null. */
  private static Long groupOf(Action action) {
    return action instanceof Action.ToGroup ? ((Action.ToGroup) action).groupId() : null;
  }

  /** Whether actions output to a port, by themselves or through groups. */
  private boolean outputsTo(OfPort port, Iterable<Action> actions, Set<Long> seen) {
    for (Action action : actions) {
      if (action instanceof Action.Output) {
        if (((Action.Output) action).port().equals(port)) {
          return true;
        }
      } else if (action instanceof Action.ToGroup) {
        Group group = tables.groups().get(((Action.ToGroup) action).groupId());
        if (group != null && seen.add(group.id())) {
          for (List<Action> bucket : group.buckets()) {
            if (outputsTo(port, bucket, seen)) {
              return true;
            }
          }
        }
      }
    }
    return false;
  }
}
