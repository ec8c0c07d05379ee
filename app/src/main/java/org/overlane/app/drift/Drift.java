/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.drift;

import com.google.auto.value.AutoValue;
import com.google.common.collect.ImmutableList;
import java.util.Locale;
import org.overlane.flowrules.verify.Violation;

/** A difference that has stayed, and whether it matters. Immutable. */
@AutoValue
public abstract class Drift {
  Drift() {}

  /** Whether it matters. */
  public enum Effect {
    /** No packet fares otherwise than the model asks for. */
    HARMLESS,
    /** It breaks an invariant that holds without it. */
    HARMFUL,
    /** It could not be read or verified. */
    UNKNOWN;

    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public abstract Difference difference();

  public abstract Effect effect();

  /** What it breaks by itself, each with a packet where one shows it. */
  public abstract ImmutableList<Violation> violations();

  /** One line. */
  @Override
  public final String toString() {
    return effect().text()
        + ": "
        + difference().kind().name().toLowerCase(Locale.ROOT)
        + ", "
        + difference().owner()
        + ": "
        + difference().what()
        + difference().wanted().map(w -> ", wanted " + w).orElse("")
        + (difference().unread().isEmpty()
            ? ""
            : ", unread " + String.join(", ", difference().unread()));
  }

  static Drift of(Difference difference, Effect effect, Iterable<Violation> violations) {
    return new AutoValue_Drift(difference, effect, ImmutableList.copyOf(violations));
  }
}
