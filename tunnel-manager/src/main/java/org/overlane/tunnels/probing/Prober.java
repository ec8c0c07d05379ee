/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.tunnels.probing;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import java.util.Collection;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import org.overlane.flowrules.model.NodeId;

/**
 * Finds out what the underlay carries between VTEPs, and whether it carries anything at all.
 *
 * <p>Use: give it a {@link #plan} whenever the paths may have changed; call {@link #due} no later
 * than {@link #nextDue} says, and send what it returns; tell it what {@link #arrived}. In between,
 * {@link #states}, {@link #limits} and {@link #drainEvents} say what was found.
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
  /**
   * A prober without paths.
   *
   * @param random for the ids of probes and for spreading them in time; a {@link
   *     java.security.SecureRandom} where somebody might want to forge arrivals
   */
  public Prober(ProbingSettings settings, Random random) {
    throw new UnsupportedOperationException();
  }

  /**
   * What is to be probed from now on. A path that is new is probed soon, one that is missing is
   * forgotten; one whose bound or base changed is soon probed anew, and meanwhile keeps what is
   * known of it as far as the new bound allows. Nothing changes for all others. If there are more
   * than {@link ProbingSettings#maxPaths}, those with most use are probed; among equals, the order
   * of paths decides.
   *
   * @throws IllegalArgumentException if one path is planned twice
   */
  public void plan(Collection<PathPlan> plans, long now) {
    throw new UnsupportedOperationException();
  }

  /** Something about this path changed: looks soon whether its state still holds. Else ignored. */
  public void changed(ProbePath path, long now) {
    throw new UnsupportedOperationException();
  }

  /** Something about this node changed (a port, an MTU): as if all paths from and to it had. */
  public void changed(NodeId node, long now) {
    throw new UnsupportedOperationException();
  }

  /**
   * The probes to be sent now, at most as many as the budget allows: over any time t, no more than
   * {@code probesPerSecond * t + burst} of all, and {@code nodeProbesPerSecond * t + nodeBurst}
   * that one node sends or receives. At most one for each path. Each counts as sent, and its timer
   * runs.
   */
  public ImmutableList<Probe> due(long now) {
    throw new UnsupportedOperationException();
  }

  /**
   * When {@link #due} may have something to do next, if nothing else happens: a probe to be sent or
   * to be given up. Absent without paths. Not before {@code now}.
   */
  public OptionalLong nextDue(long now) {
    throw new UnsupportedOperationException();
  }

  /**
   * The probe could not be sent: that says nothing about its path, which is tried again after a
   * pause. Unknown ids are ignored.
   *
   * @param reason for people, without a full stop: {@code the switch is not connected}
   */
  public void failedToSend(long id, String reason, long now) {
    throw new UnsupportedOperationException();
  }

  /**
   * A probe arrived at the node that its path leads to: the caller has checked that it did.
   *
   * @param micros microseconds from sending to arrival as far as the caller can tell, for
   *     statistics only; negative if it cannot
   */
  public Arrival arrived(long id, long micros, long now) {
    throw new UnsupportedOperationException();
  }

  /** What is known about each probed path. */
  public ImmutableSortedMap<ProbePath, PathState> states(long now) {
    throw new UnsupportedOperationException();
  }

  /** What is known about one path; absent if it is not probed. */
  public Optional<PathState> state(ProbePath path, long now) {
    throw new UnsupportedOperationException();
  }

  /** How a path compares with its way back. */
  public Symmetry symmetry(ProbePath path, long now) {
    throw new UnsupportedOperationException();
  }

  /**
   * The underlay MTU, in bytes with outer IP header, that tunnels have to keep to on paths where it
   * is below the bound; on all others the bound holds.
   *
   * <p>A limit comes or sinks as soon as a size that was confirmed is lost, to the largest size
   * that is known to arrive since, and rises or goes when a search has ended, larger sizes have
   * arrived often enough, and the hold-down is over. It stays on a path that is down, since that
   * says nothing about sizes, and on one whose verdict is too old, since a limit too small loses
   * nothing. It goes with the path, or with the prober.
   */
  public ImmutableSortedMap<ProbePath, Integer> limits() {
    throw new UnsupportedOperationException();
  }

  /** What changed since the last call, in the order of paths; see {@link PathEvent}. */
  public ImmutableList<PathEvent> drainEvents() {
    throw new UnsupportedOperationException();
  }

  /** How probing as a whole is doing. */
  public ProbingReport report(long now) {
    throw new UnsupportedOperationException();
  }
}
