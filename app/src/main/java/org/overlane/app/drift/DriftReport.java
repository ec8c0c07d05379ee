/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.drift;

import com.google.auto.value.AutoValue;
import com.google.common.collect.ImmutableList;
import java.time.Instant;
import java.util.Optional;
import org.overlane.flowrules.model.NodeId;
import org.overlane.flowrules.verify.VerificationReport;
import org.overlane.flowrules.verify.Violation;

/** What one switch had at the last look, against what it should have. Immutable. */
@AutoValue
public abstract class DriftReport {
  DriftReport() {}

  public abstract NodeId device();

  /** When it was looked at last. */
  public abstract Instant at();

  /** What was verified: all that is there; empty where {@link #problem} says why it was not. */
  public abstract Optional<VerificationReport> verified();

  /** Differences that were there at two looks. */
  public abstract ImmutableList<Drift> drifts();

  /** What all of it together breaks, beyond what is broken without it. */
  public abstract ImmutableList<Violation> violations();

  /** Why it could not be verified. */
  public abstract Optional<String> problem();

  /** How many there are of an effect. */
  public int count(Drift.Effect effect) {
    return (int) drifts().stream().filter(d -> d.effect() == effect).count();
  }

  /** {@code 1 harmful, 2 harmless}, or {@code as wanted}. */
  public String summary() {
    if (problem().isPresent()) {
      return "not verified";
    }
    StringBuilder words = new StringBuilder();
    for (Drift.Effect effect :
        ImmutableList.of(Drift.Effect.HARMFUL, Drift.Effect.UNKNOWN, Drift.Effect.HARMLESS)) {
      if (count(effect) > 0) {
        words.append(words.length() == 0 ? "" : ", ");
        words.append(count(effect)).append(' ').append(effect.text());
      }
    }
    return words.length() == 0 ? "as wanted" : words.toString();
  }

  /** Whether both tell the same, whenever they were made. */
  boolean tellsAs(DriftReport other) {
    return drifts().equals(other.drifts()) && problem().equals(other.problem());
  }

  DriftReport lookedAt(Instant again) {
    return of(device(), again, verified(), drifts(), violations(), problem());
  }

  static DriftReport asWanted(NodeId device, Instant at, VerificationReport verified) {
    return of(
        device,
        at,
        Optional.of(verified),
        ImmutableList.of(),
        ImmutableList.of(),
        Optional.empty());
  }

  static DriftReport unverified(NodeId device, Instant at, String problem) {
    return of(
        device, at, Optional.empty(), ImmutableList.of(), ImmutableList.of(), Optional.of(problem));
  }

  static DriftReport of(
      NodeId device,
      Instant at,
      Optional<VerificationReport> verified,
      Iterable<Drift> drifts,
      Iterable<Violation> violations,
      Optional<String> problem) {
    return new AutoValue_DriftReport(
        device,
        at,
        verified,
        ImmutableList.copyOf(drifts),
        ImmutableList.copyOf(violations),
        problem);
  }
}
