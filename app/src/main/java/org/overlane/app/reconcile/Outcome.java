/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.reconcile;

import com.google.auto.value.AutoValue;
import com.google.common.collect.ImmutableMap;
import java.util.Map;

/** What became of a plan: the items that failed, and why. Immutable. */
@AutoValue
public abstract class Outcome {
  public static final Outcome SUCCESS = failures(ImmutableMap.of());

  Outcome() {}

  /** The reason for each item that failed; all others of the plan were taken. */
  public abstract ImmutableMap<Item, String> failed();

  public static Outcome failures(Map<Item, String> failed) {
    return new AutoValue_Outcome(ImmutableMap.copyOf(failed));
  }

  /** The whole plan failed for one reason. */
  public static Outcome failure(Plan plan, String reason) {
    ImmutableMap.Builder<Item, String> failed = ImmutableMap.builder();
    plan.stages().forEach(s -> s.items().forEach(i -> failed.put(i, reason)));
    return failures(failed.build());
  }
}
