/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.probing;

import com.google.common.collect.ImmutableMap;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import org.overlane.flowrules.model.NetworkModel;
import org.overlane.flowrules.model.PathMtus;
import org.overlane.flowrules.model.PathMtus.Path;
import org.overlane.monitoring.LimitedLog;
import org.overlane.tunnels.probing.ProbePath;
import org.slf4j.LoggerFactory;

/**
 * The limits that probes have found, this controller's and the others' in its cluster, and those of
 * an earlier life: a limit holds until a probe says otherwise, and not only as long as somebody
 * probes. So neither a restart nor a switch that goes away for a while changes any entry.
 *
 * <p>{@link #all} may be asked by any thread, all else is for one.
 */
final class HeldLimits {
  private static final LimitedLog LOG = new LimitedLog(LoggerFactory.getLogger(HeldLimits.class));

  private final PathMtuStore store;
  private volatile ImmutableMap<Path, Integer> held;

  /** What the store has, as far as this is known: differs where a write has failed. */
  private ImmutableMap<Path, Integer> stored;

  HeldLimits(PathMtuStore store) {
    this.store = store;
  }

  /**
   * All limits in force; reads them when it is called first.
   *
   * @throws RuntimeException if they cannot be read
   */
  ImmutableMap<Path, Integer> all() {
    if (held == null) {
      load();
    }
    return held;
  }

  private synchronized void load() {
    if (held == null) {
      stored = store.read();
      held = stored;
    }
  }

  OptionalInt of(ProbePath path) {
    Integer limit = all().get(key(path));
    return limit == null ? OptionalInt.empty() : OptionalInt.of(limit);
  }

  static Path key(ProbePath path) {
    return Path.of(path.from(), path.to(), path.family());
  }

  /**
   * Takes what is found out here, and what others have written.
   *
   * @param own the paths that are probed here
   * @param found the limits among them
   * @param model limits of nodes that it does not have are dropped
   * @param reload whether others may have written
   * @return whether anything has changed
   */
  boolean follow(
      Set<ProbePath> own, Map<ProbePath, Integer> found, NetworkModel model, boolean reload) {
    all();
    if (reload) {
      reload();
    }
    Map<Path, Integer> wanted = new HashMap<>(reload ? stored : held);
    own.forEach(path -> wanted.remove(key(path)));
    found.forEach((path, limit) -> wanted.put(key(path), limit));
    wanted
        .keySet()
        .removeIf(p -> !model.node(p.from()).isPresent() || !model.node(p.to()).isPresent());
    ImmutableMap<Path, Integer> next = ImmutableMap.copyOf(wanted);
    boolean news = !next.equals(held);
    held = next;
    write();
    return news;
  }

  private void reload() {
    try {
      stored = store.read();
    } catch (RuntimeException e) {
      LOG.warn("store", "Limits that were found cannot be read; the last ones stay in force", e);
    }
  }

  private void write() {
    if (held.equals(stored)) {
      return;
    }
    try {
      store.write(stored, held);
      stored = held;
    } catch (RuntimeException e) {
      LOG.warn("store", "Limits that were found cannot be kept; trying again", e);
    }
  }

  /** As the compiler wants them. */
  PathMtus mtus() {
    return PathMtus.of(all());
  }
}
