/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.tunnels.probing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

/** No second has more probes than the budget, and no path is forgotten because of it. */
class BudgetTest {
  private static final long MINUTE = 60_000;

  @Test
  void meshOfFiftyIsConfirmedWithinTheBudget() {
    Underlay net = new Underlay(ProbingSettings.DEFAULT, 3);
    net.mesh(50, 9000);
    net.run(30_000);
    assertThat(net.prober.states(net.now())).hasSize(50 * 49);
    assertThat(net.statuses())
        .as("4,900 probes at 200 a second")
        .containsOnly(PathStatus.CONFIRMED);
    net.run(2 * MINUTE);
    net.assertWithinBudget();
    assertThat(net.prober.report(net.now()).behind()).isZero();
    assertThat(net.prober.report(net.now()).lost()).isZero();
  }

  @Test
  void whenTheWholeUnderlayShrinksEveryPathIsFoundWithinTheBudget() {
    Underlay net = new Underlay(ProbingSettings.DEFAULT, 4);
    net.mesh(20, 9000);
    net.run(2 * MINUTE);
    net.prober.states(net.now()).keySet().forEach(path -> net.link(path).mtu = 1500);
    net.run(3 * MINUTE);
    assertThat(net.statuses()).containsOnly(PathStatus.BLACK_HOLE);
    assertThat(net.prober.limits().values()).hasSize(380).containsOnly(1500);
    net.assertWithinBudget();
  }

  @Property(tries = 40)
  void budgetHoldsAlways(
      @ForAll @IntRange(min = 2, max = 12) int nodes,
      @ForAll @IntRange(min = 1, max = 300) int rate,
      @ForAll @IntRange(min = 1, max = 50) int burst,
      @ForAll @IntRange(min = 1, max = 30) int nodeRate,
      @ForAll @IntRange(min = 2, max = 10) int nodeBurst,
      @ForAll @LongRange(min = 0, max = 1_000_000) long seed) {
    ProbingSettings settings =
        ProbingSettings.builder()
            .probesPerSecond(rate)
            .burst(burst)
            .nodeProbesPerSecond(nodeRate)
            .nodeBurst(nodeBurst)
            .confirmationTimer(1_000)
            .build();
    Underlay net = new Underlay(settings, seed);
    net.mesh(nodes, 9000);
    for (int i = 0; i < 20; i++) {
      int node = i % nodes;
      net.at(i * 1_500L, () -> net.prober.changed(Underlay.node(node), net.now()));
    }
    net.prober
        .states(0)
        .keySet()
        .forEach(path -> net.link(path).mtu = 1300 + path.hashCode() % 900);
    net.run(MINUTE);
    net.assertWithinBudget();
    Map<ProbePath, Integer> probes = new HashMap<>();
    net.sent.forEach(s -> probes.merge(s.probe().path(), 1, Integer::sum));
    // What a minute gives at the least, to the poorest of all paths.
    double share =
        Math.min(rate * 60.0 / (nodes * (nodes - 1)), nodeRate * 60.0 / (2 * (nodes - 1)));
    if (share > 10) {
      assertThat(probes).as("paths that were probed").hasSize(nodes * (nodes - 1));
    }
  }

  /** Whatever is urgent, a path waits no longer than it is patient and all others take once. */
  @Property(tries = 3)
  void nobodyStarves(
      @ForAll @IntRange(min = 5, max = 60) int rate,
      @ForAll @LongRange(min = 0, max = 1000) long seed) {
    ProbingSettings settings =
        ProbingSettings.builder()
            .probesPerSecond(rate)
            .burst(5)
            .nodeProbesPerSecond(1_000)
            .nodeBurst(100)
            .build();
    Underlay net = new Underlay(settings, seed);
    List<PathPlan> plans = new ArrayList<>();
    int paths = 300;
    for (int i = 0; i < paths; i++) {
      plans.add(PathPlan.of(Underlay.path(i, i + 1), 9000, i < 250 ? 100 : 0));
    }
    net.plan(plans);
    // Most paths, all with much use, lose nearly everything for ever: urgent work without end.
    for (int i = 0; i < 250; i++) {
      net.link(Underlay.path(i, i + 1)).loss = 0.9;
    }
    net.run(15 * MINUTE);
    long most = 36_000 + 30_000 + 1_000 + (paths - 1) * 1_000L / rate;
    for (int i = 250; i < paths; i++) {
      List<Underlay.Sent> sent = net.sentOn(Underlay.path(i, i + 1));
      for (int k = 1; k < sent.size(); k++) {
        assertThat(sent.get(k).at() - sent.get(k - 1).at())
            .as("gap of path %s", i)
            .isLessThanOrEqualTo(most);
      }
      assertThat(net.now() - sent.get(sent.size() - 1).at()).isLessThanOrEqualTo(most);
    }
    net.assertWithinBudget();
  }

  /** 1,225 pairs, each in both directions. */
  @Test
  void fiftyNodesThatAllShareANetworkStayWithinTheBudget() {
    Underlay net = new Underlay(ProbingSettings.DEFAULT, 7);
    List<PathPlan> plans = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      for (int j = 0; j < 50; j++) {
        if (i != j) {
          plans.add(PathPlan.of(Underlay.path(i, j), 1500, 1));
        }
      }
    }
    assertThat(plans).hasSize(2 * 1_225);
    net.plan(plans);
    net.run(5 * MINUTE);
    assertThat(net.statuses()).containsOnly(PathStatus.CONFIRMED);
    net.assertWithinBudget();
  }

  @Test
  void moreUseIsProbedFirst() {
    Underlay net = new Underlay(ProbingSettings.builder().probesPerSecond(10).burst(1).build(), 5);
    List<PathPlan> plans = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      plans.add(PathPlan.of(Underlay.path(i, i + 1), 1500, i % 2 == 0 ? 0 : 1_000));
    }
    net.plan(plans);
    net.run(9_950);
    for (int i = 0; i < 100; i++) {
      PathStatus status = net.state(Underlay.path(i, i + 1)).status();
      assertThat(status).isEqualTo(i % 2 == 0 ? PathStatus.UNKNOWN : PathStatus.CONFIRMED);
    }
    assertThat(net.prober.report(net.now()).behind()).isPositive();
    assertThat(net.prober.report(net.now()).waiting()).isEqualTo(50);
    net.run(10_000);
    assertThat(net.statuses()).containsOnly(PathStatus.CONFIRMED);
  }

  @Test
  void busyNodeDoesNotHoldUpOthers() {
    ProbingSettings settings =
        ProbingSettings.builder().nodeProbesPerSecond(1).nodeBurst(2).build();
    Underlay net = new Underlay(settings, 6);
    List<PathPlan> plans = new ArrayList<>();
    for (int i = 1; i <= 100; i++) {
      plans.add(PathPlan.of(Underlay.path(0, i), 1500, 1_000));
    }
    for (int i = 1; i < 100; i += 2) {
      plans.add(PathPlan.of(Underlay.path(i, i + 1), 1500, 0));
    }
    net.plan(plans);
    net.run(10_000);
    for (int i = 1; i < 100; i += 2) {
      assertThat(net.state(Underlay.path(i, i + 1)).status()).isEqualTo(PathStatus.CONFIRMED);
    }
    net.run(5 * MINUTE);
    assertThat(net.statuses()).containsOnly(PathStatus.CONFIRMED);
    net.assertWithinBudget();
  }

  @Property(tries = 50)
  void bucketIsExact(
      @ForAll @IntRange(min = 1, max = 5_000) int rate,
      @ForAll @IntRange(min = 1, max = 20) int burst,
      @ForAll List<@IntRange(min = 0, max = 3_000) Integer> pauses) {
    TokenBucket bucket = new TokenBucket(rate, burst, 0);
    List<Long> taken = new ArrayList<>();
    long now = 0;
    for (int pause : pauses) {
      now += pause;
      if (bucket.tokens(now) == 0) {
        long next = bucket.nextToken(now);
        assertThat(next).isGreaterThan(now);
        assertThat(bucket.tokens(next - 1)).isZero();
        now = next;
        assertThat(bucket.tokens(now)).isPositive();
      }
      while (bucket.tokens(now) > 0) {
        bucket.take(now);
        taken.add(now);
      }
    }
    Underlay.assertWithinBudget(taken, rate, burst);
    long all = pauses.stream().mapToLong(p -> p).sum();
    assertThat((long) taken.size()).isLessThanOrEqualTo(burst + rate * now / 1_000);
    assertThat(now).isGreaterThanOrEqualTo(all);
  }
}
