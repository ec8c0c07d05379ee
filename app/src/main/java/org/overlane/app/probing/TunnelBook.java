/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.probing;

import com.google.common.collect.ImmutableList;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentSkipListMap;
import org.overlane.tunnels.probing.PathState;
import org.overlane.tunnels.probing.ProbePath;

/** The tunnels as they are, and what has happened to them. One thread writes, any may read. */
final class TunnelBook {
  /** The last so many events are kept. */
  static final int EVENTS = 1_000;

  private final ConcurrentSkipListMap<ProbePath, TunnelStatus> tunnels =
      new ConcurrentSkipListMap<>();
  private final Deque<TunnelEvent> events = new ArrayDeque<>();

  /** By path: from, to, family. Changes while it is read. */
  Collection<TunnelStatus> tunnels() {
    return Collections.unmodifiableCollection(tunnels.values());
  }

  /** The last first. */
  ImmutableList<TunnelEvent> events() {
    synchronized (events) {
      return ImmutableList.copyOf(events);
    }
  }

  /** What is known of a tunnel now. */
  void write(
      Tunnel tunnel,
      TunnelVerdict verdict,
      OptionalInt limit,
      Optional<PathState> probed,
      Optional<Instant> lastArrival,
      Instant now) {
    ProbePath path = tunnel.path();
    TunnelStatus before = tunnels.get(path);
    boolean same = before != null && before.state() == verdict.state();
    Instant since = same ? before.since() : now;
    TunnelStatus after = TunnelStatus.of(tunnel, verdict, since, limit, probed, lastArrival);
    if (after.equals(before)) {
      return;
    }
    tunnels.put(path, after);
    if (!same || !before.limit().equals(limit)) {
      add(TunnelEvent.of(now, path, Optional.ofNullable(before), Optional.of(after)));
    }
  }

  /** All others are gone. */
  void retain(Map<ProbePath, Tunnel> known, Instant now) {
    for (Iterator<TunnelStatus> all = tunnels.values().iterator(); all.hasNext(); ) {
      TunnelStatus status = all.next();
      ProbePath path = status.tunnel().path();
      if (!known.containsKey(path)) {
        all.remove();
        add(TunnelEvent.of(now, path, Optional.of(status), Optional.empty()));
      }
    }
  }

  private void add(TunnelEvent event) {
    synchronized (events) {
      events.addFirst(event);
      if (events.size() > EVENTS) {
        events.removeLast();
      }
    }
  }
}
