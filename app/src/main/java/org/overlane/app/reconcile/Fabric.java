/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.reconcile;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.util.function.Consumer;
import org.overlane.flowrules.model.NodeId;
import org.overlane.flowrules.openflow.FlowTables;

/** The switches, as the reconcile loop sees them. Called from the loop's thread only. */
public interface Fabric {
  /** Whose business a switch is at the moment. */
  enum Link {
    /** Connected, and this controller may write to it. */
    HERE,
    /** Connected, but another controller of the cluster writes to it. */
    ELSEWHERE,
    OFFLINE
  }

  /** All switches that are or were connected. */
  ImmutableSet<NodeId> switches();

  Link link(NodeId id);

  /** The tables in the form in which they are written and observed. */
  Translation translate(NodeId id, FlowTables tables);

  /**
   * All entries and groups of ours on a switch, and on their way to or from it.
   *
   * @throws RuntimeException with the reason, if it cannot be known at the moment
   */
  ImmutableList<ObservedItem> observe(NodeId id);

  /**
   * Begins to carry out a plan. Does not block.
   *
   * @param done called once, from any thread, with what became of it; perhaps never
   * @throws RuntimeException with the reason, if nothing of it has been sent
   */
  void apply(NodeId id, Plan plan, Consumer<Outcome> done);

  /** What the connection to this switch cannot do, for people. */
  ImmutableList<Notice> notices(NodeId id);
}
