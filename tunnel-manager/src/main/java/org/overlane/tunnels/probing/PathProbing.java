/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.tunnels.probing;

import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import org.overlane.tunnels.probing.Trial.Purpose;

/**
 * One path: the state machine of RFC 8899 section 5.2, one size and one probe at a time.
 *
 * <p>Whatever happens, it ends in a {@link Trial}: the next size, from when on it may be sent, and
 * how patiently it waits for the budget. The rest belongs to {@link Prober}.
 */
final class PathProbing {
  /** Milliseconds that a probe may wait for the budget; more use makes it less patient. */
  private static final long SUSPICIOUS = 0;

  private static final long SEARCHING = 500;
  private static final long CHANGED = 1_000;
  private static final int FIRST = 5_000;

  private final int number;
  private final ProbingSettings settings;
  private final Random random;
  private final Trial trial;
  private final History history = new History();
  private final Damping damping;
  private final Verdict verdict;

  private PathPlan plan;
  private SizeSearch search;

  /** The result of the last search, and the limit in force; 0 for none. */
  private int confirmed;

  private int limit;

  /** The confirmed size was lost, and the base is tried because of that. */
  private boolean suspected;

  /** What was confirmed before it fell, until the search after it ends; else 0. */
  private int former;

  /** This lost size was lost a second time. */
  private int verified;

  /** Something changed while a probe was on its way. */
  private boolean recheck;

  private long raiseAt;
  private long retryPause;
  private OptionalLong lastConfirmed = OptionalLong.empty();
  private String unsendable = "";

  /**
   * A path that nothing is known of.
   *
   * @param number decides between paths of the same deadline
   * @param byId takes the ids that this path waits for
   */
  PathProbing(
      PathPlan plan,
      int number,
      ProbingSettings settings,
      Random random,
      Map<Long, PathProbing> byId,
      long now) {
    this.number = number;
    this.settings = settings;
    this.random = random;
    this.trial = new Trial(this, byId, settings.probeTimer());
    this.damping = new Damping(settings);
    this.verdict = new Verdict(settings.resultLifetime(), now);
    this.plan = plan;
    int remembered = plan.remembered().orElse(0);
    this.limit = remembered >= plan.base() && remembered < plan.bound() ? remembered : 0;
    this.search = new SizeSearch(plan, settings.resolution(), limit);
    begin(Purpose.BASE, plan.base(), now, FIRST + random.nextInt(FIRST / 5));
  }

  // What the prober asks.

  ProbePath path() {
    return plan.path();
  }

  PathPlan plan() {
    return plan;
  }

  int number() {
    return number;
  }

  /** The size to be sent, and when. */
  Trial trial() {
    return trial;
  }

  /** When the next probe should be sent at the latest: sooner on a path of more use. */
  long deadline() {
    return trial.nextAt() + trial.patience() / (1L + plan.use());
  }

  /** The limit in force, 0 for none. */
  int limit() {
    return limit;
  }

  PathStatus status(long now) {
    return verdict.at(now);
  }

  // What happens to it.

  void planned(PathPlan changed, long now) {
    boolean same = changed.bound() == plan.bound() && changed.base() == plan.base();
    plan = changed;
    if (same) {
      return;
    }
    if (limit >= plan.bound()) {
      limit = 0;
    } else if (verdict.isResult() && confirmed < plan.bound()) {
      limit = confirmed;
    }
    confirmed = Math.min(confirmed, plan.bound());
    restart(limit);
    if (verdict.isResult()) {
      verdict.become(PathStatus.SEARCHING, now);
    }
    begin(Purpose.BASE, plan.base(), trial.soon(now), CHANGED);
  }

  void changed(long now) {
    if (limit > 0) {
      raiseAt = Math.min(raiseAt, now);
    }
    retryPause = 0;
    if (trial.flying()) {
      recheck = true;
    } else if (isIdle()) {
      trial.sooner(trial.soon(now), CHANGED);
    }
  }

  /** Whether it only waits for time to pass. */
  private boolean isIdle() {
    return trial.purpose() == Purpose.CONFIRM
        || trial.purpose() == Purpose.COMPARE
        || verdict.is(PathStatus.DOWN)
        || !unsendable.isEmpty();
  }

  void sent(long id, long now) {
    trial.sent(id, now);
    unsendable = "";
    if (verdict.is(PathStatus.UNKNOWN)) {
      verdict.become(PathStatus.BASE, now);
    }
  }

  void notSent(long id, String reason, long now) {
    if (!trial.notSent(id)) {
      return;
    }
    unsendable = reason;
    if (verdict.is(PathStatus.BASE)) {
      verdict.become(PathStatus.UNKNOWN, now);
    }
    long timer = settings.confirmationTimer();
    trial.later(now + spread(timer), timer);
  }

  /** One that this path waits for arrived. */
  void arrived(long id, long micros, long now) {
    int size = trial.size();
    verdict.renew(now);
    history.arrived(size == plan.base(), trial.before(id), micros, now);
    sizeArrived(size, now);
    if (size >= known()) {
      lastConfirmed = OptionalLong.of(now);
    }
  }

  /** The timer of the last probe ran out. */
  void timedOut(long now) {
    trial.timedOut();
    if (verdict.is(PathStatus.DOWN)) {
      verdict.renew(now);
      damping.unproven();
      retryDown(now);
    } else if (trial.sent() >= tries()) {
      verdict.renew(now);
      sizeLost(trial.size(), now);
    } else {
      trial.later(now, SUSPICIOUS);
    }
  }

  // The state machine.

  /** Twice as many where nothing is known of the path yet. */
  private int tries() {
    boolean first = trial.purpose() == Purpose.BASE && !suspected;
    return history.tries(first ? 2 * settings.maxProbes() : settings.maxProbes());
  }

  private void sizeArrived(int size, long now) {
    switch (trial.purpose()) {
      case BASE:
        baseArrived(now);
        break;
      case SEARCH:
        search.arrived(size);
        proceed(now);
        break;
      case VERIFY:
        search.arrived(size);
        verified = search.contradictory() ? search.lost() : 0;
        proceed(now);
        break;
      case PROVE:
        damping.proven();
        proceed(now);
        break;
      case CONFIRM:
        stillHolds(now);
        break;
      case COMPARE:
      default:
        confirmAfter(settings.confirmationTimer() / 2, now);
        break;
    }
  }

  private void baseArrived(long now) {
    search.arrived(trial.size());
    if (verdict.is(PathStatus.DOWN)) {
      retryPause = 0;
      damping.proven();
      if (!damping.allowsRise(now)) {
        begin(Purpose.BASE, plan.base(), damping.nextProof(now), CHANGED);
        return;
      }
      verdict.become(PathStatus.SEARCHING, now);
    } else if (suspected) {
      fall(now);
    } else if (verdict.is(PathStatus.BASE)) {
      verdict.become(PathStatus.SEARCHING, now);
    }
    damping.unproven();
    proceed(now);
  }

  /** Larger packets vanish, smaller ones arrive: RFC 8899 section 4.3. */
  private void fall(long now) {
    damping.fell(now);
    int fallen = confirmed;
    restart(0);
    search.arrived(plan.base());
    search.lost(fallen, plan.base());
    former = fallen;
    confirmed = plan.base();
    limit = plan.base();
    verdict.become(PathStatus.SEARCHING, now);
  }

  private void restart(int guess) {
    search = new SizeSearch(plan, settings.resolution(), guess);
    former = 0;
    verified = 0;
    damping.unproven();
    suspected = false;
  }

  private void proceed(long now) {
    long patience = verdict.is(PathStatus.BLACK_HOLE) ? settings.confirmationTimer() : SEARCHING;
    int next = search.next();
    if (next > 0) {
      begin(Purpose.SEARCH, next, now, patience);
      return;
    }
    if (search.foundLost() && search.lost() != verified) {
      begin(Purpose.VERIFY, search.lost(), now, patience);
      return;
    }
    int found = search.arrived();
    if (rises(found)) {
      if (!damping.allowsRise(now)) {
        begin(Purpose.PROVE, found, damping.nextProof(now), CHANGED);
        return;
      }
    } else if (found != limit && found < plan.bound() && !damping.isProven()) {
      // The path may have died while larger sizes were tried.
      begin(Purpose.PROVE, found, now, patience);
      return;
    }
    settle(found, now);
  }

  /** After a fall, anything below is none, unless sizes come and go. */
  private boolean rises(int found) {
    boolean back = former == 0 || found >= former || search.contradicted();
    return limit > 0 && found > limit && back;
  }

  private void settle(int found, long now) {
    confirmed = found;
    limit = found < plan.bound() ? found : 0;
    former = 0;
    damping.unproven();
    verdict.become(limit > 0 ? PathStatus.BLACK_HOLE : PathStatus.CONFIRMED, now);
    raiseAt = now + spread(settings.raiseTimer());
    confirmAfter(settings.confirmationTimer(), now);
  }

  private void stillHolds(long now) {
    long half = settings.confirmationTimer() / 2;
    if (limit > 0 && raiseAt <= now && !damping.held(now)) {
      search.reopen();
      damping.unproven();
      proceed(now);
    } else if (recheck) {
      begin(Purpose.CONFIRM, confirmed, trial.soon(now), CHANGED);
    } else if (history.losesSome() && confirmed > plan.base()) {
      begin(Purpose.COMPARE, plan.base(), now + spread(half), half);
    } else {
      confirmAfter(settings.confirmationTimer(), now);
    }
  }

  private void confirmAfter(long millis, long now) {
    begin(Purpose.CONFIRM, confirmed, now + spread(millis), settings.confirmationTimer());
  }

  private void sizeLost(int size, long now) {
    switch (trial.purpose()) {
      case SEARCH:
        search.lost(size, plan.base());
        proceed(now);
        break;
      case VERIFY:
        verified = size;
        proceed(now);
        break;
      case PROVE:
        damping.unproven();
        if (verdict.is(PathStatus.BLACK_HOLE)) {
          search.lost(size, confirmed);
          proceed(now);
        } else {
          search.lost(size, plan.base());
          begin(Purpose.BASE, plan.base(), now, SUSPICIOUS);
        }
        break;
      case CONFIRM:
        if (size > plan.base()) {
          begin(Purpose.BASE, plan.base(), now, SUSPICIOUS);
          suspected = true;
          break;
        }
        down(now);
        break;
      case BASE:
      case COMPARE:
      default:
        down(now);
        break;
    }
  }

  private void down(long now) {
    if (!verdict.is(PathStatus.BASE)) {
      damping.fell(now);
    }
    restart(limit);
    verdict.become(PathStatus.DOWN, now);
    begin(Purpose.BASE, plan.base(), now, SEARCHING);
    retryPause = 0;
    retryDown(now);
  }

  /** The same trial goes on, so that an answer that is later than its timer is not overlooked. */
  private void retryDown(long now) {
    long longest = settings.confirmationTimer();
    retryPause = Math.min(Math.max(settings.probeTimer(), 2 * retryPause), longest);
    trial.later(now + spread(retryPause), longest);
  }

  private void begin(Purpose purpose, int size, long at, long patience) {
    trial.begin(purpose, size, at, patience);
    recheck = false;
  }

  /** A fifth more or less, so that paths do not march in step. */
  private long spread(long millis) {
    return millis * 4 / 5 + (long) (random.nextDouble() * millis * 2 / 5);
  }

  // What is known about it.

  PathState state(long now) {
    PathState.Builder state =
        PathState.builder()
            .path(plan.path())
            .status(verdict.at(now))
            .bound(plan.bound())
            .base(plan.base())
            .confirmed(optional(known()))
            .smallestLost(optional(search.foundLost() ? search.lost() : 0))
            .limit(optional(limit))
            .since(verdict.since(now))
            .lastConfirmed(lastConfirmed)
            .falls(damping.falls(now))
            .heldUntil(damping.heldUntil(now))
            .why("");
    history.addTo(state);
    return state.why(PathWords.why(state.build(), search.contradictory(), unsendable)).build();
  }

  /** The largest size that is known to arrive, 0 for none. */
  private int known() {
    return verdict.isSettled() ? confirmed : search.arrived();
  }

  private static OptionalInt optional(int size) {
    return size > 0 ? OptionalInt.of(size) : OptionalInt.empty();
  }
}
