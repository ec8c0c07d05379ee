/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.probing;

import com.google.common.collect.ImmutableList;
import com.google.common.util.concurrent.ThreadFactoryBuilder;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Supplier;
import org.overlane.app.model.RowTable;
import org.overlane.app.reconcile.Alarm;
import org.overlane.app.reconcile.ReconcileLoop;
import org.overlane.app.reconcile.SwitchStatus;
import org.overlane.flowrules.model.NetworkModel;
import org.overlane.flowrules.model.NodeId;
import org.overlane.flowrules.model.PathMtus;
import org.overlane.monitoring.LimitedLog;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Probes the tunnels of a model, in a thread of its own: however slow the store or a switch is, the
 * reconcile loop does not wait for it, nor this for the loop.
 *
 * <pre>
 *  model, states of switches --> Tunnels --> Prober --> ProbeWire --> packet-out at A
 *                                              |            ^
 *                                              |            '-------- packet-in at B
 *                                              |
 *                                              |--> HeldLimits --> PathMtus of the next model
 *                                              '--> TunnelBook --> REST, console
 * </pre>
 *
 * <p>Thread-safe: whatever comes from outside is noted and taken up by the next round.
 */
public final class ProbingLoop {
  private static final Logger LOG = LoggerFactory.getLogger(ProbingLoop.class);
  private static final LimitedLog LIMITED = new LimitedLog(LOG);

  /** Milliseconds. */
  private static final long SETTLE = 3_000;

  private final ScheduledExecutorService executor =
      Executors.newSingleThreadScheduledExecutor(
          new ThreadFactoryBuilder().setNameFormat("overlane-probing-%d").setDaemon(true).build());
  private final ReconcileLoop.Clock clock;
  private final Alarm alarm;
  private final ProbeWire wire;
  private final ProbingRound round;
  private final Runnable changed;
  private volatile ProbingConfig config = ProbingConfig.OFF;
  private volatile Wish wish = new Wish(ProbingConfig.OFF, 0);

  /**
   * A loop that probes nothing yet.
   *
   * @param statuses of all switches, as they are now
   * @param kept where limits that are found survive
   * @param limitsChanged told when {@link #pathMtus} or {@link #isOn} has changed; must not block
   */
  public ProbingLoop(
      ProbeOutput output,
      Supplier<? extends Map<NodeId, SwitchStatus>> statuses,
      RowTable kept,
      Runnable limitsChanged) {
    this.clock = ReconcileLoop.Clock.system();
    this.alarm = new Alarm(executor, clock, this::run);
    this.changed = limitsChanged;
    this.wire = new ProbeWire(output, System::nanoTime);
    this.round =
        new ProbingRound(
            wire, new HeldLimits(new PathMtuStore(kept)), statuses, limitsChanged, clock);
  }

  /** A configuration, and when it is to be taken over. */
  private static final class Wish {
    private final ProbingConfig config;
    private final long at;

    Wish(ProbingConfig config, long at) {
      this.config = config;
      this.at = at;
    }
  }

  /** Whether and how often probes are sent from the start. */
  public void start(ProbingConfig first) {
    wish = new Wish(first, clock.millis());
    adopt(first);
    alarm.within(0);
  }

  /**
   * Whether and how often probes are sent, as soon as nothing else has been said for {@value
   * #SETTLE} ms: after a start ONOS sets one property after the other once more, and in between
   * those that are yet to come look like their defaults. Off for a moment would take limits and
   * entries away.
   */
  public void configure(ProbingConfig next) {
    wish = new Wish(next, clock.millis() + SETTLE);
    alarm.within(SETTLE);
  }

  private void adopt(ProbingConfig next) {
    config = next;
    round.configure(next);
  }

  /** Returns the milliseconds until a configuration is taken over that has been wished for. */
  private long settle() {
    Wish now = wish;
    if (now.config.equals(config)) {
      return Long.MAX_VALUE;
    }
    long left = now.at - clock.millis();
    if (left > 0) {
      return left;
    }
    LOG.info("Probing: {}", now.config);
    adopt(now.config);
    changed.run();
    return Long.MAX_VALUE;
  }

  /** Whether there are probes at all. */
  public boolean isOn() {
    return config.mode() != ProbingMode.OFF;
  }

  /**
   * What limits packets beside what is declared.
   *
   * @throws RuntimeException if it cannot be read where it is kept; only before the first success
   */
  public PathMtus pathMtus() {
    return config.mode() == ProbingMode.LIMIT ? round.mtus() : PathMtus.UNKNOWN;
  }

  /** From now on these tunnels are there. */
  public void modelChanged(NetworkModel model) {
    round.modelChanged(model);
    alarm.within(0);
  }

  /** Something about a switch may have changed: its paths are probed soon. */
  public void switchChanged(NodeId id) {
    if (isOn()) {
      round.switchChanged(id);
      alarm.within(0);
    }
  }

  /** Another controller may have found limits. */
  public void keptChanged() {
    round.keptChanged();
    alarm.within(0);
  }

  /** A frame that came to the probe address of a node. */
  public void receive(NodeId at, byte[] frame) {
    wire.receive(at, frame)
        .ifPresent(
            arrived -> {
              round.arrived(arrived);
              alarm.within(0);
            });
  }

  /** What is known. */
  public TunnelReport report() {
    return TunnelReport.of(
        config, round.report(), wire.counters(), round.tunnels(), round.events());
  }

  /** The last events, newest first. */
  public ImmutableList<TunnelEvent> events() {
    return round.events();
  }

  /** Stops at once. */
  public void stop() {
    executor.shutdownNow();
  }

  private void run() {
    long next = ProbingRound.EVALUATION;
    try {
      long settled = settle();
      next = Math.min(settled, round.run());
    } catch (RuntimeException e) {
      // A defect, or a store that is away, must not end the loop.
      LIMITED.error("round", "A round of probing failed", e);
    }
    alarm.within(next);
  }
}
