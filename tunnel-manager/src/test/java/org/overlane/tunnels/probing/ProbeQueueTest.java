/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.tunnels.probing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

/** Who waits is served: in the order of deadlines, as soon as both nodes may. */
class ProbeQueueTest {
  private static final ProbingSettings SETTINGS =
      ProbingSettings.builder()
          .probesPerSecond(1_000)
          .burst(100)
          .nodeProbesPerSecond(1)
          .nodeBurst(2)
          .build();

  private final ProbeQueue queue = new ProbeQueue(SETTINGS, 0);
  private int numbers;

  /** A path whose deadline is the time from which on it is ready. */
  private PathProbing path(int from, int to, long readyAt) {
    PathPlan plan = PathPlan.of(Underlay.path(from, to), 1500, Integer.MAX_VALUE);
    return new PathProbing(plan, numbers++, SETTINGS, new Random(1), new HashMap<>(), readyAt);
  }

  private List<PathProbing> poll(ProbeQueue from, long now) {
    List<PathProbing> polled = new ArrayList<>();
    for (PathProbing path = from.poll(now); path != null; path = from.poll(now)) {
      polled.add(path);
    }
    return polled;
  }

  @Test
  void earliestDeadlineIsFirst() {
    PathProbing late = path(1, 2, 30);
    PathProbing early = path(3, 4, 10);
    PathProbing middle = path(5, 6, 20);
    List.of(late, early, middle).forEach(queue::add);
    assertThat(poll(queue, 30)).containsExactly(early, middle, late);
  }

  /** Two nodes that never have a token at the same time, unless one waits for the other. */
  @Test
  void lastTokenOfANodeIsForTheMostUrgent() {
    drain(1, 0);
    drain(2, 500);
    PathProbing eldest = path(1, 2, 501);
    queue.add(eldest);
    for (int i = 0; i < 50; i++) {
      queue.add(path(1, 100 + i, 510 + i));
      queue.add(path(2, 200 + i, 510 + i));
    }
    List<PathProbing> polled = new ArrayList<>();
    for (long now = 600; now <= 1_500; now += 50) {
      polled.addAll(poll(queue, now));
    }
    assertThat(polled).containsExactly(eldest);
  }

  /** Whoever was in the way and left must not leave others behind for ever. */
  @Test
  void thoseBehindOneThatLeavesAreLookedAtAgain() {
    drain(1, 0);
    List<PathProbing> ahead = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      drain(10 + i, 1_500);
      ahead.add(path(1, 10 + i, 1_500 + i));
    }
    PathProbing behind = path(1, 2, 1_510);
    ahead.forEach(queue::add);
    queue.add(behind);
    assertThat(poll(queue, 1_510)).isEmpty();
    assertThat(poll(queue, 2_000)).as("one token for who is ahead").isEmpty();
    ahead.forEach(gone -> queue.remove(gone, 2_200));
    assertThat(queue.nextAt(2_200)).hasValue(2_200);
    assertThat(poll(queue, 2_200)).containsExactly(behind);
  }

  private void drain(int node, long now) {
    queue.add(path(node, 50 + 2 * node, now));
    queue.add(path(node, 51 + 2 * node, now));
    assertThat(poll(queue, now)).hasSize(2);
  }

  /** Paths come, go and are served at random; in the end all who still wait are served. */
  @Property(tries = 150)
  void nobodyIsForgotten(@ForAll @LongRange(min = 0, max = 1_000_000) long seed) {
    Random random = new Random(seed);
    ProbeQueue any = new ProbeQueue(SETTINGS, 0);
    Set<PathProbing> waiting = new HashSet<>();
    long now = 0;
    for (int i = 0; i < 60; i++) {
      int from = random.nextInt(4);
      PathProbing path = path(from, from + 1 + random.nextInt(3), now);
      any.add(path);
      waiting.add(path);
      if (random.nextInt(4) == 0) {
        PathProbing gone = waiting.iterator().next();
        any.remove(gone, now);
        waiting.remove(gone);
      }
      if (random.nextInt(3) == 0) {
        waiting.removeAll(poll(any, now));
        any.prune(now);
      }
      now += random.nextInt(1_500);
    }
    long end = now + 200_000;
    while (!waiting.isEmpty()) {
      assertThat(any.nextAt(now)).as("%s wait", waiting.size()).isPresent();
      now = Math.max(now, any.nextAt(now).getAsLong());
      assertThat(now).as("%s wait", waiting.size()).isLessThan(end);
      List<PathProbing> polled = poll(any, now);
      assertThat(waiting).containsAll(polled);
      waiting.removeAll(polled);
    }
    assertThat(any.size()).isZero();
    assertThat(any.nextAt(now)).isEmpty();
  }
}
