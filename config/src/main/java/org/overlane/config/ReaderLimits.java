/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.config;

import com.google.auto.value.AutoValue;

/** How large a document may be. */
@AutoValue
public abstract class ReaderLimits {
  /** 32 MiB, 10,000 devices, 100,000 networks, 100,000 endpoints, 500 problems. */
  public static final ReaderLimits DEFAULT = of(32 * 1024 * 1024, 10_000, 100_000, 100_000, 500);

  ReaderLimits() {}

  /** Of the encoded text. */
  public abstract int bytes();

  public abstract int devices();

  public abstract int networks();

  public abstract int endpoints();

  /** How many problems are reported before the rest is only counted. */
  public abstract int problems();

  public static ReaderLimits of(int bytes, int devices, int networks, int endpoints, int problems) {
    return new AutoValue_ReaderLimits(bytes, devices, networks, endpoints, problems);
  }
}
