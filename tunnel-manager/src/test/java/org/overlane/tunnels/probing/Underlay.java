/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.tunnels.probing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;
import org.overlane.flowrules.model.AddressFamily;
import org.overlane.flowrules.model.NodeId;

/**
 * A network in virtual time with a prober on it: each path has an MTU, loses probes at random and
 * takes its time. Checks what must hold of whatever the prober does: no probe above its bound, one
 * at a time on each path, and never a time to call again that has come already.
 */
final class Underlay {
  static final int BOUND = 9_000;

  final Prober prober;
  final List<Sent> sent = new ArrayList<>();
  final List<PathEvent> events = new ArrayList<>();
  private final ProbingSettings settings;
  private final Random chance;
  private final Map<ProbePath, Link> links = new HashMap<>();
  private final Map<ProbePath, PathPlan> plans = new HashMap<>();
  private final Map<ProbePath, Long> busyUntil = new HashMap<>();
  private final PriorityQueue<Event> agenda =
      new PriorityQueue<>(Comparator.<Event>comparingLong(e -> e.at).thenComparing(e -> e.number));
  private long numbers;
  private long now;

  Underlay(ProbingSettings settings, long seed) {
    this.settings = settings;
    this.prober = new Prober(settings, new Random(seed));
    this.chance = new Random(seed + 1);
  }

  /** What one path does to a packet. */
  static final class Link {
    int mtu = BOUND;

    /** How many of the packets above the MTU vanish: less than all if some go another way. */
    double narrow = 1;

    double loss;
    long delay = 2;
    boolean copies;
    String unsendable = "";
  }

  /** A probe that was handed out. */
  record Sent(long at, Probe probe) {}

  private record Event(long at, long number, Runnable action) {}

  static NodeId node(int number) {
    return NodeId.of(String.format("of:%04d", number));
  }

  static ProbePath path(int from, int to) {
    return ProbePath.of(node(from), node(to), AddressFamily.IPV4);
  }

  long now() {
    return now;
  }

  Link link(ProbePath path) {
    return links.computeIfAbsent(path, p -> new Link());
  }

  /** Plans one more path. */
  Link add(PathPlan plan) {
    plans.put(plan.path(), plan);
    plan(plans.values());
    return link(plan.path());
  }

  void plan(Collection<PathPlan> paths) {
    Map<ProbePath, PathPlan> copy = new HashMap<>();
    paths.forEach(plan -> copy.put(plan.path(), plan));
    prober.plan(List.copyOf(paths), now);
    busyUntil.keySet().retainAll(copy.keySet());
    if (paths != plans.values()) {
      plans.clear();
      plans.putAll(copy);
    }
  }

  /** Every node probes every other. */
  void mesh(int nodes, int bound) {
    List<PathPlan> all = new ArrayList<>();
    for (int from = 0; from < nodes; from++) {
      for (int to = 0; to < nodes; to++) {
        if (from != to) {
          all.add(PathPlan.of(path(from, to), bound, 1));
        }
      }
    }
    plan(all);
  }

  void at(long time, Runnable action) {
    agenda.add(new Event(time, numbers++, action));
  }

  /** Goes on for so long. */
  void run(long millis) {
    long end = now + millis;
    while (true) {
      step();
      long next = Math.min(prober.nextDue(now).orElse(Long.MAX_VALUE), agendaNext());
      if (next > end) {
        now = end;
        return;
      }
      now = next;
    }
  }

  /** Goes on until a path has this status; how long it took. */
  long until(ProbePath path, PathStatus status, long atMost) {
    long start = now;
    while (state(path).status() != status) {
      assertThat(now - start).as("%s: %s", path, state(path)).isLessThan(atMost);
      run(50);
    }
    return now - start;
  }

  PathState state(ProbePath path) {
    return prober.state(path, now).orElseThrow();
  }

  List<Sent> sentOn(ProbePath path) {
    return sent.stream().filter(s -> s.probe().path().equals(path)).toList();
  }

  private long agendaNext() {
    return agenda.isEmpty() ? Long.MAX_VALUE : agenda.peek().at();
  }

  private void step() {
    while (!agenda.isEmpty() && agenda.peek().at() <= now) {
      agenda.poll().action().run();
    }
    List<Probe> due = prober.due(now);
    due.forEach(this::carry);
    OptionalLong next = prober.nextDue(now);
    if (next.isPresent()) {
      assertThat(next.getAsLong()).as("next time after %s", now).isGreaterThan(now);
    }
    events.addAll(prober.drainEvents());
  }

  private void carry(Probe probe) {
    sent.add(new Sent(now, probe));
    PathPlan plan = plans.get(probe.path());
    assertThat(plan).as("%s is planned", probe).isNotNull();
    assertThat(probe.size()).as("%s", probe).isBetween(plan.base(), plan.bound());
    assertThat(busyUntil.getOrDefault(probe.path(), Long.MIN_VALUE))
        .as("one at a time: %s at %s", probe, now)
        .isLessThanOrEqualTo(now);
    Link link = link(probe.path());
    if (!link.unsendable.isEmpty()) {
      prober.failedToSend(probe.id(), link.unsendable, now);
      return;
    }
    busyUntil.put(probe.path(), now + settings.probeTimer());
    boolean tooLarge = probe.size() > link.mtu && chance.nextDouble() < link.narrow;
    if (tooLarge || chance.nextDouble() < link.loss) {
      return;
    }
    long sentAt = now;
    at(now + link.delay, () -> arrive(probe, sentAt));
    if (link.copies) {
      at(now + link.delay + 1, () -> arrive(probe, sentAt));
    }
  }

  private void arrive(Probe probe, long sentAt) {
    if (prober.arrived(probe.id(), (now - sentAt) * 1_000, now) != Arrival.UNKNOWN) {
      busyUntil.remove(probe.path());
    }
  }

  /** Asserts that no window of time has more of these probes than a token bucket would give. */
  static void assertWithinBudget(List<Long> times, int rate, int burst) {
    // For every pair i <= j: j - i + 1 <= burst + rate * (t_j - t_i) / 1000. One pass suffices: let
    // f(i) = 1000 i - rate t_i; then 1000 + f(j) - min f(i) <= 1000 burst.
    long least = Long.MAX_VALUE;
    for (int i = 0; i < times.size(); i++) {
      long f = 1_000L * i - rate * times.get(i);
      least = Math.min(least, f);
      assertThat(1_000 + f - least)
          .as("probes up to %s ms", times.get(i))
          .isLessThanOrEqualTo(1_000L * burst);
    }
  }

  /** Asserts the budget of all and of each node over all probes sent. */
  void assertWithinBudget() {
    List<Long> all = new ArrayList<>();
    Map<NodeId, List<Long>> byNode = new HashMap<>();
    for (Sent one : sent) {
      all.add(one.at());
      byNode.computeIfAbsent(one.probe().path().from(), n -> new ArrayList<>()).add(one.at());
      byNode.computeIfAbsent(one.probe().path().to(), n -> new ArrayList<>()).add(one.at());
    }
    assertWithinBudget(all, settings.probesPerSecond(), settings.burst());
    byNode
        .values()
        .forEach(
            times ->
                assertWithinBudget(times, settings.nodeProbesPerSecond(), settings.nodeBurst()));
  }

  /** Statuses that occur. */
  Set<PathStatus> statuses() {
    Set<PathStatus> statuses = new HashSet<>();
    prober.states(now).values().forEach(state -> statuses.add(state.status()));
    return statuses;
  }
}
