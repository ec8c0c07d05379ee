/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.tunnels.discovery;

import com.google.auto.value.AutoValue;

/** Something about a host that does not suit its purpose, and what to do about it. */
@AutoValue
public abstract class Warning {
  Warning() {}

  /** {@code bridge br-int}, {@code port vx}, ... */
  public abstract String subject();

  public abstract String message();

  public abstract String remedy();

  public static Warning of(String subject, String message, String remedy) {
    return new AutoValue_Warning(subject, message, remedy);
  }

  /** One line. */
  @Override
  public final String toString() {
    return subject() + ": " + message() + ". " + remedy();
  }
}
