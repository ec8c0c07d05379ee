/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.probing;

import com.google.auto.value.AutoValue;
import com.google.common.collect.ImmutableList;
import java.util.Collection;
import java.util.Optional;
import org.overlane.tunnels.probing.ProbingReport;

/** What is known of tunnels, on this controller. */
@AutoValue
public abstract class TunnelReport {
  TunnelReport() {}

  public abstract ProbingConfig config();

  /** Absent while probing is off. */
  public abstract Optional<ProbingReport> prober();

  public abstract WireCounters wire();

  /** Ordered by path. A view: it changes while it is read. */
  public abstract Collection<TunnelStatus> tunnels();

  /** The last ones, newest first. */
  public abstract ImmutableList<TunnelEvent> events();

  /** A report; all but the events may be of slightly different moments. */
  public static TunnelReport of(
      ProbingConfig config,
      Optional<ProbingReport> prober,
      WireCounters wire,
      Collection<TunnelStatus> tunnels,
      ImmutableList<TunnelEvent> events) {
    return new AutoValue_TunnelReport(config, prober, wire, tunnels, events);
  }
}
