/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.flowrules.trace.path;

import com.google.auto.value.AutoValue;
import org.overlane.flowrules.model.NodeId;
import org.overlane.flowrules.trace.BucketChoice;

/** What one switch on the way must choose for a packet to end where it does. Immutable. */
@AutoValue
public abstract class SwitchChoice {
  SwitchChoice() {}

  public abstract NodeId node();

  public abstract BucketChoice choice();

  static SwitchChoice of(NodeId node, BucketChoice choice) {
    return new AutoValue_SwitchChoice(node, choice);
  }
}
