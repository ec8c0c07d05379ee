/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.api;

import com.google.common.collect.ImmutableList;
import java.util.Collection;
import java.util.stream.Collectors;
import org.overlane.config.Problem;

/** A change is correct by itself but contradicts what is there. Nothing has been changed. */
public final class ConflictException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Transient: whoever serialises an exception gets along with its message. */
  private final transient ImmutableList<Problem> problems;

  public ConflictException(Collection<Problem> problems) {
    super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
    this.problems = ImmutableList.copyOf(problems);
  }

  /** At least one. */
  public ImmutableList<Problem> problems() {
    return problems;
  }
}
