/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.reconcile;

import com.google.auto.value.AutoValue;

/** Something that an operator should know, and what to do about it. */
@AutoValue
public abstract class Notice {
  Notice() {}

  /** The part of the model or of the system concerned: {@code endpoint vm1}. */
  public abstract String subject();

  public abstract String message();

  public abstract String remedy();

  public static Notice of(String subject, String message, String remedy) {
    return new AutoValue_Notice(subject, message, remedy);
  }

  /** One line. */
  @Override
  public final String toString() {
    return subject() + ": " + message() + ". " + remedy();
  }
}
