/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.flowrules.verify;

import com.google.auto.value.AutoValue;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSetMultimap;
import org.overlane.flowrules.model.NetworkId;
import org.overlane.flowrules.model.OfPort;

/** What was found about one switch by itself. Immutable. */
@AutoValue
abstract class NodeResult {
  NodeResult() {}

  abstract int entries();

  abstract ImmutableList<Violation> violations();

  /** How often each invariant is violated, described or not. */
  abstract ImmutableMap<Invariant, Integer> counts();

  /** By tunnel port: the networks whose frames from there are proven to reach their endpoints. */
  abstract ImmutableSetMultimap<OfPort, NetworkId> delivered();

  static NodeResult of(
      int entries,
      ImmutableList<Violation> violations,
      ImmutableMap<Invariant, Integer> counts,
      ImmutableSetMultimap<OfPort, NetworkId> delivered) {
    return new AutoValue_NodeResult(entries, violations, counts, delivered);
  }
}
