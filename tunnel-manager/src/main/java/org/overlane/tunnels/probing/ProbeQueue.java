/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.tunnels.probing;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeSet;
import org.overlane.flowrules.model.NodeId;

/**
 * Paths that wait for the budget: one bucket of tokens for all probes, and one for each node, which
 * pays for what it sends and for what it receives.
 *
 * <p>Who has the earliest deadline is next. A path enters with its deadline and keeps it, and
 * deadlines of those that come later grow with time: so each path has only so many before it, and
 * none starves, however many urgent ones there are. A path that finds a node without a token is
 * parked with both its nodes. A node's last token is for the most urgent of those parked with it,
 * so that no path waits for ever for two nodes to have a token at once. When a node gets a token, a
 * few of those parked with it come back. A node gets no more tokens than probes took: so all this
 * costs O(log n) for each probe.
 */
final class ProbeQueue {
  /** Parked paths that are looked at when a node gets a token. */
  private static final int LOOKED_AT = 4;

  private static final Comparator<Entry> ORDER =
      Comparator.<Entry>comparingLong(e -> e.deadline).thenComparingInt(e -> e.probing.number());

  private final ProbingSettings settings;
  private final TokenBucket all;
  private final TreeSet<Entry> ready = new TreeSet<>(ORDER);
  private final Map<PathProbing, Entry> entries = new HashMap<>();
  private final Map<NodeId, Gate> gates = new HashMap<>();
  private final TreeSet<Gate> waking =
      new TreeSet<>(Comparator.<Gate>comparingLong(g -> g.wakeAt).thenComparing(g -> g.node));

  ProbeQueue(ProbingSettings settings, long now) {
    this.settings = settings;
    this.all = new TokenBucket(settings.probesPerSecond(), settings.burst(), now);
  }

  /** A path's place, which it keeps until it is served or removed. */
  private static final class Entry {
    private final PathProbing probing;
    private final long deadline;
    private boolean parked;

    Entry(PathProbing probing) {
      this.probing = probing;
      this.deadline = probing.deadline();
    }
  }

  /** What one node may still send and receive, and who waits for it. */
  private static final class Gate {
    private final NodeId node;
    private final TokenBucket bucket;
    private final TreeSet<Entry> parked = new TreeSet<>(ORDER);
    private long wakeAt;

    Gate(NodeId node, TokenBucket bucket) {
      this.node = node;
      this.bucket = bucket;
    }

    boolean admits(Entry entry, long now) {
      int tokens = bucket.tokens(now);
      return tokens > 1
          || (tokens == 1 && (parked.isEmpty() || ORDER.compare(entry, parked.first()) <= 0));
    }
  }

  /** The path, which is not in the queue, waits from now on. */
  void add(PathProbing probing) {
    Entry entry = new Entry(probing);
    entries.put(probing, entry);
    ready.add(entry);
  }

  /** The path, if it is in the queue, waits no more. */
  void remove(PathProbing probing, long now) {
    Entry entry = entries.remove(probing);
    if (entry == null) {
      return;
    }
    if (entry.parked) {
      unpark(entry);
      lookAgain(gates.get(probing.path().from()), now);
      lookAgain(gates.get(probing.path().to()), now);
    } else {
      ready.remove(entry);
    }
  }

  /**
   * Takes out the next path that the budget allows, and the tokens it needs; null if there is none.
   */
  PathProbing poll(long now) {
    wake(now);
    while (!ready.isEmpty() && all.tokens(now) > 0) {
      Entry entry = ready.pollFirst();
      Gate from = gate(entry.probing.path().from(), now);
      Gate to = gate(entry.probing.path().to(), now);
      if (from.admits(entry, now) && to.admits(entry, now)) {
        all.take(now);
        take(from, now);
        take(to, now);
        entries.remove(entry.probing);
        return entry.probing;
      }
      entry.parked = true;
      park(entry, from, now);
      park(entry, to, now);
    }
    return null;
  }

  /** When {@link #poll} may have something; absent if nothing waits. */
  OptionalLong nextAt(long now) {
    long next = Long.MAX_VALUE;
    if (!ready.isEmpty()) {
      next = all.tokens(now) > 0 ? now : all.nextToken(now);
    }
    if (!waking.isEmpty()) {
      next = Math.min(next, Math.max(now, waking.first().wakeAt));
    }
    return entries.isEmpty() ? OptionalLong.empty() : OptionalLong.of(next);
  }

  int size() {
    return entries.size();
  }

  /** The earliest deadline of those that wait. O(n): for reports only. */
  OptionalLong earliestDeadline() {
    return entries.values().stream().mapToLong(e -> e.deadline).min();
  }

  /** Forgets nodes that nothing waits for and whose bucket is as good as a new one. */
  void prune(long now) {
    gates
        .values()
        .removeIf(
            gate -> {
              boolean idle = gate.parked.isEmpty() && gate.bucket.isFull(now);
              if (idle) {
                waking.remove(gate);
              }
              return idle;
            });
  }

  private Gate gate(NodeId node, long now) {
    return gates.computeIfAbsent(
        node,
        id ->
            new Gate(
                id, new TokenBucket(settings.nodeProbesPerSecond(), settings.nodeBurst(), now)));
  }

  private void park(Entry entry, Gate gate, long now) {
    gate.parked.add(entry);
    wakeLater(gate, now);
  }

  private void take(Gate gate, long now) {
    gate.bucket.take(now);
    wakeLater(gate, now);
  }

  /**
   * A node that somebody waits for wakes when it gets a token. A full one gets none: all who wait
   * for it wait for their other node, too.
   */
  private void wakeLater(Gate gate, long now) {
    if (!gate.parked.isEmpty() && !gate.bucket.isFull(now) && !waking.contains(gate)) {
      gate.wakeAt = gate.bucket.nextToken(now);
      waking.add(gate);
    }
  }

  /** One that was perhaps in the way of others is gone. */
  private void lookAgain(Gate gate, long now) {
    if (!gate.parked.isEmpty()) {
      waking.remove(gate);
      gate.wakeAt = now;
      waking.add(gate);
    }
  }

  private void unpark(Entry entry) {
    entry.parked = false;
    gates.get(entry.probing.path().from()).parked.remove(entry);
    gates.get(entry.probing.path().to()).parked.remove(entry);
  }

  private void wake(long now) {
    while (!waking.isEmpty() && waking.first().wakeAt <= now) {
      Gate gate = waking.pollFirst();
      for (Entry entry : candidates(gate, now)) {
        unpark(entry);
        ready.add(entry);
      }
      wakeLater(gate, now);
    }
  }

  private List<Entry> candidates(Gate gate, long now) {
    List<Entry> candidates = new ArrayList<>();
    int tokens = gate.bucket.tokens(now);
    Iterator<Entry> parked = gate.parked.iterator();
    for (int i = 0; i < LOOKED_AT && parked.hasNext() && candidates.size() < tokens; i++) {
      Entry entry = parked.next();
      if (gates.get(entry.probing.path().from()).admits(entry, now)
          && gates.get(entry.probing.path().to()).admits(entry, now)) {
        candidates.add(entry);
      }
    }
    return candidates;
  }
}
