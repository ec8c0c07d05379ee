/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.drift;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSortedMap;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.overlane.app.api.ObservedTables;
import org.overlane.app.reconcile.InForce;
import org.overlane.app.reconcile.ReconcileLoop;
import org.overlane.flowrules.model.NetworkModel;
import org.overlane.flowrules.model.NodeId;
import org.overlane.flowrules.openflow.FlowTables;
import org.overlane.flowrules.verify.VerificationReport;
import org.overlane.flowrules.verify.Verifier;
import org.overlane.monitoring.LimitedLog;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at the switches one after another, and verifies what each has: entries, groups and meters
 * of Overlane and of all other applications.
 *
 * <p><b>What counts as drift.</b> Only a switch of which the loop is not sending or awaiting
 * anything is looked at; and only what was there at two looks, with the same tables wanted, is
 * drift. So the loop had its time to mend what is its business: what is left are entries of others,
 * and those of ours that cannot be mended.
 *
 * <p><b>Threads.</b> One, of its own and of the lowest priority: the loop never waits for it. It
 * works for a twentieth of the time at most. All public methods may be called from any thread.
 */
public final class DriftWatch {
  private static final Logger LOG = LoggerFactory.getLogger(DriftWatch.class);
  private static final LimitedLog LIMITED = new LimitedLog(LOG);

  /**
   * Milliseconds from a look that found something new to the next: twice the time in which the
   * southbound reads the tables of a switch.
   */
  static final long SECOND_LOOK = 10_000;

  /** Milliseconds of one round, but for the last switch in it. */
  private static final long BUDGET = 1_000;

  /** A round is followed by a pause that is so many times longer. */
  private static final int PAUSE = 19;

  private static final int LOGGED = 10;

  private final Supplier<InForce> inForce;
  private final BiFunction<NodeId, FlowTables, ObservedTables> observation;
  private final Function<NodeId, Optional<VerificationReport>> verdicts;
  private final ReconcileLoop.Clock clock;
  private final ScheduledExecutorService executor =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "overlane-drift");
            thread.setDaemon(true);
            thread.setPriority(Thread.MIN_PRIORITY);
            return thread;
          });

  private final ConcurrentSkipListMap<NodeId, DriftReport> reports = new ConcurrentSkipListMap<>();
  private volatile int interval;

  // Confined to the thread.
  private final Map<NodeId, Look> looks = new HashMap<>();

  /** The tables that were wanted when differences were last judged. */
  private final Map<NodeId, FlowTables> judged = new HashMap<>();

  // Guarded by this.
  private Optional<ScheduledFuture<?>> scheduled = Optional.empty();

  /**
   * A watch that has not been started.
   *
   * @param inForce what switches are kept at
   * @param observation what a switch has; the second argument is what is wanted there
   * @param verdicts what the verifier has said about the tables in force, if it was asked
   */
  public DriftWatch(
      Supplier<InForce> inForce,
      BiFunction<NodeId, FlowTables, ObservedTables> observation,
      Function<NodeId, Optional<VerificationReport>> verdicts,
      ReconcileLoop.Clock clock) {
    this.inForce = inForce;
    this.observation = observation;
    this.verdicts = verdicts;
    this.clock = clock;
  }

  /** What was seen of a switch at the last look. */
  private static final class Look {
    final FlowTables desired;
    final Optional<VerificationReport> without;
    final ImmutableSet<Difference> seen;
    final long next;

    Look(
        FlowTables desired,
        Optional<VerificationReport> without,
        ImmutableSet<Difference> seen,
        long next) {
      this.desired = desired;
      this.without = without;
      this.seen = seen;
      this.next = next;
    }
  }

  /**
   * From now on looks at each switch so often, beginning at once; where a look finds something new,
   * the next one is {@link #SECOND_LOOK} later.
   *
   * @param seconds 0 not to look at all
   */
  public void setInterval(int seconds) {
    interval = seconds;
    if (seconds == 0) {
      reports.clear();
    }
    schedule(0);
  }

  /** Stops at once. */
  public void stop() {
    executor.shutdownNow();
  }

  /** What was seen of each switch. */
  public DriftState state() {
    return DriftState.of(interval, ImmutableSortedMap.copyOf(reports));
  }

  private synchronized void schedule(long delay) {
    scheduled.ifPresent(s -> s.cancel(false));
    try {
      scheduled = Optional.of(executor.schedule(this::run, delay, TimeUnit.MILLISECONDS));
    } catch (RejectedExecutionException e) {
      LOG.debug("Stopped; no further look");
    }
  }

  private void run() {
    if (interval == 0) {
      looks.clear();
      reports.clear();
      return;
    }
    long pause = SECOND_LOOK;
    try {
      pause = round();
    } catch (RuntimeException e) {
      LIMITED.error("round", "A round of looks at switches failed", e);
    }
    schedule(pause);
  }

  /** One round. Returns the milliseconds to the next one. */
  long round() {
    long start = clock.millis();
    InForce now = inForce.get();
    looks.keySet().retainAll(now.tables().keySet());
    reports.keySet().retainAll(now.tables().keySet());
    judged.keySet().retainAll(now.tables().keySet());
    List<NodeId> due =
        now.settled().stream()
            .filter(id -> nextLook(id) <= start)
            .sorted(Comparator.comparing(this::nextLook))
            .collect(Collectors.toList());
    long end = start;
    for (NodeId id : due) {
      if (end - start >= BUDGET) {
        break;
      }
      lookOrSay(id, now.model(), now.tables().get(id));
      end = clock.millis();
    }
    long next = end + Math.min(SECOND_LOOK, interval());
    for (Look look : looks.values()) {
      next = Math.min(next, look.next);
    }
    return Math.max(next - end, Math.max(100, PAUSE * (end - start)));
  }

  private long interval() {
    return TimeUnit.SECONDS.toMillis(interval);
  }

  private long nextLook(NodeId id) {
    return looks.containsKey(id) ? looks.get(id).next : Long.MIN_VALUE;
  }

  /** What goes wrong at one switch keeps nobody from looking at the others. */
  private void lookOrSay(NodeId id, NetworkModel model, FlowTables desired) {
    try {
      look(id, model, desired);
    } catch (RuntimeException e) {
      LOG.debug("Could not be looked at: device={}", id, e);
      long next = clock.millis() + interval();
      looks.put(id, new Look(desired, Optional.empty(), ImmutableSet.of(), next));
      publish(id, DriftReport.unverified(id, clock.wall(), "could not be looked at: " + e));
    }
  }

  private void look(NodeId id, NetworkModel model, FlowTables desired) {
    Optional<Look> last = Optional.ofNullable(looks.get(id)).filter(l -> l.desired == desired);
    ObservedTables observed = observation.apply(id, desired);
    ImmutableSet<Difference> seen = ImmutableSet.copyOf(Difference.between(desired, observed));
    ImmutableList<Difference> stayed =
        seen.stream()
            .filter(d -> last.filter(l -> l.seen.contains(d)).isPresent())
            .collect(ImmutableList.toImmutableList());
    // What was just changed may be on its way: it counts if it is still so at the next look.
    boolean news = stayed.size() < seen.size();
    long next = clock.millis() + (news ? SECOND_LOOK : interval());
    VerificationReport without =
        last.flatMap(l -> l.without).orElseGet(() -> verdict(id, model, desired));
    looks.put(id, new Look(desired, Optional.of(without), seen, next));
    // A verdict takes time; what it is about may not be wanted any more.
    boolean isCurrent = inForce.get().tables().get(id) == desired;
    if (isCurrent && (!news || !stayed.isEmpty())) {
      publish(id, report(id, model, desired, observed, without, stayed));
    }
  }

  private VerificationReport verdict(NodeId id, NetworkModel model, FlowTables desired) {
    return verdicts.apply(id).orElseGet(() -> Verifier.verifyOne(model, id, desired));
  }

  private DriftReport report(
      NodeId id,
      NetworkModel model,
      FlowTables desired,
      ObservedTables observed,
      VerificationReport without,
      ImmutableList<Difference> stayed) {
    if (stayed.isEmpty()) {
      return DriftReport.asWanted(id, clock.wall(), without);
    }
    DriftReport known = reports.get(id);
    FlowTables before = judged.put(id, desired);
    if (known != null && before == desired && differences(known).equals(stayed)) {
      return known.lookedAt(clock.wall());
    }
    return new DriftJudge(model, id, desired, observed.tables(), without)
        .judge(stayed, clock.wall());
  }

  private static List<Difference> differences(DriftReport report) {
    return report.drifts().stream().map(Drift::difference).collect(Collectors.toList());
  }

  private void publish(NodeId id, DriftReport report) {
    DriftReport before = reports.put(id, report);
    boolean news = before == null ? !isQuiet(report) : !before.tellsAs(report);
    if (!news) {
      return;
    }
    if (isQuiet(report)) {
      LIMITED.info(id, "The switch is as wanted again: device=" + id);
      return;
    }
    report
        .problem()
        .ifPresent(p -> LIMITED.warn(id, "Not verified: device=" + id + " reason=" + p));
    if (report.drifts().size() > LOGGED) {
      LIMITED.warn(id, "Drifts in all: device=" + id + " number=" + report.drifts().size());
    }
    report.drifts().stream().limit(LOGGED).forEach(d -> log(id, d));
  }

  private static boolean isQuiet(DriftReport report) {
    return report.drifts().isEmpty() && !report.problem().isPresent();
  }

  private static void log(NodeId id, Drift drift) {
    String message = "Drift: device=" + id + " what=" + drift;
    if (drift.effect() != Drift.Effect.HARMFUL) {
      LIMITED.info(id, message);
      return;
    }
    LIMITED.warn(
        id, message + drift.violations().stream().findFirst().map(v -> " breaks=" + v).orElse(""));
  }
}
