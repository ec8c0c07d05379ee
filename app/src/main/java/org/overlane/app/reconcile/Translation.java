/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.reconcile;

import com.google.auto.value.AutoValue;
import com.google.common.collect.ImmutableList;

/** Tables in the form in which they are written, and what cannot be written in that form. */
@AutoValue
public abstract class Translation {
  public static final Translation EMPTY = of(ImmutableList.of(), ImmutableList.of());

  Translation() {}

  public abstract ImmutableList<Item> items();

  /** One for each reason, not for each entry. */
  public abstract ImmutableList<Notice> refused();

  public static Translation of(Iterable<Item> items, Iterable<Notice> refused) {
    return new AutoValue_Translation(ImmutableList.copyOf(items), ImmutableList.copyOf(refused));
  }
}
