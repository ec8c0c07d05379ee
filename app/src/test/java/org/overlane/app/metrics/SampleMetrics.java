/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.metrics;

import org.overlane.app.api.OverlaneService;

/** Metrics without OSGi, for tests of other packages. */
public final class SampleMetrics {
  private SampleMetrics() {}

  public static OverlayMetrics of(OverlaneService overlane) {
    OverlayMetrics metrics = new OverlayMetrics("1.0.0");
    metrics.overlane = overlane;
    return metrics;
  }
}
