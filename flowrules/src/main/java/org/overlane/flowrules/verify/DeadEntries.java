/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.flowrules.verify;

import com.google.common.collect.ImmutableList;
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
  private DeadEntries() {}

  static void check(FlowTables tables, Set<FlowEntry> hit, Findings findings) {
    Set<Integer> entered = new HashSet<>();
    Set<List<Object>> vnis = new HashSet<>();
    hit.forEach(e -> entered.add(e.table()));
    hit.forEach(e -> vni(e).ifPresent(v -> vnis.add(ImmutableList.of(e.table(), v))));
    for (FlowEntry entry : tables.entries()) {
      if (hit.contains(entry)) {
        continue;
      }
      boolean idle = !entered.contains(entry.table()) || isMiss(entry);
      idle |=
          vni(entry).filter(v -> !vnis.contains(ImmutableList.of(entry.table(), v))).isPresent();
      if (!idle && !waits(entry, hit)) {
        findings.add(
            Invariant.NO_DEAD_ENTRY,
            "no packet can hit this entry: those that satisfy it meet another one first, or never"
                + " get to table "
                + entry.table(),
            entry);
      }
    }
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

  private static boolean waits(FlowEntry entry, Set<FlowEntry> hit) {
    for (FieldValue wanted : entry.match().values()) {
      if (isRegister(wanted.field())
          && !wanted.value().isZero()
          && hit.stream()
              .filter(e -> e.table() < entry.table())
              .flatMap(e -> e.instructions().applyActions().stream())
              .noneMatch(a -> canSet(a, wanted))) {
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
