/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.reconcile;

import java.util.concurrent.atomic.LongAdder;
import org.overlane.monitoring.DurationHistogram;

/**
 * What a loop has done since it was made, and whether it is alive. The loop writes, any thread may
 * read.
 */
public final class LoopActivity {
  private final ReconcileLoop.Clock clock;
  private final LongAdder audits = new LongAdder();
  private final LongAdder failedRounds = new LongAdder();
  private final LongAdder applied = new LongAdder();
  private final LongAdder failed = new LongAdder();
  private final DurationHistogram rounds = new DurationHistogram();
  private final DurationHistogram plans = new DurationHistogram();
  private volatile boolean inRound;

  /** When the present round began, or else when the next one should begin at the latest. */
  private volatile long mark;

  LoopActivity(ReconcileLoop.Clock clock) {
    this.clock = clock;
    this.mark = clock.millis();
  }

  void roundBegins() {
    mark = clock.millis();
    inRound = true;
  }

  /**
   * A round is over.
   *
   * @param next milliseconds to the next one at the latest
   */
  void roundEnds(long next) {
    long now = clock.millis();
    rounds.observe(now - mark);
    mark = now + next;
    inRound = false;
  }

  void audited() {
    audits.increment();
  }

  void roundFailed() {
    failedRounds.increment();
  }

  /**
   * The outcome of a plan is known.
   *
   * @param millis since it was sent
   */
  void planEnds(int size, int failures, long millis) {
    plans.observe(millis);
    applied.add(size - failures);
    failed.add(failures);
  }

  /** Rounds that looked at everything. */
  public long audits() {
    return audits.sum();
  }

  /** Rounds that a defect has cut short. */
  public long failedRounds() {
    return failedRounds.sum();
  }

  /** Entries, groups and meters that switches have taken, or given up. */
  public long applied() {
    return applied.sum();
  }

  /** The same that could not be changed, each attempt counted. */
  public long failed() {
    return failed.sum();
  }

  /** How long rounds took: compiling, verifying, comparing, handing over. */
  public DurationHistogram rounds() {
    return rounds;
  }

  /** How long it took from handing a plan over to its outcome. */
  public DurationHistogram plans() {
    return plans;
  }

  /** Milliseconds that the loop is late: in its round, or with the next one. */
  public long stuckFor() {
    return Math.max(0, clock.millis() - mark);
  }

  /** Whether a round is under way. */
  public boolean isInRound() {
    return inRound;
  }
}
