/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.config;

import com.google.auto.value.AutoValue;

/** How large a document may be. */
@AutoValue
public abstract class ReaderLimits {
  /** Levels of objects and arrays; the model itself has seven. */
  static final int DEPTH = 32;

  /**
   * 32 MiB of text, 2,000,000 JSON values, 10,000 devices, 100,000 networks, 100,000 endpoints; 500
   * problems are listed.
   */
  public static final ReaderLimits DEFAULT = builder().build();

  ReaderLimits() {}

  /** Of UTF-8 text. */
  public abstract int bytes();

  /** Objects, arrays, strings, numbers and so on, wherever they are. */
  public abstract int values();

  public abstract int devices();

  public abstract int networks();

  public abstract int endpoints();

  /** How many problems are listed before the rest is only counted. */
  public abstract int problems();

  /** Starts from the defaults. */
  public static Builder builder() {
    return new AutoValue_ReaderLimits.Builder()
        .bytes(32 * 1024 * 1024)
        .values(2_000_000)
        .devices(10_000)
        .networks(100_000)
        .endpoints(100_000)
        .problems(500);
  }

  /** Collects limits. Not thread-safe. */
  @AutoValue.Builder
  public abstract static class Builder {
    public abstract Builder bytes(int bytes);

    public abstract Builder values(int values);

    public abstract Builder devices(int devices);

    public abstract Builder networks(int networks);

    public abstract Builder endpoints(int endpoints);

    public abstract Builder problems(int problems);

    public abstract ReaderLimits build();
  }
}
