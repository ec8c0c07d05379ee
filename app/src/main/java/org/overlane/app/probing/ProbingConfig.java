/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.probing;

import com.google.auto.value.AutoValue;
import org.overlane.tunnels.probing.ProbingSettings;

/** Whether and how often probes are sent. Immutable. */
@AutoValue
public abstract class ProbingConfig {
  public static final ProbingConfig OFF = of(ProbingMode.OFF, ProbingSettings.DEFAULT);

  ProbingConfig() {}

  public abstract ProbingMode mode();

  public abstract ProbingSettings settings();

  public static ProbingConfig of(ProbingMode mode, ProbingSettings settings) {
    return new AutoValue_ProbingConfig(mode, settings);
  }
}
