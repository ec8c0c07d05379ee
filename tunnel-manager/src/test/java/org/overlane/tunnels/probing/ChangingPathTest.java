/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.tunnels.probing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalInt;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

/**
 * Paths that change while they are probed: falls are quick, rises are slow, and few are reported.
 */
class ChangingPathTest {
  private static final ProbePath PATH = Underlay.path(1, 2);
  private static final ProbePath BACK = PATH.reversed();
  private static final long MINUTE = 60_000;
  private static final long HOUR = 60 * MINUTE;

  /** The confirmation timer and a fifth, then three probes that are lost. */
  private static final long TO_NOTICE = 36_000 + 3_000;

  /** The longest search below 9000 bytes, as {@link SearchTest} asserts. */
  private static final long TO_SEARCH = 40_000;

  private final Underlay net = new Underlay(ProbingSettings.DEFAULT, 7);

  @Property(tries = 60)
  void lowerMtuIsFound(
      @ForAll @IntRange(min = 1280, max = 8999) int mtu,
      @ForAll @LongRange(min = 10_000, max = 200_000) long when) {
    Underlay any = new Underlay(ProbingSettings.DEFAULT, mtu);
    Underlay.Link link = any.add(PathPlan.of(PATH, 9000, 1));
    any.run(when);
    any.events.clear();
    int before = any.sent.size();
    link.mtu = mtu;
    any.until(PATH, PathStatus.BLACK_HOLE, TO_NOTICE + TO_SEARCH);
    assertThat(any.sent.size() - before).isLessThan(60);
    assertThat(any.events)
        .extracting(PathEvent::limitAfter)
        .as("safe at once, then exact")
        .containsExactly(OptionalInt.of(1200), OptionalInt.of(mtu));
    assertThat(any.events.get(0).at() - when).isLessThanOrEqualTo(TO_NOTICE + 10);
  }

  @Test
  void lowerMtuIsFoundAtOnceIfSomebodySaysThatSomethingChanged() {
    Underlay.Link link = net.add(PathPlan.of(PATH, 9000, 1));
    net.run(10 * MINUTE);
    link.mtu = 1500;
    net.prober.changed(PATH.to(), net.now());
    net.run(4_200);
    assertThat(net.prober.limits()).containsEntry(PATH, 1200);
    net.until(PATH, PathStatus.BLACK_HOLE, 20_000);
    assertThat(net.prober.limits()).containsEntry(PATH, 1500);
  }

  @Test
  void raisedMtuIsFoundWhenTheRaiseTimerRunsOut() {
    Underlay.Link link = net.add(PathPlan.of(PATH, 9000, 1));
    link.mtu = 1400;
    net.run(MINUTE);
    net.events.clear();
    link.mtu = 9000;
    long took = net.until(PATH, PathStatus.CONFIRMED, 800_000);
    assertThat(took)
        .as("RFC 8899 section 5.1.1")
        .isBetween(400_000L, 600_000L * 6 / 5 + TO_NOTICE + 5_000);
    assertThat(net.prober.limits()).isEmpty();
    assertThat(net.events).as("the way there is nobody's business").hasSize(1);
  }

  @Test
  void raiseThatDoesNotReachTheBoundIsFoundExactly() {
    Underlay.Link link = net.add(PathPlan.of(PATH, 9000, 1));
    link.mtu = 1400;
    net.run(MINUTE);
    link.mtu = 5321;
    net.run(15 * MINUTE);
    assertThat(net.prober.limits()).containsEntry(PATH, 5321);
  }

  @Test
  void searchForMoreThatFindsNothingIsSilentAndCheap() {
    Underlay.Link link = net.add(PathPlan.of(PATH, 9000, 1));
    link.mtu = 1400;
    net.run(MINUTE);
    net.events.clear();
    net.sent.clear();
    net.run(11 * MINUTE + 2 * TO_NOTICE);
    assertThat(net.events).isEmpty();
    assertThat(net.sent).filteredOn(s -> s.probe().size() > 1400).hasSize(6);
  }

  @Test
  void raiseIsFoundSoonerIfSomebodySaysThatSomethingChanged() {
    Underlay.Link link = net.add(PathPlan.of(PATH, 9000, 1));
    link.mtu = 1400;
    net.run(MINUTE);
    link.mtu = 9000;
    net.prober.changed(PATH, net.now());
    net.until(PATH, PathStatus.CONFIRMED, 10_000);
  }

  @Test
  void pathThatDiesIsDownAndKeepsItsLimit() {
    Underlay.Link link = net.add(PathPlan.of(PATH, 9000, 1));
    link.mtu = 1400;
    net.run(MINUTE);
    link.loss = 1;
    net.until(PATH, PathStatus.DOWN, TO_NOTICE + 3_500);
    assertThat(net.prober.limits()).containsEntry(PATH, 1400);
    assertThat(net.state(PATH).why())
        .isEqualTo(
            "not even packets of 1200 bytes arrive; the last limit, 1400, stays in force; fell once of"
                + " late, so nothing better is believed for a while");
    net.run(3 * HOUR);
    assertThat(net.state(PATH).status()).as("never too old").isEqualTo(PathStatus.DOWN);
    assertThat(net.prober.limits()).containsEntry(PATH, 1400);
    link.loss = 0;
    net.run(2 * MINUTE);
    assertThat(net.state(PATH).status()).isEqualTo(PathStatus.BLACK_HOLE);
    assertThat(net.prober.limits()).containsEntry(PATH, 1400);
  }

  @Test
  void pathThatNeverLivedIsDownAndRisesWithoutHoldDown() {
    Underlay.Link link = net.add(PathPlan.of(PATH, 1500, 1));
    link.loss = 1;
    net.until(PATH, PathStatus.DOWN, 7_000);
    assertThat(net.state(PATH).confirmed()).isEmpty();
    link.loss = 0;
    net.until(PATH, PathStatus.CONFIRMED, 10_000);
    assertThat(net.state(PATH).falls()).isZero();
  }

  @Test
  void directionsAreOfDifferentSize() {
    net.add(PathPlan.of(PATH, 9000, 1)).mtu = 1500;
    net.add(PathPlan.of(BACK, 9000, 1));
    assertThat(net.prober.symmetry(PATH, 0)).isEqualTo(Symmetry.UNKNOWN);
    net.run(MINUTE);
    assertThat(net.prober.symmetry(PATH, net.now())).isEqualTo(Symmetry.ASYMMETRIC);
    assertThat(net.prober.symmetry(BACK, net.now())).isEqualTo(Symmetry.ASYMMETRIC);
    assertThat(net.prober.limits()).containsOnlyKeys(PATH);
    net.link(BACK).loss = 1;
    net.until(BACK, PathStatus.DOWN, MINUTE);
    assertThat(net.prober.symmetry(PATH, net.now())).isEqualTo(Symmetry.ONE_WAY);
    net.link(PATH).loss = 1;
    net.until(PATH, PathStatus.DOWN, MINUTE);
    assertThat(net.prober.symmetry(PATH, net.now())).isEqualTo(Symmetry.SYMMETRIC);
  }

  /**
   * However it flaps: nine hold-downs that double up to an hour, then one each hour, and for each
   * at most a fall, another fall, a result, and a rise.
   */
  @Property(tries = 6)
  void flappingIsDamped(
      @ForAll @LongRange(min = 500, max = 600_000) long period,
      @ForAll @IntRange(min = 0, max = 8000) int narrow,
      @ForAll boolean announced) {
    Underlay any = new Underlay(ProbingSettings.DEFAULT, period);
    Underlay.Link link = any.add(PathPlan.of(PATH, 9000, 1));
    for (long t = period; t < 24 * HOUR; t += period) {
      any.at(
          t,
          () -> {
            link.mtu = link.mtu == narrow ? 9000 : narrow;
            if (announced) {
              any.prober.changed(PATH, any.now());
            }
          });
    }
    any.run(24 * HOUR);
    assertThat(any.events.size()).as("events of a day").isLessThan(4 * (9 + 24 + 1));
    assertThat(any.sent.size()).as("probes of a day").isLessThan(2 * 24 * 3_600);
  }

  @Property(tries = 8)
  void lossAtRandomIsNoFall(
      @ForAll @LongRange(min = 0, max = 1_000_000) long seed,
      @ForAll @IntRange(min = 0, max = 20) int percent) {
    Underlay any = new Underlay(ProbingSettings.DEFAULT, seed);
    for (int to = 0; to < 20; to++) {
      any.add(PathPlan.of(Underlay.path(99, to), 9000, 1)).loss = percent / 100.0;
    }
    any.run(2 * HOUR);
    long falls = any.prober.states(any.now()).values().stream().mapToInt(PathState::falls).sum();
    assertThat(falls).as("falls of 20 paths in 2 hours").isLessThanOrEqualTo(2);
    assertThat(any.events.size()).as("events").isLessThanOrEqualTo(20 + 3 * 4);
  }

  @Test
  void lossAtRandomDoesNotHideThatAPathIsNarrow() {
    for (int to = 0; to < 20; to++) {
      Underlay.Link link = net.add(PathPlan.of(Underlay.path(99, to), 9000, 1));
      link.loss = 0.2;
      link.mtu = 1400 + 300 * to;
    }
    net.run(20 * MINUTE);
    for (int to = 0; to < 20; to++) {
      assertThat(net.state(Underlay.path(99, to)).confirmed()).hasValue(1400 + 300 * to);
    }
  }

  /** As over several ways of equal cost, one of which is narrow. */
  @Test
  void halfABlackHoleIsOneToo() {
    for (int to = 0; to < 20; to++) {
      Underlay.Link link = net.add(PathPlan.of(Underlay.path(99, to), 9000, 1));
      link.mtu = 1400;
      link.narrow = 0.5;
    }
    net.run(HOUR);
    long limited = 0;
    for (int minute = 0; minute < 60; minute++) {
      net.run(MINUTE);
      limited += net.prober.limits().size();
    }
    assertThat(limited).as("path minutes out of 1200 with a limit").isGreaterThan(900);
    assertThat(net.events.size()).as("events of 20 paths in two hours").isLessThan(20 * 20);
  }

  @Test
  void probesThatCannotBeSentSayNothingAboutThePath() {
    Underlay.Link link = net.add(PathPlan.of(PATH, 1500, 1));
    link.unsendable = "the switch is not connected";
    net.run(HOUR);
    assertThat(net.state(PATH).status()).isEqualTo(PathStatus.UNKNOWN);
    assertThat(net.state(PATH).why())
        .isEqualTo("not probed yet; the last probe could not be sent: the switch is not connected");
    assertThat(net.events).isEmpty();
    assertThat(net.sent.size()).as("tries of an hour").isLessThan(160);
    link.unsendable = "";
    net.prober.changed(PATH.from(), net.now());
    net.until(PATH, PathStatus.CONFIRMED, 2_000);
    assertThat(net.prober.report(net.now()).notSent()).isGreaterThan(90);
  }

  @Test
  void verdictThatCannotBeRenewedIsUnknownButItsLimitStays() {
    Underlay.Link link = net.add(PathPlan.of(PATH, 1500, 1));
    link.mtu = 1400;
    net.run(MINUTE);
    link.unsendable = "the switch is not connected";
    net.run(25 * MINUTE);
    assertThat(net.state(PATH).status()).isEqualTo(PathStatus.BLACK_HOLE);
    net.until(PATH, PathStatus.UNKNOWN, 10 * MINUTE);
    assertThat(net.prober.limits()).containsEntry(PATH, 1400);
    assertThat(net.state(PATH).why()).contains("the limit 1400 stays");
    net.run(MINUTE);
    assertThat(net.events.get(net.events.size() - 1).after()).isEqualTo(PathStatus.UNKNOWN);
    link.unsendable = "";
    net.until(PATH, PathStatus.BLACK_HOLE, MINUTE);
  }

  @Test
  void controllerSlowerThanTheTimerDoesNotKillThePath() {
    Underlay.Link link = net.add(PathPlan.of(PATH, 9000, 1));
    link.mtu = 8000;
    link.delay = 2_500;
    net.run(3 * MINUTE);
    assertThat(net.state(PATH).status()).isEqualTo(PathStatus.BLACK_HOLE);
    assertThat(net.state(PATH).confirmed()).hasValue(8000);
    assertThat(net.prober.report(net.now()).late()).isPositive();
    assertThat(net.state(PATH).fastestMicros()).hasValue(2_500_000);
  }
}
