/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.reconcile;

import com.google.auto.value.AutoValue;
import com.google.common.collect.ImmutableSortedMap;
import org.overlane.flowrules.model.NodeId;

/** What is done about tables that are not proven, and the last verdict about each switch. */
@AutoValue
public abstract class VerificationState {
  VerificationState() {}

  public abstract Verification.Policy policy();

  public abstract ImmutableSortedMap<NodeId, Verdict> verdicts();

  public static VerificationState of(
      Verification.Policy policy, ImmutableSortedMap<NodeId, Verdict> verdicts) {
    return new AutoValue_VerificationState(policy, verdicts);
  }
}
