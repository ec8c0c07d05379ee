/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.flowrules.verify;

import com.google.auto.value.AutoValue;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSortedMap;
import org.overlane.flowrules.model.OfPort;
import org.overlane.flowrules.openflow.FieldValue;
import org.overlane.flowrules.openflow.FlowTables;

/** What was found about one switch by itself, and what it rests on. Immutable. */
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

  /** When, in the time of the history of models. */
  abstract long moment();

  /** All that the proof of any port rests on: if one of it changes, none holds. */
  abstract ImmutableList<Object> grounds();

  /** The ports that the model or the tables name: all others were looked at as one. */
  abstract ImmutableSet<OfPort> named();

  /** What the slices of each table were made by. */
  abstract ImmutableMap<Integer, FieldValue> starts();

  /** By port and fragment mode: those without any violation. */
  abstract ImmutableMap<NodeProof.Part, PortProof> ports();

  VerificationReport report() {
    return VerificationReport.of(
        1, tables().entries().size(), 0, violations(), ImmutableSortedMap.copyOf(counts()));
  }

  static Builder builder() {
    return new AutoValue_NodeResult.Builder();
  }

  @AutoValue.Builder
  abstract static class Builder {
    abstract Builder tables(FlowTables tables);

    abstract Builder violations(ImmutableList<Violation> violations);

    abstract Builder counts(ImmutableMap<Invariant, Integer> counts);

    abstract Builder undelivered(ImmutableList<Undelivered> undelivered);

    abstract Builder moment(long moment);

    abstract Builder grounds(ImmutableList<Object> grounds);

    abstract Builder named(ImmutableSet<OfPort> named);

    abstract Builder starts(ImmutableMap<Integer, FieldValue> starts);

    abstract Builder ports(ImmutableMap<NodeProof.Part, PortProof> ports);

    abstract NodeResult build();
  }
}
