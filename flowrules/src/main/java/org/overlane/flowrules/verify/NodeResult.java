/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.flowrules.verify;

import com.google.auto.value.AutoValue;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import org.overlane.flowrules.openflow.FlowTables;

/** What was found about one switch by itself. Immutable. */
@AutoValue
abstract class NodeResult {
  NodeResult() {}

  /** What was looked at. */
  abstract FlowTables tables();

  abstract ImmutableList<Violation> violations();

  /** How often each invariant is violated, described or not. */
  abstract ImmutableMap<Invariant, Integer> counts();

  /**
   * The frames from tunnel ports that do not get to all endpoints that they should, or to others.
   */
  abstract ImmutableList<Undelivered> undelivered();

  static NodeResult of(
      FlowTables tables,
      ImmutableList<Violation> violations,
      ImmutableMap<Invariant, Integer> counts,
      ImmutableList<Undelivered> undelivered) {
    return new AutoValue_NodeResult(tables, violations, counts, undelivered);
  }
}
