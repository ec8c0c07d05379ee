/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.flowrules.model;

import com.google.common.collect.ImmutableList;
import java.util.Collection;

/** The parts of a model contradict each other. */
public final class ModelException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private final ImmutableList<String> contradictions;

  ModelException(Collection<String> contradictions) {
    super(String.join("; ", contradictions));
    this.contradictions = ImmutableList.copyOf(contradictions);
  }

  /** Every contradiction found, one sentence each. */
  public ImmutableList<String> contradictions() {
    return contradictions;
  }
}
