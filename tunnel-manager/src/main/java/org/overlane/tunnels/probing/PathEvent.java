/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.tunnels.probing;

import com.google.auto.value.AutoValue;
import java.util.OptionalInt;

/**
 * A path got another settled status, or another limit, since events were drained last. One path has
 * one event at most: from what was reported last to what holds now.
 */
@AutoValue
public abstract class PathEvent {
  PathEvent() {}

  public abstract ProbePath path();

  /** The status of the last event, {@link PathStatus#UNKNOWN} if there was none. */
  public abstract PathStatus before();

  public abstract PathStatus after();

  public abstract OptionalInt limitBefore();

  public abstract OptionalInt limitAfter();

  /** When, in milliseconds of the caller's clock. */
  public abstract long at();

  /** A sentence for people, without a full stop. */
  public abstract String why();

  /** Whether tunnels have to keep to another limit than before. */
  public boolean changesLimit() {
    return !limitBefore().equals(limitAfter());
  }

  static Builder builder() {
    return new AutoValue_PathEvent.Builder();
  }

  /** Collects the event. */
  @AutoValue.Builder
  abstract static class Builder {
    abstract Builder path(ProbePath path);

    abstract Builder before(PathStatus status);

    abstract Builder after(PathStatus status);

    abstract Builder limitBefore(OptionalInt bytes);

    abstract Builder limitAfter(OptionalInt bytes);

    abstract Builder at(long millis);

    abstract Builder why(String sentence);

    abstract PathEvent build();
  }
}
