/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.reconcile;

import com.google.auto.value.AutoValue;

/** How far a switch is, for one kind of item. Immutable. */
@AutoValue
public abstract class Progress {
  public static final Progress NONE = of(0, 0, 0, 0);

  Progress() {}

  /** Items that the model asks for. */
  public abstract int desired();

  /** Items of ours that the switch has, right or wrong. */
  public abstract int observed();

  /** Changes that are still to be sent or confirmed. */
  public abstract int pending();

  /** Changes that failed and will be tried again. */
  public abstract int failed();

  public boolean isInSync() {
    return pending() == 0 && failed() == 0;
  }

  public static Progress of(int desired, int observed, int pending, int failed) {
    return new AutoValue_Progress(desired, observed, pending, failed);
  }
}
