/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.flowrules.openflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.overlane.flowrules.testing.RandomTables;
import org.overlane.flowrules.text.OfctlFormat;

class FlowTablesTest {
  @Property(tries = 200)
  void theOrderOfConstructionDoesNotMatter(@ForAll Random random) {
    FlowTables tables = RandomTables.tables(random, 20);
    List<FlowEntry> entries = new ArrayList<>(tables.entries());
    Collections.shuffle(entries, random);
    List<Meter> meters = new ArrayList<>(tables.meters().values());
    Collections.shuffle(meters, random);
    assertThat(new FlowTables(entries, tables.groups().values(), meters)).isEqualTo(tables);
  }

  @Property(tries = 300)
  void exchangingEqualsBuildingAnew(@ForAll Random random) {
    FlowTables tables = RandomTables.tables(random, 20);
    List<FlowEntry> gone = new ArrayList<>(tables.entries());
    gone.removeIf(e -> random.nextBoolean());
    List<FlowEntry> kept = new ArrayList<>(tables.entries());
    kept.removeAll(gone);
    List<FlowEntry> come = new ArrayList<>(RandomTables.tables(random, 8).entries());
    come.addAll(gone.subList(0, gone.size() / 2));
    come.removeIf(e -> kept.stream().anyMatch(k -> k.key().equals(e.key())));
    come.sort(FlowTables.CANONICAL);
    List<FlowEntry> all = new ArrayList<>(kept);
    all.addAll(come);
    assertThat(tables.exchange(gone, come, ImmutableList.of(), ImmutableList.of()))
        .isEqualTo(new FlowTables(all, tables.groups().values(), tables.meters().values()));
  }

  @Test
  void refusesTwoEntriesOfOneKey() {
    FlowEntry one = OfctlFormat.parseEntry("priority=1,in_port=1,actions=drop # a");
    FlowEntry other = OfctlFormat.parseEntry("priority=1,in_port=1,actions=output:2 # b");
    List<Group> none = ImmutableList.of();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new FlowTables(List.of(one, other), none))
        .withMessageContaining("from a and b");
    FlowTables tables = new FlowTables(List.of(one), none);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> tables.exchange(none(), List.of(other), none, none))
        .withMessageContaining("from a and b");
    FlowEntry absent = OfctlFormat.parseEntry("priority=2,actions=drop");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> tables.exchange(List.of(absent), none(), none, none))
        .withMessageContaining("not here");
  }

  private static List<FlowEntry> none() {
    return List.of();
  }

  @Test
  void refusesTwoGroupsOfOneId() {
    Group group = Group.of(1, ImmutableList.of(), "a");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new FlowTables(none(), List.of(group, group)));
  }

  @Test
  void refusesTwoMetersOfOneId() {
    List<Meter> meters = List.of(Meter.of(5, 1, 1, "a"), Meter.of(5, 2, 1, "b"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new FlowTables(none(), List.of(), meters));
  }

  @Test
  void metersCountInEquality() {
    Meter meter = Meter.of(5, 1, 1, "a");
    FlowTables without = new FlowTables(none(), List.of());
    FlowTables with = new FlowTables(none(), List.of(), List.of(meter));
    assertThat(with).isNotEqualTo(without);
    assertThat(without.withMeters(with.meters())).isEqualTo(with);
    assertThat(with).hasToString("0 entries, 0 groups, 1 meters");
  }

  @ParameterizedTest
  @CsvSource({"0, 1, 1", "4294901761, 1, 1", "1, 0, 1", "1, 1, 0"})
  void refusesMetersThatNoSwitchTakes(long id, int rate, int burst) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Meter.of(id, rate, burst, ""))
        .withMessageContaining("must be");
  }

  /** Cookies are on switches: the same entry must have the same one in every JVM and version. */
  @Test
  void cookiesAreTheSameForever() {
    FlowEntry entry = OfctlFormat.parseEntry("ip,in_port=1,nw_dst=192.0.2.0/24,actions=drop");
    assertThat(Cookie.of(3, 0, 310, entry.match()).toString()).isEqualTo("0x347957b3af8");
  }
}
