/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.flowrules.verify;

import java.util.HashSet;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.overlane.flowrules.model.OfPort;
import org.overlane.flowrules.openflow.Action;
import org.overlane.flowrules.openflow.Field;
import org.overlane.flowrules.openflow.FieldValue;
import org.overlane.flowrules.openflow.FlowEntry;
import org.overlane.flowrules.openflow.FlowTables;
import org.overlane.flowrules.openflow.Group;

/** What tables tell packets apart by, as far as it matters to what can arrive. Immutable. */
final class Mentioned {
  private final Set<Long> numbers = new HashSet<>();
  private final SortedSet<OfPort> ports = new TreeSet<>();
  private boolean vlan;
  private boolean transport;

  Mentioned(FlowTables tables) {
    for (FlowEntry entry : tables.entries()) {
      entry.match().values().forEach(this::add);
      add(entry.instructions().allActions());
    }
    for (Group group : tables.groups().values()) {
      group.buckets().forEach(this::add);
    }
    numbers.stream()
        .filter(n -> (n >= 1 && n <= OfPort.MAX) || n == OfPort.LOCAL.toLong())
        .forEach(n -> ports.add(OfPort.of(n)));
  }

  private void add(FieldValue wanted) {
    Field field = wanted.field();
    vlan |= field == Field.VLAN_VID;
    transport |= field.isLayer4() && field != Field.TCP_FLAGS;
    if (field == Field.IN_PORT && wanted.isExact()) {
      numbers.add(wanted.value().low());
    }
  }

  private void add(Iterable<Action> actions) {
    for (Action action : actions) {
      if (action instanceof Action.Output) {
        numbers.add(((Action.Output) action).port().toLong());
      }
    }
  }

  /** The ports that some entry or group names, but for those that stand for others. */
  SortedSet<OfPort> ports() {
    return ports;
  }

  /** Whether some entry looks at the VLAN tag. */
  boolean isVlan() {
    return vlan;
  }

  /** Whether some entry looks at transport fields that fragments show in some modes only. */
  boolean isTransport() {
    return transport;
  }
}
