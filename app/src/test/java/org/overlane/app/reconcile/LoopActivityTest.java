/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.overlane.app.health.Health;

/** A loop that has stopped going round is noticed, one that is slow or has nothing to do is not. */
class LoopActivityTest {
  private long now = 1_000;
  private final LoopActivity activity =
      new LoopActivity(
          new ReconcileLoop.Clock() {
            @Override
            public long millis() {
              return now;
            }

            @Override
            public Instant wall() {
              return Instant.EPOCH;
            }
          });

  @Test
  void aLoopThatWaitsForItsNextRoundIsWell() {
    activity.roundBegins();
    now += 40;
    activity.roundEnds(600_000);
    now += 599_999;
    assertThat(activity.stuckFor()).isZero();
    assertThat(Health.problems(activity)).isEmpty();
    assertThat(activity.rounds().count()).isEqualTo(1);
  }

  @Test
  void aRoundThatDoesNotEndIsNot() {
    activity.roundBegins();
    now += 120_000;
    assertThat(Health.problems(activity)).isEmpty();
    now += 1_000;
    assertThat(Health.problems(activity))
        .containsExactly("the reconcile loop has been in one round for 121 s");
    activity.roundEnds(1_000);
    assertThat(Health.problems(activity)).isEmpty();
  }

  @Test
  void aLoopThatDoesNotWakeIsNot() {
    activity.roundBegins();
    activity.roundEnds(5_000);
    now += 5_000 + 125_000;
    assertThat(Health.problems(activity))
        .containsExactly("the reconcile loop should have gone round 125 s ago");
  }

  @Test
  void aLoopThatWasNeverStartedIsNot() {
    now += 130_000;
    assertThat(Health.problems(activity)).hasSize(1);
  }

  @Test
  void countsWhatBecameOfPlans() {
    activity.planEnds(10, 3, 25);
    activity.planEnds(1, 1, 5);
    assertThat(activity.applied()).isEqualTo(7);
    assertThat(activity.failed()).isEqualTo(4);
    assertThat(activity.plans().count()).isEqualTo(2);
  }
}
