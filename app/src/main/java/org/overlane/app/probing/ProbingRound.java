/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.probing;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.Sets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;
import org.overlane.app.reconcile.ReconcileLoop;
import org.overlane.app.reconcile.SwitchStatus;
import org.overlane.flowrules.model.NetworkModel;
import org.overlane.flowrules.model.NodeId;
import org.overlane.flowrules.model.PathMtus;
import org.overlane.tunnels.probing.PathPlan;
import org.overlane.tunnels.probing.PathState;
import org.overlane.tunnels.probing.Probe;
import org.overlane.tunnels.probing.ProbePath;
import org.overlane.tunnels.probing.Prober;
import org.overlane.tunnels.probing.ProbingReport;

/**
 * One round of probing: takes up what has happened, sends what is due, and writes down what
 * follows. {@link #run} is for one thread at a time; the rest of what is not private may be called
 * by any.
 */
final class ProbingRound {
  /** Milliseconds from one look at all tunnels to the next. */
  static final long EVALUATION = 1_000;

  /** A look at all of them may take at most one part in so many of the time. */
  private static final int EVALUATION_SHARE = 20;

  private final ProbeWire wire;
  private final HeldLimits held;
  private final Supplier<? extends Map<NodeId, SwitchStatus>> statuses;
  private final Runnable limitsChanged;
  private final ReconcileLoop.Clock clock;
  private final TunnelBook book = new TunnelBook();

  // What has happened since the last round.
  private final Queue<ProbeWire.Arrived> arrived = new ConcurrentLinkedQueue<>();
  private final Set<NodeId> changed = ConcurrentHashMap.newKeySet();
  private volatile Optional<NetworkModel> model = Optional.empty();
  private volatile ProbingConfig config = ProbingConfig.OFF;
  private volatile boolean reload;
  private volatile Optional<ProbingReport> report = Optional.empty();

  // Confined to the thread of rounds.
  private final Ends ends = new Ends();
  private NetworkModel plannedModel = NetworkModel.empty();
  private ProbingConfig plannedConfig = ProbingConfig.OFF;
  private ImmutableSortedMap<ProbePath, Tunnel> tunnels = ImmutableSortedMap.of();
  private Set<ProbePath> planned = ImmutableSet.of();
  private Optional<Prober> prober = Optional.empty();
  private long nextEvaluation;

  ProbingRound(
      ProbeWire wire,
      HeldLimits held,
      Supplier<? extends Map<NodeId, SwitchStatus>> statuses,
      Runnable limitsChanged,
      ReconcileLoop.Clock clock) {
    this.wire = wire;
    this.held = held;
    this.statuses = statuses;
    this.limitsChanged = limitsChanged;
    this.clock = clock;
  }

  void configure(ProbingConfig next) {
    config = next;
  }

  void modelChanged(NetworkModel next) {
    model = Optional.of(next);
  }

  void switchChanged(NodeId id) {
    changed.add(id);
  }

  void keptChanged() {
    reload = true;
  }

  void arrived(ProbeWire.Arrived probe) {
    arrived.add(probe);
  }

  PathMtus mtus() {
    return held.mtus();
  }

  Optional<ProbingReport> report() {
    return report;
  }

  Collection<TunnelStatus> tunnels() {
    return book.tunnels();
  }

  ImmutableList<TunnelEvent> events() {
    return book.events();
  }

  /** Returns the milliseconds to the next round. */
  long run() {
    held.all(); // Before they are known, nothing must follow from what is not.
    if (!model.isPresent()) {
      return EVALUATION;
    }
    long now = clock.millis();
    boolean news = prepare(now);
    if (prober.isPresent()) {
      takeArrivals(prober.get(), now);
      send(prober.get(), now);
      boolean limits = !prober.get().drainEvents().isEmpty();
      if (limits || news || reload) {
        follow(prober.get());
      }
      news |= limits;
    } else {
      arrived.clear();
    }
    if (news || now >= nextEvaluation) {
      evaluate(now);
    }
    return untilNext(clock.millis());
  }

  /** Plans anew if anything is other than it was. Returns whether it is. */
  private boolean prepare(long now) {
    NetworkModel next = model.get();
    ProbingConfig wanted = config;
    boolean readiness = ends.look(statuses.get());
    boolean otherConfig = !wanted.equals(plannedConfig);
    boolean otherModel = next != plannedModel && !next.equals(plannedModel);
    if (otherModel) {
      tunnels = Tunnels.of(next);
    }
    plannedModel = next;
    plannedConfig = wanted;
    if (otherConfig) {
      prober =
          wanted.mode() == ProbingMode.OFF
              ? Optional.empty()
              : Optional.of(new Prober(wanted.settings(), new SecureRandom()));
    }
    if (otherConfig || otherModel || readiness) {
      plan(now);
    }
    Set<NodeId> moved = new HashSet<>(changed);
    changed.removeAll(moved);
    prober.ifPresent(p -> moved.forEach(id -> p.changed(id, now)));
    return otherConfig || otherModel || readiness;
  }

  private void plan(long now) {
    List<PathPlan> plans = new ArrayList<>();
    Set<ProbePath> paths = new HashSet<>();
    if (prober.isPresent()) {
      for (Tunnel tunnel : tunnels.values()) {
        if (!tunnel.obstacle().isPresent() && ends.areReady(tunnel.path())) {
          PathPlan plan = PathPlan.of(tunnel.path(), tunnel.bound(), tunnel.use());
          OptionalInt limit = held.of(tunnel.path());
          plans.add(limit.isPresent() ? plan.remembering(limit.getAsInt()) : plan);
          paths.add(tunnel.path());
        }
      }
      prober.get().plan(plans, now);
    }
    planned = paths;
  }

  private void takeArrivals(Prober to, long now) {
    for (ProbeWire.Arrived one = arrived.poll(); one != null; one = arrived.poll()) {
      to.arrived(one.id, one.micros, now);
    }
  }

  private void send(Prober from, long now) {
    for (Probe probe : from.due(now)) {
      try {
        wire.send(probe, tunnels.get(probe.path()).send());
      } catch (RuntimeException e) {
        from.failedToSend(probe.id(), String.valueOf(e.getMessage()), now);
      }
    }
  }

  private void follow(Prober from) {
    boolean others = reload;
    reload = false;
    Map<ProbePath, Integer> limits = from.limits();
    // Of more paths than are probed, the limits of the rest stay what they were.
    Set<ProbePath> own = Sets.filter(planned, p -> from.state(p, clock.millis()).isPresent());
    if (held.follow(own, limits, plannedModel, others)
        && plannedConfig.mode() == ProbingMode.LIMIT) {
      limitsChanged.run();
    }
  }

  private void evaluate(long now) {
    Instant wall = clock.wall();
    for (Tunnel tunnel : tunnels.values()) {
      Optional<PathState> state = prober.flatMap(p -> p.state(tunnel.path(), now));
      Optional<Instant> lastArrival =
          state
              .map(PathState::lastArrival)
              .filter(at -> at.isPresent())
              .map(at -> wall.minusMillis(now - at.getAsLong()));
      OptionalInt limit =
          plannedConfig.mode() == ProbingMode.LIMIT ? limit(tunnel) : OptionalInt.empty();
      book.write(tunnel, verdict(tunnel, state, now), limit, state, lastArrival, wall);
    }
    book.retain(tunnels, wall);
    report = prober.map(p -> p.report(now));
    long end = clock.millis();
    nextEvaluation = end + Math.max(EVALUATION, EVALUATION_SHARE * (end - now));
  }

  private OptionalInt limit(Tunnel tunnel) {
    OptionalInt limit = held.of(tunnel.path());
    return limit.orElse(Integer.MAX_VALUE) < tunnel.bound() ? limit : OptionalInt.empty();
  }

  private TunnelVerdict verdict(Tunnel tunnel, Optional<PathState> state, long now) {
    Optional<String> missing = ends.missing(tunnel.path());
    if (!missing.isPresent()) {
      // Of a switch that has not connected, no tunnel port is known either.
      missing = tunnel.obstacle();
    }
    if (missing.isPresent()) {
      return TunnelVerdict.of(TunnelState.CONFIGURED, missing.get());
    }
    if (!prober.isPresent()) {
      return TunnelVerdict.of(TunnelState.UNPROBED, "probing is off");
    }
    Optional<String> elsewhere = ends.elsewhere(tunnel.path());
    if (elsewhere.isPresent()) {
      return TunnelVerdict.of(TunnelState.UNPROBED, elsewhere.get());
    }
    if (!state.isPresent()) {
      return TunnelVerdict.of(
          TunnelState.UNPROBED,
          "there are more tunnels than the "
              + plannedConfig.settings().maxPaths()
              + " that are probed, and others have more endpoints");
    }
    Prober known = prober.get();
    return TunnelVerdict.of(
        state.get(),
        known.symmetry(tunnel.path(), now),
        known.state(tunnel.path().reversed(), now));
  }

  private long untilNext(long now) {
    long next = nextEvaluation;
    if (prober.isPresent()) {
      next = Math.min(next, prober.get().nextDue(now).orElse(next));
    }
    return Math.max(1, next - now);
  }
}
