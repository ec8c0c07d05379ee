/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.tunnels.probing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.overlane.flowrules.model.AddressFamily;
import org.overlane.flowrules.model.NodeId;

/** Paths come and go, bounds change, in any order. */
class PlanTest {
  private static final ProbePath PATH = Underlay.path(1, 2);
  private static final long MINUTE = 60_000;

  private final Underlay net = new Underlay(ProbingSettings.DEFAULT, 11);

  @Test
  void lowerBoundIsBelievedAtOnce() {
    net.add(PathPlan.of(PATH, 9000, 1));
    net.run(MINUTE);
    net.add(PathPlan.of(PATH, 1500, 1));
    assertThat(net.prober.limits()).isEmpty();
    net.until(PATH, PathStatus.CONFIRMED, 1_500);
    assertThat(net.state(PATH).confirmed()).hasValue(1500);
  }

  @Test
  void higherBoundIsProvenBeforeItIsUsed() {
    net.add(PathPlan.of(PATH, 1500, 1));
    net.run(MINUTE);
    net.add(PathPlan.of(PATH, 9000, 1)).mtu = 9000;
    assertThat(net.prober.limits()).as("what is known").containsEntry(PATH, 1500);
    net.until(PATH, PathStatus.CONFIRMED, 6_000);
    assertThat(net.prober.limits()).isEmpty();
  }

  @Test
  void higherBoundThatTheUnderlayDoesNotCarryChangesNothing() {
    net.add(PathPlan.of(PATH, 1500, 1)).mtu = 1500;
    net.run(MINUTE);
    net.add(PathPlan.of(PATH, 9000, 1));
    net.run(2 * MINUTE);
    assertThat(net.prober.limits()).containsEntry(PATH, 1500);
    assertThat(net.state(PATH).status()).isEqualTo(PathStatus.BLACK_HOLE);
  }

  @Test
  void boundBelowTheLimitTakesItsPlace() {
    net.add(PathPlan.of(PATH, 9000, 1)).mtu = 4000;
    net.run(MINUTE);
    net.add(PathPlan.of(PATH, 1500, 1));
    assertThat(net.prober.limits()).isEmpty();
    net.until(PATH, PathStatus.CONFIRMED, 10_000);
  }

  @Test
  void boundThatKeepsChangingCostsNoMoreThanATimerAllows() {
    net.add(PathPlan.of(PATH, 9000, 1));
    net.run(MINUTE);
    net.sent.clear();
    for (int i = 0; i < 1_000; i++) {
      net.add(PathPlan.of(PATH, 9000 - i % 2, 1));
      net.run(10);
    }
    assertThat(net.sent.size()).isLessThan(2 * 11);
  }

  @Test
  void forgottenPathLeavesNothing() {
    net.add(PathPlan.of(PATH, 9000, 1)).mtu = 1500;
    net.run(MINUTE);
    long id = net.prober.due(net.now()).stream().mapToLong(Probe::id).findFirst().orElse(7);
    net.plan(List.of());
    assertThat(net.prober.states(net.now())).isEmpty();
    assertThat(net.prober.limits()).isEmpty();
    assertThat(net.prober.nextDue(net.now())).isEmpty();
    assertThat(net.prober.arrived(id, 1, net.now())).isEqualTo(Arrival.UNKNOWN);
    assertThat(net.prober.drainEvents()).isEmpty();
    net.prober.changed(PATH, net.now());
    net.prober.changed(PATH.from(), net.now());
    net.prober.failedToSend(id, "", net.now());
    assertThat(net.prober.due(net.now() + 1_000_000)).isEmpty();
  }

  @Property(tries = 10)
  void orderOfPlansDoesNotMatter(@ForAll @LongRange(min = 0, max = 100_000) long seed) {
    List<PathPlan> plans = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      plans.add(PathPlan.of(Underlay.path(i % 6, 6 + i), 9000, i % 4));
    }
    assertThat(outcome(plans, seed)).isEqualTo(outcome(shuffled(plans, seed), seed));
  }

  private static String outcome(List<PathPlan> plans, long seed) {
    Underlay net = new Underlay(ProbingSettings.builder().maxPaths(25).build(), 1);
    for (PathPlan plan : plans) {
      net.link(plan.path()).mtu = 1300 + 17 * plan.use();
    }
    net.plan(plans);
    net.run(10_000);
    net.plan(shuffled(plans, seed + 1).subList(0, 30));
    net.run(MINUTE);
    return net.sent + " " + net.events + " " + net.prober.states(net.now());
  }

  private static List<PathPlan> shuffled(List<PathPlan> plans, long seed) {
    List<PathPlan> shuffled = new ArrayList<>(plans);
    Collections.shuffle(shuffled, new Random(seed));
    return shuffled;
  }

  /**
   * Plans, changes and the network in any order: what holds is the last plan and the last network.
   */
  @Property(tries = 30)
  void whateverHappenedTheEndIsTheSame(@ForAll @LongRange(min = 0, max = 1_000_000) long seed) {
    Random random = new Random(seed);
    Underlay any = new Underlay(ProbingSettings.DEFAULT, seed);
    for (int i = 0; i < 40; i++) {
      List<PathPlan> plans = new ArrayList<>();
      for (int p = 0; p < 6; p++) {
        ProbePath path = Underlay.path(p % 3, 3 + p % 2);
        Underlay.Link link = any.link(path);
        link.mtu = random.nextInt(9_000);
        link.loss = random.nextInt(4) == 0 ? random.nextDouble() : 0;
        link.copies = random.nextBoolean();
        link.delay = random.nextInt(1_500);
        if (random.nextInt(3) > 0) {
          plans.add(PathPlan.of(path, 1_000 + random.nextInt(8_000), random.nextInt(5)));
        }
      }
      any.plan(plans);
      any.prober.changed(Underlay.node(random.nextInt(5)), any.now());
      any.run(random.nextInt(20_000));
    }
    any.plan(List.of(PathPlan.of(PATH_2, 9_000, 1)));
    any.link(PATH_2).loss = 0;
    any.link(PATH_2).delay = 1;
    any.link(PATH_2).mtu = 2_345;
    any.run(40 * MINUTE);
    assertThat(any.prober.limits()).containsEntry(PATH_2, 2_345);
    any.assertWithinBudget();
  }

  private static final ProbePath PATH_2 = Underlay.path(2, 3);

  @Test
  void tooManyPathsAreCountedAndThoseWithMostUseAreProbed() {
    Underlay small = new Underlay(ProbingSettings.builder().maxPaths(10).build(), 1);
    List<PathPlan> plans = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      plans.add(PathPlan.of(Underlay.path(i, i + 1), 1500, i));
    }
    small.plan(shuffled(plans, 1));
    ProbingReport report = small.prober.report(0);
    assertThat(report.planned()).isEqualTo(30);
    assertThat(report.notProbed()).isEqualTo(20);
    assertThat(small.prober.states(0).keySet())
        .allMatch(p -> p.from().toString().compareTo("of:0020") >= 0);
  }

  @Test
  void planThatNamesAPathTwiceIsRefused() {
    PathPlan plan = PathPlan.of(PATH, 1500, 1);
    net.add(plan);
    assertThatThrownBy(() -> net.prober.plan(List.of(plan, PathPlan.of(PATH, 9000, 1)), 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("of:0001 -> of:0002 over IPv4 is planned twice");
    assertThat(net.state(PATH).bound()).isEqualTo(1500);
  }

  @Test
  void valuesThatMakeNoSenseAreRefused() {
    assertThatThrownBy(() -> PathPlan.of(PATH, 67, 1))
        .hasMessage("of:0001 -> of:0002 over IPv4: the bound must be 68 to 65535 bytes, not 67");
    assertThatThrownBy(() -> PathPlan.of(PATH, 65_536, 1)).hasMessageContaining("not 65536");
    assertThatThrownBy(() -> PathPlan.of(PATH, 1500, 1501, 1))
        .hasMessage("of:0001 -> of:0002 over IPv4: the base must be 68 to 1500 bytes, not 1501");
    assertThatThrownBy(() -> PathPlan.of(PATH, 1500, -1)).hasMessageContaining("use");
    NodeId one = NodeId.of("of:01");
    assertThatThrownBy(() -> ProbePath.of(one, one, AddressFamily.IPV6))
        .hasMessage("a path needs two nodes, not twice of:01");
  }
}
