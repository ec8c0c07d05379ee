/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.tunnels.probing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What arrives need not be what was sent. */
class HostileArrivalsTest {
  private static final ProbePath PATH = Underlay.path(1, 2);

  private final Prober prober = new Prober(ProbingSettings.DEFAULT, new Random(5));

  @Test
  void duplicatesAndForgeriesAreCountedAndIgnored() {
    prober.plan(List.of(PathPlan.of(PATH, 1500, 1)), 0);
    Probe base = prober.due(0).get(0);
    assertThat(prober.arrived(0, 0, 1)).isEqualTo(Arrival.UNKNOWN);
    assertThat(prober.arrived(base.id() + 1, 0, 1)).isEqualTo(Arrival.UNKNOWN);
    assertThat(prober.arrived(base.id(), 1_000, 1)).isEqualTo(Arrival.COUNTED);
    assertThat(prober.arrived(base.id(), 1_000, 1)).isEqualTo(Arrival.UNKNOWN);
    assertThat(prober.state(PATH, 1).orElseThrow().status()).isEqualTo(PathStatus.SEARCHING);
    ProbingReport report = prober.report(1);
    assertThat(report.unknown()).isEqualTo(3);
    assertThat(report.arrived()).isEqualTo(1);
  }

  @Test
  void lateArrivalOfTheSizeThatIsTriedCounts() {
    prober.plan(List.of(PathPlan.of(PATH, 1500, 1)), 0);
    Probe first = prober.due(0).get(0);
    Probe second = prober.due(1_000).get(0);
    assertThat(second.size()).isEqualTo(first.size());
    assertThat(second.id()).isNotEqualTo(first.id());
    assertThat(prober.arrived(first.id(), 1_100_000, 1_100)).isEqualTo(Arrival.LATE);
    assertThat(prober.arrived(second.id(), 200_000, 1_200)).isEqualTo(Arrival.UNKNOWN);
    assertThat(prober.report(1_200).lost()).isEqualTo(1);
    assertThat(prober.due(1_200)).extracting(Probe::size).containsExactly(1500);
  }

  @Test
  void arrivalOfASizeThatWasJudgedIsIgnored() {
    prober.plan(List.of(PathPlan.of(PATH, 1500, 1)), 0);
    Probe base = prober.due(0).get(0);
    prober.arrived(base.id(), 1, 1);
    Probe bound = prober.due(1).get(0);
    prober.due(1_001);
    prober.due(2_001);
    Probe next = prober.due(3_001).get(0);
    assertThat(next.size()).isLessThan(1500);
    assertThat(prober.arrived(bound.id(), 1, 3_002)).isEqualTo(Arrival.UNKNOWN);
  }

  @Test
  void tooOldProbesOfManyTriesAreForgotten() {
    prober.plan(List.of(PathPlan.of(PATH, 1500, 1)), 0);
    Probe first = prober.due(0).get(0);
    for (int i = 1; i <= 4; i++) {
      assertThat(prober.due(i * 1_000L)).hasSize(1);
    }
    assertThat(prober.arrived(first.id(), 1, 4_001)).isEqualTo(Arrival.UNKNOWN);
  }

  @Test
  void timeThatGoesBackIsNoTime() {
    prober.plan(List.of(PathPlan.of(PATH, 1500, 1)), 1_000_000);
    Probe base = prober.due(1_000_000).get(0);
    assertThat(prober.due(0)).isEmpty();
    assertThat(prober.nextDue(5)).hasValue(1_001_000);
    assertThat(prober.arrived(base.id(), -5, 3)).isEqualTo(Arrival.COUNTED);
    assertThat(prober.state(PATH, 3).orElseThrow().fastestMicros()).isEmpty();
  }

  @Test
  void timeMayBeNegativeAndLeap() {
    prober.plan(List.of(PathPlan.of(PATH, 1500, 1)), -5_000_000_000L);
    assertThat(prober.due(-5_000_000_000L)).hasSize(1);
    assertThat(prober.due(5_000_000_000L)).as("one try was lost, however long it took").hasSize(1);
    assertThat(prober.report(5_000_000_000L).lost()).isEqualTo(1);
  }

  @Test
  void idsDoNotRepeatEvenIfChanceDoes() {
    Prober unlucky =
        new Prober(
            ProbingSettings.DEFAULT,
            new Random() {
              private static final long serialVersionUID = 1;
              private int calls;

              @Override
              public long nextLong() {
                return calls++ / 3;
              }
            });
    unlucky.plan(
        List.of(
            PathPlan.of(PATH, 1500, 1),
            PathPlan.of(PATH.reversed(), 1500, 1),
            PathPlan.of(Underlay.path(3, 4), 1500, 1)),
        0);
    Set<Long> ids = new HashSet<>();
    unlucky.due(0).forEach(probe -> ids.add(probe.id()));
    assertThat(ids).hasSize(3).doesNotContain(0L);
  }

  @Test
  void failureOfAProbeThatIsNotTheLastOneIsIgnored() {
    prober.plan(List.of(PathPlan.of(PATH, 1500, 1)), 0);
    Probe first = prober.due(0).get(0);
    prober.due(1_000);
    prober.failedToSend(first.id(), "late news", 1_001);
    assertThat(prober.state(PATH, 1_001).orElseThrow().status()).isEqualTo(PathStatus.BASE);
    assertThat(prober.nextDue(1_001)).hasValue(2_000);
  }
}
