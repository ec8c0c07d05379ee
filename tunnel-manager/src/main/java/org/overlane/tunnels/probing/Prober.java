/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.tunnels.probing;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.LinkedHashMultimap;
import com.google.common.collect.Maps;
import com.google.common.collect.SetMultimap;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import org.overlane.flowrules.model.NodeId;

/**
 * Finds out what the underlay carries between VTEPs, and whether it carries anything at all.
 *
 * <p>Use: give it a {@link #plan} whenever the paths may have changed; tell it what {@link
 * #arrived} before you call {@link #due}, no later than {@link #nextDue} says, and send what that
 * returns. In between, {@link #states}, {@link #limits} and {@link #drainEvents} say what was
 * found.
 *
 * <p>All times are milliseconds of one monotonic clock of the caller; an earlier time than one that
 * was seen before counts as that one. Not thread-safe: one thread at a time, and quick enough for a
 * single-threaded executor, since each call takes O(log n) for each path or probe that it deals
 * with.
 *
 * <p>To change settings, make a new prober and plan its paths {@link PathPlan#remembering} the
 * limits of the old one. To switch probing off, drop the prober: its limits go with it.
 */
public final class Prober {
  private final ProbingSettings settings;
  private final Random random;

  private final Map<ProbePath, PathProbing> paths = new TreeMap<>();
  private final SetMultimap<NodeId, PathProbing> byNode = LinkedHashMultimap.create();

  /** Whose probe each id is, for all that are waited for. */
  private final Map<Long, PathProbing> byId = new HashMap<>();

  /**
   * Paths that have nothing to do before their time. A path is here or in the queue, never both.
   */
  private final TreeSet<PathProbing> timers =
      new TreeSet<>(
          Comparator.<PathProbing>comparingLong(p -> p.trial().nextAt())
              .thenComparingInt(PathProbing::number));

  private final Changes changes = new Changes();
  private ProbeQueue queue;
  private long latest = Long.MIN_VALUE;
  private int planned;
  private int numbers;

  private long sent;
  private long notSent;
  private long arrived;
  private long late;
  private long lost;
  private long unknown;

  /**
   * A prober without paths.
   *
   * @param random for the ids of probes and for spreading them in time; a {@link
   *     java.security.SecureRandom} where somebody might want to forge arrivals
   */
  public Prober(ProbingSettings settings, Random random) {
    this.settings = settings;
    this.random = random;
  }

  /**
   * What is to be probed from now on. A path that is new is probed soon, one that is missing is
   * forgotten with its limit, without an event. One whose bound or base changed is soon probed
   * anew: below a bound that rises, what was confirmed is the limit until more has arrived; one
   * that sinks to the limit takes its place. Nothing changes for all others.
   *
   * <p>If there are more than {@link ProbingSettings#maxPaths}, those with most use are probed;
   * among equals, the order of paths decides.
   *
   * @throws IllegalArgumentException if one path is planned twice
   */
  public void plan(Collection<PathPlan> plans, long now) {
    long time = at(now);
    Map<ProbePath, PathPlan> wanted = select(plans);
    planned = plans.size();
    for (PathProbing probing : ImmutableList.copyOf(paths.values())) {
      if (!wanted.containsKey(probing.path())) {
        forget(probing, time);
      }
    }
    wanted.forEach(
        (path, plan) -> {
          PathProbing known = paths.get(path);
          if (known == null) {
            begin(plan, time);
          } else if (!known.plan().equals(plan)) {
            touch(known, time, () -> known.planned(plan, time));
          }
        });
    queue.prune(time);
  }

  /** Something about this path changed: looks soon whether its state still holds. Else ignored. */
  public void changed(ProbePath path, long now) {
    long time = at(now);
    PathProbing probing = paths.get(path);
    if (probing != null) {
      touch(probing, time, () -> probing.changed(time));
    }
  }

  /** Something about this node changed (a port, an MTU): as if all paths from and to it had. */
  public void changed(NodeId node, long now) {
    long time = at(now);
    for (PathProbing probing : byNode.get(node)) {
      touch(probing, time, () -> probing.changed(time));
    }
  }

  /**
   * The probes to be sent now, at most as many as the budget allows: over any time t, no more than
   * {@code probesPerSecond * t + burst} of all, and {@code nodeProbesPerSecond * t + nodeBurst}
   * that one node sends or receives. At most one for each path. Each counts as sent, and its timer
   * runs.
   */
  public ImmutableList<Probe> due(long now) {
    long time = at(now);
    while (!timers.isEmpty() && timers.first().trial().nextAt() <= time) {
      PathProbing probing = timers.first();
      if (probing.trial().flying()) {
        lost++;
        touch(probing, time, () -> probing.timedOut(time));
      } else {
        timers.remove(probing);
        queue.add(probing);
      }
    }
    ImmutableList.Builder<Probe> probes = ImmutableList.builder();
    PathProbing probing = queue.poll(time);
    while (probing != null) {
      probes.add(send(probing, time));
      probing = queue.poll(time);
    }
    return probes.build();
  }

  /**
   * When {@link #due} may have something to do next, if nothing else happens: a probe to be sent or
   * to be given up. Absent without paths. Not before {@code now}.
   */
  public OptionalLong nextDue(long now) {
    long time = at(now);
    OptionalLong queued = queue.nextAt(time);
    if (timers.isEmpty()) {
      return queued;
    }
    long timer = Math.max(time, timers.first().trial().nextAt());
    return OptionalLong.of(Math.min(timer, queued.orElse(timer)));
  }

  /**
   * The probe could not be sent: that says nothing about its path, which is tried again after a
   * pause. Unknown ids are ignored.
   *
   * @param reason for people, without a full stop: {@code the switch is not connected}
   */
  public void failedToSend(long id, String reason, long now) {
    long time = at(now);
    PathProbing probing = byId.get(id);
    if (probing != null) {
      notSent++;
      touch(probing, time, () -> probing.notSent(id, reason, time));
    }
  }

  /**
   * A probe arrived at the node that its path leads to: the caller has checked that it did.
   *
   * @param micros microseconds from sending to arrival as far as the caller can tell, for
   *     statistics only; negative if it cannot
   */
  public Arrival arrived(long id, long micros, long now) {
    long time = at(now);
    PathProbing probing = byId.get(id);
    if (probing == null) {
      unknown++;
      return Arrival.UNKNOWN;
    }
    boolean inTime = probing.trial().awaits(id);
    touch(probing, time, () -> probing.arrived(id, micros, time));
    if (inTime) {
      arrived++;
      return Arrival.COUNTED;
    }
    late++;
    return Arrival.LATE;
  }

  /** What is known about each probed path. */
  public ImmutableSortedMap<ProbePath, PathState> states(long now) {
    long time = at(now);
    return ImmutableSortedMap.copyOf(Maps.transformValues(paths, p -> p.state(time)));
  }

  /** What is known about one path; absent if it is not probed. */
  public Optional<PathState> state(ProbePath path, long now) {
    long time = at(now);
    return Optional.ofNullable(paths.get(path)).map(p -> p.state(time));
  }

  /** How a path compares with its way back. */
  public Symmetry symmetry(ProbePath path, long now) {
    Optional<PathState> there = state(path, now);
    Optional<PathState> back = state(path.reversed(), now);
    return there.isPresent() && back.isPresent()
        ? Symmetry.between(there.get(), back.get())
        : Symmetry.UNKNOWN;
  }

  /**
   * The underlay MTU, in bytes with outer IP header, that tunnels have to keep to on paths where it
   * is below the bound; on all others the bound holds.
   *
   * <p>A limit comes when a search has ended below the bound; or as soon as a size that was
   * confirmed is lost and the base arrives: then it is the base, until the search has ended. It
   * rises or goes when larger sizes have arrived often enough and the hold-down is over. It stays
   * on a path that is down, since that says nothing about sizes, and on one whose verdict is too
   * old, since a limit too small loses nothing. It goes with the path, or with the prober.
   */
  public ImmutableSortedMap<ProbePath, Integer> limits() {
    return changes.limits();
  }

  /** What changed since the last call, in the order of paths; see {@link PathEvent}. */
  public ImmutableList<PathEvent> drainEvents() {
    return changes.drain();
  }

  /** How probing as a whole is doing. */
  public ProbingReport report(long now) {
    long time = at(now);
    return ProbingReport.builder()
        .planned(planned)
        .probed(paths.size())
        .waiting(queue.size())
        .behind(Math.max(0, time - queue.earliestDeadline().orElse(time)))
        .sent(sent)
        .notSent(notSent)
        .arrived(arrived)
        .late(late)
        .lost(lost)
        .unknown(unknown)
        .build();
  }

  /** The later one of this time and all before it. */
  private long at(long now) {
    latest = Math.max(latest, now);
    if (queue == null) {
      queue = new ProbeQueue(settings, latest);
    }
    return latest;
  }

  /** Those with most use, if there are too many; in the order of paths. */
  private Map<ProbePath, PathPlan> select(Collection<PathPlan> plans) {
    Map<ProbePath, PathPlan> byPath = new TreeMap<>();
    for (PathPlan plan : plans) {
      if (byPath.put(plan.path(), plan) != null) {
        throw new IllegalArgumentException(plan.path() + " is planned twice");
      }
    }
    if (byPath.size() <= settings.maxPaths()) {
      return byPath;
    }
    Map<ProbePath, PathPlan> selected = new TreeMap<>();
    byPath.values().stream()
        .sorted(Comparator.comparingInt(PathPlan::use).reversed())
        .limit(settings.maxPaths())
        .forEach(plan -> selected.put(plan.path(), plan));
    return selected;
  }

  private void begin(PathPlan plan, long now) {
    PathProbing probing = new PathProbing(plan, numbers++, settings, random, byId, now);
    paths.put(plan.path(), probing);
    byNode.put(probing.path().from(), probing);
    byNode.put(probing.path().to(), probing);
    schedule(probing, now);
  }

  private void forget(PathProbing probing, long now) {
    unschedule(probing, now);
    probing.trial().forget();
    paths.remove(probing.path());
    byNode.remove(probing.path().from(), probing);
    byNode.remove(probing.path().to(), probing);
    changes.forget(probing.path());
  }

  private Probe send(PathProbing probing, long now) {
    long id = random.nextLong();
    while (id == 0 || byId.containsKey(id)) {
      id = random.nextLong();
    }
    sent++;
    Probe probe = Probe.of(id, probing.path(), probing.trial().size());
    probing.sent(id, now);
    schedule(probing, now);
    return probe;
  }

  /** Everything that may change when a path is next due goes through here. */
  private void touch(PathProbing probing, long now, Runnable change) {
    unschedule(probing, now);
    change.run();
    schedule(probing, now);
  }

  private void unschedule(PathProbing probing, long now) {
    timers.remove(probing);
    queue.remove(probing, now);
  }

  private void schedule(PathProbing probing, long now) {
    if (probing.trial().flying() || probing.trial().nextAt() > now) {
      timers.add(probing);
    } else {
      queue.add(probing);
    }
    changes.note(probing, now);
  }
}
