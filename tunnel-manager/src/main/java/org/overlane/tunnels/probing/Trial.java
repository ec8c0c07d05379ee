/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.tunnels.probing;

import java.util.Arrays;
import java.util.Map;

/**
 * The size that a path tries now: what for, from when on, how patiently, and which of its probes
 * are waited for. These are the last few, so that one which arrives after its timer still counts.
 */
final class Trial {
  private static final int REMEMBERED = 4;

  /** What the arrival or the loss of the size would mean. */
  enum Purpose {
    /** The path lives, or does not. */
    BASE,
    /** The search narrows. */
    SEARCH,
    /** The smallest lost size is tried once more before the bound is given up. */
    VERIFY,
    /** A size larger than the limit arrives often enough. */
    PROVE,
    /** What was found still holds (RFC 8899 section 4.3, CONFIRMATION_TIMER). */
    CONFIRM,
    /** How many small probes are lost on a path that loses large ones. */
    COMPARE
  }

  private final PathProbing path;
  private final Map<Long, PathProbing> byId;
  private final long timer;
  private final long[] ids = new long[REMEMBERED];
  private Purpose purpose = Purpose.BASE;
  private int size;
  private int sent;
  private boolean flying;
  private long nextAt;
  private long patience;
  private long earliest = Long.MIN_VALUE;

  /** The ids that are waited for are kept in the map as well. */
  Trial(PathProbing path, Map<Long, PathProbing> byId, long timer) {
    this.path = path;
    this.byId = byId;
    this.timer = timer;
  }

  Purpose purpose() {
    return purpose;
  }

  int size() {
    return size;
  }

  /** Probes of this size that were sent. */
  int sent() {
    return sent;
  }

  boolean flying() {
    return flying;
  }

  /** When the timer of the probe that is on its way runs out, or the next one may be sent. */
  long nextAt() {
    return nextAt;
  }

  long patience() {
    return patience;
  }

  /** Another size, or the same for another reason. Earlier probes are not waited for any more. */
  void begin(Purpose next, int bytes, long at, long patient) {
    forget();
    purpose = next;
    size = bytes;
    later(at, patient);
  }

  /** The next probe of the same size. */
  void later(long at, long patient) {
    nextAt = at;
    patience = patient;
  }

  /** The next probe of the same size, if it would be sent later or more patiently. */
  void sooner(long at, long patient) {
    later(Math.min(nextAt, at), Math.min(patience, patient));
  }

  /** Not sooner than a timer after the last probe, however often something changes. */
  long soon(long now) {
    return Math.max(now, earliest);
  }

  void sent(long id, long now) {
    int slot = sent % REMEMBERED;
    byId.remove(ids[slot]);
    byId.put(id, path);
    ids[slot] = id;
    sent++;
    flying = true;
    nextAt = now + timer;
    earliest = nextAt;
  }

  /** Takes the last probe back; returns whether it is this one. */
  boolean notSent(long id) {
    if (!awaits(id)) {
      return false;
    }
    sent--;
    ids[sent % REMEMBERED] = 0;
    byId.remove(id);
    flying = false;
    return true;
  }

  void timedOut() {
    flying = false;
  }

  /** Whether the probe is the last one and its timer runs. */
  boolean awaits(long id) {
    return flying && ids[(sent - 1) % REMEMBERED] == id;
  }

  /** How many were sent before this one, which must be waited for. */
  int before(long id) {
    int before = sent - 1;
    while (ids[before % REMEMBERED] != id) {
      before--;
    }
    return before;
  }

  /** Nothing is waited for any more. */
  void forget() {
    for (long id : ids) {
      byId.remove(id);
    }
    Arrays.fill(ids, 0);
    sent = 0;
    flying = false;
  }
}
