/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class SwitchReconcilerTest {
  private static final Timing TIMING = Timing.of(10_000, 30_000, 1_000, 60_000);
  private static final Item A = FakeSwitch.entry(1, "a");
  private static final Item B = FakeSwitch.entry(2, "b");

  private final FakeSwitch device = new FakeSwitch(new Random(1));
  private final SwitchReconciler reconciler = new SwitchReconciler(TIMING);

  private Optional<Plan> round(long now) {
    Optional<Plan> plan = reconciler.decide(device.observe(), now);
    plan.ifPresent(p -> reconciler.completed(p, device.apply(p), now));
    return plan;
  }

  private static List<String> operations(Plan plan) {
    return plan.stages().stream()
        .map(s -> s.operation() + " " + s.items().size())
        .collect(Collectors.toList());
  }

  @Test
  void writesWhatIsMissingOnceAndThenNothing() {
    reconciler.desire(ImmutableList.of(A, B));
    assertThat(operations(round(0).get())).containsExactly("WRITE_ENTRIES 1", "WRITE_ENTRIES 1");
    assertThat(round(1)).isEmpty();
    assertThat(reconciler.isInSync()).isFalse();
    assertThat(reconciler.progress(Item.Kind.ENTRY)).isEqualTo(Progress.of(2, 0, 2, 0));
    device.poll();
    assertThat(round(2)).isEmpty();
    assertThat(reconciler.isInSync()).isTrue();
    assertThat(reconciler.progress(Item.Kind.ENTRY)).isEqualTo(Progress.of(2, 2, 0, 0));
    for (int i = 0; i < 100; i++) {
      assertThat(round(100_000L * i)).isEmpty();
    }
    assertThat(device.writes).isEqualTo(2);
  }

  @Test
  void adoptsWhatIsThereAlready() {
    device.place(A);
    device.place(B);
    reconciler.desire(ImmutableList.of(A, B));
    assertThat(round(0)).isEmpty();
    assertThat(reconciler.isInSync()).isTrue();
  }

  @Test
  void writesLaterTablesFirstAndRemovesEarlierTablesFirst() {
    device.place(FakeSwitch.entry(4, "old, table 0"));
    device.place(FakeSwitch.entry(7, "old, table 3"));
    reconciler.desire(ImmutableList.of(A, FakeSwitch.entry(3, "table 3")));
    Plan plan = round(0).get();
    assertThat(plan.stages().stream().map(s -> s.operation() + " " + s.items().get(0).table()))
        .containsExactly(
            "WRITE_ENTRIES 3", "WRITE_ENTRIES 1", "REMOVE_ENTRIES 0", "REMOVE_ENTRIES 3");
  }

  @Test
  void waitsForGroupsBeforeTheEntriesThatReferToThem() {
    reconciler.desire(ImmutableList.of(FakeSwitch.entry(1, "a", "g"), FakeSwitch.group("g", "x")));
    assertThat(operations(round(0).get())).containsExactly("ADD_GROUPS 1");
    assertThat(round(1)).isEmpty();
    device.poll();
    assertThat(operations(round(2).get())).containsExactly("WRITE_ENTRIES 1");
  }

  @Test
  void modifiesAGroupInPlace() {
    device.place(FakeSwitch.group("g", "x"));
    reconciler.desire(ImmutableList.of(FakeSwitch.group("g", "y"), FakeSwitch.entry(1, "a", "g")));
    assertThat(operations(round(0).get())).containsExactly("MODIFY_GROUPS 1", "WRITE_ENTRIES 1");
  }

  @Test
  void keepsAGroupAsLongAsAnEntryRefersToIt() {
    device.place(FakeSwitch.group("g", "x"));
    device.place(FakeSwitch.entry(1, "a", "g"));
    reconciler.desire(ImmutableList.of());
    assertThat(operations(round(0).get())).containsExactly("REMOVE_ENTRIES 1");
    assertThat(operations(round(1).get())).containsExactly("REMOVE_GROUPS 1");
  }

  @Test
  void addsMetersFirstAndRemovesThemLast() {
    reconciler.desire(
        ImmutableList.of(
            FakeSwitch.entry(1, "a", "m", "g"),
            FakeSwitch.group("g", "x"),
            FakeSwitch.meter("m", "100/s")));
    assertThat(operations(round(0).get())).containsExactly("ADD_METERS 1", "ADD_GROUPS 1");
    assertThat(round(1)).isEmpty();
    device.poll();
    assertThat(operations(round(2).get())).containsExactly("WRITE_ENTRIES 1");
    device.poll();
    assertThat(round(3)).isEmpty();
    assertThat(reconciler.progress(Item.Kind.METER)).isEqualTo(Progress.of(1, 1, 0, 0));
    reconciler.desire(ImmutableList.of());
    assertThat(operations(round(4).get())).containsExactly("REMOVE_ENTRIES 1");
    device.poll();
    assertThat(operations(round(5).get())).containsExactly("REMOVE_GROUPS 1", "REMOVE_METERS 1");
  }

  @Test
  void modifiesAMeterInPlace() {
    device.place(FakeSwitch.meter("m", "50/s"));
    reconciler.desire(
        ImmutableList.of(FakeSwitch.meter("m", "100/s"), FakeSwitch.entry(1, "a", "m")));
    assertThat(operations(round(0).get())).containsExactly("MODIFY_METERS 1", "WRITE_ENTRIES 1");
  }

  @Test
  void removesAnEntryOfAnotherIdentityBeforeItWritesItsSuccessor() {
    device.place(
        Item.entry("entry 1", "old id", "a", "a", 1, com.google.common.collect.ImmutableSet.of()));
    reconciler.desire(ImmutableList.of(A));
    assertThat(operations(round(0).get())).containsExactly("REMOVE_ENTRIES 1");
    assertThat(round(1)).isEmpty();
    device.poll();
    assertThat(operations(round(2).get())).containsExactly("WRITE_ENTRIES 1");
  }

  @Test
  void triesAgainWithGrowingPausesAndDoesNotHoldUpOthers() {
    reconciler.desire(ImmutableList.of(A));
    List<Long> attempts = new ArrayList<>();
    for (long now = 0; now < 200_000; now += 100) {
      Optional<Plan> plan = reconciler.decide(device.observe(), now);
      if (plan.isPresent()) {
        attempts.add(now);
        reconciler.completed(plan.get(), Outcome.failure(plan.get(), "table full"), now);
      }
    }
    assertThat(attempts)
        .containsExactly(0L, 1_000L, 3_000L, 7_000L, 15_000L, 31_000L, 63_000L, 123_000L, 183_000L);
    assertThat(reconciler.reasons()).containsExactly("table full");
    assertThat(reconciler.progress(Item.Kind.ENTRY).failed()).isEqualTo(1);
    reconciler.desire(ImmutableList.of(A, B));
    Plan plan = reconciler.decide(device.observe(), 200_000).get();
    assertThat(plan.stages().get(0).items()).containsExactly(B);
  }

  @Test
  void forgetsAFailureOnceTheEntryIsThere() {
    reconciler.desire(ImmutableList.of(A));
    Plan plan = reconciler.decide(device.observe(), 0).get();
    reconciler.completed(plan, Outcome.failure(plan, "table full"), 0);
    round(1_000);
    device.poll();
    round(1_001);
    assertThat(reconciler.isInSync()).isTrue();
    assertThat(reconciler.reasons()).isEmpty();
  }

  @Test
  void writesAgainWhatIsNotConfirmedInTime() {
    reconciler.desire(ImmutableList.of(A));
    round(0);
    assertThat(reconciler.decide(device.observe(), 9_999)).isEmpty();
    assertThat(reconciler.wakeAt()).isEqualTo(10_000);
    assertThat(reconciler.decide(device.observe(), 10_000)).isEmpty();
    assertThat(reconciler.reasons()).containsExactly("not confirmed by the switch within 10 s");
    assertThat(reconciler.wakeAt()).isEqualTo(11_000);
    assertThat(reconciler.decide(device.observe(), 11_000)).isPresent();
  }

  @Test
  void givesUpWaitingForAnAnswer() {
    reconciler.desire(ImmutableList.of(A));
    Plan lost = reconciler.decide(device.observe(), 0).get();
    assertThat(reconciler.decide(device.observe(), 29_999)).isEmpty();
    assertThat(reconciler.decide(device.observe(), 30_000)).isEmpty();
    assertThat(reconciler.reasons()).containsExactly("no answer within 30 s");
    // The answer comes after all, when nobody waits for it any more.
    reconciler.completed(lost, Outcome.SUCCESS, 30_500);
    assertThat(reconciler.decide(device.observe(), 31_000)).isPresent();
  }

  @Test
  void refusesTwoItemsOfOneKey() {
    assertThatThrownBy(() -> reconciler.desire(ImmutableList.of(A, FakeSwitch.entry(1, "other"))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("entry 1");
  }

  @Test
  void refusesImpatientTiming() {
    assertThatThrownBy(() -> Timing.of(1, 1, 2, 1)).isInstanceOf(IllegalArgumentException.class);
    assertThat(TIMING.backOffAfter(1_000)).isEqualTo(60_000);
  }

  /** Whatever happens, and however badly: once it stops, the switch ends as desired. */
  @Property(tries = 500)
  void convergesAfterAnyHistory(@ForAll long seed) {
    Random dice = new Random(seed);
    FakeSwitch wild = new FakeSwitch(dice);
    SwitchReconciler tested = new SwitchReconciler(TIMING);
    wild.lost = dice.nextInt(40);
    wild.refused = dice.nextInt(40);
    List<Item> desired = someItems(dice);
    tested.desire(desired);
    long now = 0;
    for (int step = 0; step < 60; step++) {
      now += dice.nextInt(5_000);
      switch (dice.nextInt(8)) {
        case 0:
          desired = someItems(dice);
          tested.desire(desired);
          break;
        case 1:
          wild.drop(someEntry(dice));
          break;
        case 2:
          wild.place(someEntry(dice));
          break;
        case 3:
          wild.poll();
          break;
        default:
          step(tested, wild, dice.nextInt(10) == 0, now);
      }
    }
    wild.lost = 0;
    wild.refused = 0;
    for (int step = 0; step < 40; step++) {
      now += 61_000;
      step(tested, wild, false, now);
      wild.poll();
    }
    assertThat(tested.decide(wild.observe(), now)).isEmpty();
    assertThat(tested.isInSync()).isTrue();
    assertThat(wild.isSettled()).isTrue();
    assertThat(wild.contents()).isEqualTo(contents(desired));
    int writes = wild.writes;
    for (int step = 0; step < 5; step++) {
      now += 100_000;
      step(tested, wild, false, now);
      wild.poll();
    }
    assertThat(wild.writes).isEqualTo(writes);
  }

  private static void step(
      SwitchReconciler tested, FakeSwitch wild, boolean answerIsLost, long now) {
    tested
        .decide(wild.observe(), now)
        .ifPresent(
            plan -> {
              Outcome outcome = wild.apply(plan);
              if (!answerIsLost) {
                tested.completed(plan, outcome, now);
              }
            });
  }

  private static List<Item> someItems(Random dice) {
    Map<Object, Item> items = new TreeMap<>(ImmutableMap.of());
    for (int i = 0; i < dice.nextInt(12); i++) {
      Item entry = someEntry(dice);
      items.put("e" + entry.key(), entry);
    }
    if (dice.nextBoolean()) {
      Item group = FakeSwitch.group("g", "buckets " + dice.nextInt(3));
      items.put("g", group);
      Item user = FakeSwitch.entry(20, "to group " + dice.nextInt(2), "g");
      items.put("e" + user.key(), user);
    }
    return new ArrayList<>(items.values());
  }

  private static Item someEntry(Random dice) {
    return FakeSwitch.entry(dice.nextInt(10), "content " + dice.nextInt(3));
  }

  private static Map<String, Object> contents(List<Item> items) {
    Map<String, Object> contents = new TreeMap<>();
    items.forEach(i -> contents.put(i.kind() + " " + i.key(), i.content()));
    return contents;
  }
}
