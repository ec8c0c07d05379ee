/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.flowrules.verify;

import com.google.auto.value.AutoValue;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;

/** What was proven, or what does not hold. Immutable. */
@AutoValue
public abstract class VerificationReport {
  VerificationReport() {}

  /** Switches whose tables have been verified. */
  public abstract int nodes();

  /** Flow entries of these. */
  public abstract long entries();

  /** Ordered pairs of nodes with a network in common, over all networks. */
  public abstract long pairs();

  /** By switch; of each invariant at a switch the first few, see {@link #counts}. */
  public abstract ImmutableList<Violation> violations();

  /** How many cases violate each invariant, described or not. */
  public abstract ImmutableSortedMap<Invariant, Integer> counts();

  /** Whether all invariants hold. */
  public boolean isProven() {
    return counts().isEmpty();
  }

  /** {@code 3 switches, 171 entries, 19 invariants}. */
  public String scope() {
    return count(nodes(), "switch", "switches")
        + ", "
        + count(entries(), "entry", "entries")
        + ", "
        + count(Invariant.values().length, "invariant", "invariants");
  }

  private static String count(long number, String one, String many) {
    return number + " " + (number == 1 ? one : many);
  }

  static VerificationReport of(
      int nodes,
      long entries,
      long pairs,
      Iterable<Violation> violations,
      ImmutableSortedMap<Invariant, Integer> counts) {
    return new AutoValue_VerificationReport(
        nodes, entries, pairs, ImmutableList.copyOf(violations), counts);
  }
}
