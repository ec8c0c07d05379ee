/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.tunnels.probing;

import com.google.auto.value.AutoValue;
import java.util.Comparator;
import org.overlane.flowrules.model.AddressFamily;
import org.overlane.flowrules.model.NodeId;

/**
 * The way of outer packets from one node's VTEP to another's, in one direction: the way back is a
 * path of its own, since it may carry other sizes.
 */
@AutoValue
public abstract class ProbePath implements Comparable<ProbePath> {
  private static final Comparator<ProbePath> ORDER =
      Comparator.comparing(ProbePath::from)
          .thenComparing(ProbePath::to)
          .thenComparing(ProbePath::family);

  ProbePath() {}

  /** The node that encapsulates. */
  public abstract NodeId from();

  /** The node that decapsulates. */
  public abstract NodeId to();

  /** The family of the outer packets. */
  public abstract AddressFamily family();

  /**
   * The path of outer packets between two nodes.
   *
   * @throws IllegalArgumentException if both ends are one node
   */
  public static ProbePath of(NodeId from, NodeId to, AddressFamily family) {
    if (from.equals(to)) {
      throw new IllegalArgumentException("a path needs two nodes, not twice " + from);
    }
    return new AutoValue_ProbePath(from, to, family);
  }

  /** The other direction. */
  public ProbePath reversed() {
    return of(to(), from(), family());
  }

  @Override
  public int compareTo(ProbePath other) {
    return ORDER.compare(this, other);
  }

  /** {@code of:01 -> of:02 over IPv4}. */
  @Override
  public final String toString() {
    return from() + " -> " + to() + " over " + family().title();
  }
}
