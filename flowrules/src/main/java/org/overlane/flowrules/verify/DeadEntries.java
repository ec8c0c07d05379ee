/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.flowrules.verify;

import com.google.auto.value.AutoValue;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.overlane.flowrules.openflow.Action;
import org.overlane.flowrules.openflow.Bits;
import org.overlane.flowrules.openflow.Field;
import org.overlane.flowrules.openflow.FieldValue;
import org.overlane.flowrules.openflow.FlowEntry;
import org.overlane.flowrules.openflow.FlowTables;
import org.overlane.flowrules.openflow.Match;

/**
 * Finds entries that no packet can hit: others take what they want, or it never gets to their
 * table. Four kinds of entries may go without packets:
 *
 * <ul>
 *   <li>a table miss, since a table is safe only with one, whether or not the entries above it
 *       leave anything today;
 *   <li>an entry that waits for a mark in a register which no entry sets that is hit, as those for
 *       endpoints that fragment do on a switch whose endpoint does not: nothing takes its packets
 *       away, there are none, and they are there before the first entry that sets the mark;
 *   <li>an entry of a table that no packet enters, as the last ones on a switch whose endpoints
 *       have no peers on other nodes, and so the part of a VNI in a table that no packet of this
 *       VNI enters, as that of a network whose peers are not behind any tunnel port. What should
 *       have come there is missed by other invariants.
 * </ul>
 */
final class DeadEntries {
  private final Set<FlowEntry> hit;
  private final Set<Integer> entered = new HashSet<>();

  /** The actions of entries that are hit which write a register; few, whatever the entries. */
  private final Set<Mark> marks = new HashSet<>();

  private DeadEntries(Set<FlowEntry> hit) {
    this.hit = hit;
    Mark last = null; // one of many equal ones, mostly
    for (FlowEntry entry : hit) {
      entered.add(entry.table());
      for (Action action : entry.instructions().applyActions()) {
        if (writesRegister(action) && (last == null || !last.is(entry.table(), action))) {
          last = new AutoValue_DeadEntries_Mark(entry.table(), action);
          marks.add(last);
        }
      }
    }
  }

  /** An action that writes a register, and its table. */
  @AutoValue
  abstract static class Mark {
    abstract int table();

    abstract Action action();

    boolean is(int table, Action action) {
      return table() == table && action().equals(action);
    }
  }

  private static boolean writesRegister(Action action) {
    return action instanceof Action.CheckPacketLarger
        || (action instanceof Action.SetField
            && isRegister(((Action.SetField) action).value().field()));
  }

  static void check(FlowTables tables, Set<FlowEntry> hit, Findings findings) {
    List<FlowEntry> missed = new ArrayList<>();
    for (FlowEntry entry : tables.entries()) {
      if (!hit.contains(entry) && !isMiss(entry)) {
        missed.add(entry);
      }
    }
    if (!missed.isEmpty()) {
      new DeadEntries(hit).check(missed, findings);
    }
  }

  private void check(List<FlowEntry> missed, Findings findings) {
    for (FlowEntry entry : missed) {
      boolean idle = !entered.contains(entry.table()) || isOfAbsentVni(entry);
      if (!idle && !waits(entry)) {
        findings.add(
            Invariant.NO_DEAD_ENTRY,
            "no packet can hit this entry: those that satisfy it meet another one first, or never"
                + " get to table "
                + entry.table(),
            entry);
      }
    }
  }

  /** Whether it asks for a VNI of which no packet enters its table. */
  private boolean isOfAbsentVni(FlowEntry entry) {
    Optional<FieldValue> wanted = vni(entry);
    return wanted.isPresent()
        && hit.stream().noneMatch(e -> e.table() == entry.table() && vni(e).equals(wanted));
  }

  /** The VNI that an entry behind the first table asks for. */
  private static Optional<FieldValue> vni(FlowEntry entry) {
    if (entry.table() == 0) {
      return Optional.empty();
    }
    Optional<FieldValue> key = entry.match().get(Field.TUNNEL_ID);
    return key.isPresent() ? key : entry.match().get(Field.METADATA);
  }

  private static boolean isMiss(FlowEntry entry) {
    return entry.priority() == 0 && entry.match().equals(Match.ANY);
  }

  private boolean waits(FlowEntry entry) {
    for (FieldValue wanted : entry.match().values()) {
      if (isRegister(wanted.field())
          && !wanted.value().isZero()
          && marks.stream()
              .noneMatch(m -> m.table() < entry.table() && canSet(m.action(), wanted))) {
        return true;
      }
    }
    return false;
  }

  private static boolean isRegister(Field field) {
    return field.ofctlName().startsWith("reg");
  }

  /** Whether an action writes one of the bits that are wanted set, or a value that agrees. */
  private static boolean canSet(Action action, FieldValue wanted) {
    if (action instanceof Action.CheckPacketLarger) {
      Action.CheckPacketLarger check = (Action.CheckPacketLarger) action;
      Bits bit = Bits.of(1L << check.bit());
      return check.register() == wanted.field() && bit.equals(wanted.value());
    }
    if (action instanceof Action.SetField) {
      FieldValue set = ((Action.SetField) action).value();
      Bits common = set.mask().and(wanted.mask());
      return set.field() == wanted.field()
          && !set.value().and(wanted.value()).isZero()
          && set.value().and(common).equals(wanted.value().and(common));
    }
    return false;
  }
}
