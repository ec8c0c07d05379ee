/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.reconcile;

import com.google.auto.value.AutoValue;

/** An item of ours that is on a switch, or on its way there or away. */
@AutoValue
public abstract class ObservedItem {
  ObservedItem() {}

  /** How far it is. */
  public enum State {
    /** Sent, but the switch has not reported it yet. */
    ADDING,
    /** The switch has it, and a change to it has been sent. */
    UPDATING,
    /** Reported by the switch. */
    PRESENT,
    /** Its removal has been sent, but the switch may still have it. */
    REMOVING,
    /** Refused. */
    FAILED
  }

  public abstract Item item();

  public abstract State state();

  public static ObservedItem of(Item item, State state) {
    return new AutoValue_ObservedItem(item, state);
  }
}
