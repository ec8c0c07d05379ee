/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.flowrules.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.overlane.flowrules.openflow.FlowEntry;
import org.overlane.flowrules.openflow.FlowTables;
import org.overlane.flowrules.testing.RandomTables;

class OverlapCheckTest {
  @Property(tries = 2000)
  void agreesWithComparingEveryPair(@ForAll Random random, @ForAll @IntRange(max = 6) int count) {
    List<FlowEntry> entries = new ArrayList<>(RandomTables.crowded(random, count));
    entries.sort(FlowTables.CANONICAL);
    boolean naive = false;
    for (int i = 0; i < entries.size(); i++) {
      for (int j = i + 1; j < entries.size(); j++) {
        naive |= overlap(entries.get(i), entries.get(j));
      }
    }
    assertThat(OverlapCheck.find(entries).isPresent()).isEqualTo(naive);
    OverlapCheck.find(entries)
        .ifPresent(found -> assertThat(overlap(found.one(), found.other())).isTrue());
  }

  private static boolean overlap(FlowEntry one, FlowEntry other) {
    return one.table() == other.table()
        && one.priority() == other.priority()
        && one.match().overlaps(other.match());
  }
}
