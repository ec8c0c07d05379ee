/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.probing;

import java.util.Arrays;
import java.util.Optional;

/** What probes are for. */
public enum ProbingMode {
  /** There are none. */
  OFF("off"),
  /** To be looked at: limits stay as declared. */
  WATCH("watch"),
  /** To be looked at, and to lower limits to what the underlay carries. */
  LIMIT("limit");

  private final String text;

  ProbingMode(String text) {
    this.text = text;
  }

  /** The name used in settings. */
  public String text() {
    return text;
  }

  /** The mode of this name. */
  public static Optional<ProbingMode> named(String text) {
    return Arrays.stream(values()).filter(m -> m.text.equals(text)).findFirst();
  }
}
