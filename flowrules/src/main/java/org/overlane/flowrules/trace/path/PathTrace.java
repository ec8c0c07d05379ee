/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.flowrules.trace.path;

import com.google.auto.value.AutoValue;
import com.google.common.collect.ImmutableList;
import org.overlane.flowrules.model.NodeId;
import org.overlane.flowrules.trace.TracedPacket;

/** All that happens to one packet on its way, each branch to its end. Immutable. */
@AutoValue
public abstract class PathTrace {
  PathTrace() {}

  /** Where the way begins. */
  public abstract NodeId node();

  /** With the port at which the way begins. */
  public abstract TracedPacket packet();

  public abstract ImmutableList<PathStep> steps();

  /** Where its copies end, or may end, in order; at least one. */
  public ImmutableList<PathEnd> ends() {
    return steps().stream()
        .filter(PathStep.Ended.class::isInstance)
        .map(s -> ((PathStep.Ended) s).end())
        .collect(ImmutableList.toImmutableList());
  }

  static PathTrace of(NodeId node, TracedPacket packet, Iterable<PathStep> steps) {
    return new AutoValue_PathTrace(node, packet, ImmutableList.copyOf(steps));
  }
}
