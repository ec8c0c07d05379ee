/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.flowrules.pipeline;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.overlane.flowrules.openflow.Action;
import org.overlane.flowrules.openflow.Cookie;
import org.overlane.flowrules.openflow.FlowEntry;
import org.overlane.flowrules.openflow.Group;
import org.overlane.flowrules.openflow.Instructions;
import org.overlane.flowrules.openflow.Match;
import org.overlane.flowrules.openflow.Meter;

/**
 * Takes entries, groups and meters of one node and holds each against the contract of its table and
 * the abilities of the switch. Not thread-safe.
 */
public final class FlowSink {
  private final SwitchProfile profile;
  private final ContractCheck check;
  private final List<FlowEntry> entries = new ArrayList<>();
  private final Map<Long, Group> groups = new HashMap<>();
  private final Map<Long, Meter> meters = new HashMap<>();

  public FlowSink(SwitchProfile profile, PortRoles roles) {
    this.profile = profile;
    this.check = new ContractCheck(profile, roles, groups, meters);
  }

  public SwitchProfile profile() {
    return profile;
  }

  /**
   * Begins an entry.
   *
   * @param source what in the model causes it, for people: {@code endpoint vm1}
   */
  public EntryBuilder entry(
      TableSpec table, PriorityBand band, EntryClass entryClass, String source) {
    return new EntryBuilder(this, table, band, entryClass, source);
  }

  /**
   * Adds a group, to which entries of the table may refer from now on.
   *
   * @throws ContractException if its type is not ALL, a bucket does what the table may not, or the
   *     group is too large for a message
   * @throws IllegalArgumentException if another group has the id
   */
  public void group(TableSpec table, Group group) {
    check.group(table, group);
    int size = 0;
    for (List<Action> bucket : group.buckets()) {
      check.bucket(table, bucket, group.source());
      size += MessageSize.BUCKET + MessageSize.of(bucket);
    }
    check.size(size, "group " + group.id());
    Group other = groups.put(group.id(), group);
    if (other != null) {
      throw new IllegalArgumentException(
          "group " + group.id() + " comes from " + other.source() + " and " + group.source());
    }
  }

  /**
   * Adds a meter, to which entries may refer from now on; it may have been added before.
   *
   * @throws IllegalArgumentException if another meter has the id
   */
  public Meter meter(Meter meter) {
    Meter other = meters.putIfAbsent(meter.id(), meter);
    if (other != null && !other.equals(meter)) {
      throw new IllegalArgumentException("two meters with one id: " + other + " and " + meter);
    }
    return meter;
  }

  void add(
      TableSpec table,
      PriorityBand band,
      EntryClass entryClass,
      Match match,
      Instructions instructions,
      String source) {
    check.entry(table, band, match, instructions, source);
    int priority = band.priority();
    Cookie cookie = Cookie.of(entryClass.id(), table.id(), priority, match);
    entries.add(FlowEntry.of(table.id(), priority, match, instructions, cookie, source));
  }

  /** All that was added. */
  public TableSlice slice() {
    return new TableSlice(entries, groups.values(), meters.values());
  }
}
