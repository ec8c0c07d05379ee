/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.config;

import com.google.auto.value.AutoValue;
import com.google.common.collect.ImmutableList;
import org.overlane.flowrules.model.NetworkModel;
import org.overlane.flowrules.model.NodeId;

/** What the compiler gets, and what it does not get yet. */
@AutoValue
public abstract class Assembly {
  Assembly() {}

  public abstract NetworkModel model();

  /** Devices by id, then endpoints by id. */
  public abstract ImmutableList<Pending> pending();

  /** What is pending on one device, its endpoints included. */
  public ImmutableList<Pending> pendingAt(NodeId device) {
    return pending().stream()
        .filter(p -> p.device().equals(device))
        .collect(ImmutableList.toImmutableList());
  }

  static Assembly of(NetworkModel model, Iterable<Pending> pending) {
    return new AutoValue_Assembly(model, ImmutableList.copyOf(pending));
  }
}
