/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.probing;

import com.google.auto.value.AutoValue;

/** What has become of frames that came to the address of probes, since the start. Immutable. */
@AutoValue
public abstract class WireCounters {
  WireCounters() {}

  /** Probes of this controller, in time or late, each once. */
  public abstract long accepted();

  /** Of the form of a probe, but not signed with the key of this controller since its start. */
  public abstract long forged();

  /** Of another form, or cut off. */
  public abstract long malformed();

  /** Probes of this controller that came a second time, or much too late. */
  public abstract long repeated();

  /** Probes of this controller that came to another node than they were for. */
  public abstract long misdirected();

  static WireCounters of(
      long accepted, long forged, long malformed, long repeated, long misdirected) {
    return new AutoValue_WireCounters(accepted, forged, malformed, repeated, misdirected);
  }
}
