/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.reconcile;

import com.google.auto.value.AutoValue;
import java.time.Instant;
import java.util.Optional;
import org.overlane.flowrules.model.NodeId;
import org.overlane.flowrules.verify.VerificationReport;

/** What the verifier has said about the last tables that a change has made of one switch. */
@AutoValue
public abstract class Verdict {
  Verdict() {}

  public abstract NodeId device();

  public abstract Instant at();

  /** How long it took. */
  public abstract long millis();

  /** Empty where the tables were not verified: {@link #reason} says why. */
  public abstract Optional<VerificationReport> report();

  /** Whether the tables were refused, so that the old ones stay in force. */
  public abstract boolean isRefused();

  /** Why the tables were refused or not verified; else what violates what, or empty. */
  public abstract Optional<String> reason();

  static Verdict of(
      NodeId device,
      Instant at,
      long millis,
      Optional<VerificationReport> report,
      boolean refused,
      Optional<String> reason) {
    return new AutoValue_Verdict(device, at, millis, report, refused, reason);
  }
}
