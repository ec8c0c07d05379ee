/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.config;

import com.google.common.collect.ImmutableList;
import java.util.Collection;
import java.util.stream.Collectors;

/** A document, or a part of one, is refused as a whole. Carries every problem that was found. */
public final class ConfigException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * Transient: an exception may be serialised by whoever carries it, its message is enough then.
   */
  private final transient ImmutableList<Problem> problems;

  public ConfigException(Collection<Problem> problems) {
    super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
    this.problems = ImmutableList.copyOf(problems);
  }

  /** With one problem, of a value as it was given; see {@link Problem#quoting}. */
  public static ConfigException quoting(String path, String value, String message, String remedy) {
    return new ConfigException(ImmutableList.of(Problem.quoting(path, value, message, remedy)));
  }

  /** At least one. */
  public ImmutableList<Problem> problems() {
    return problems;
  }
}
