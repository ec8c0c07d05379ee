/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.reconcile;

import com.google.auto.value.AutoValue;
import com.google.common.collect.ImmutableList;
import java.time.Instant;
import java.util.Optional;
import org.overlane.config.Pending;
import org.overlane.flowrules.compile.Diagnostic;
import org.overlane.flowrules.model.NodeId;

/** How one switch is doing. Immutable. */
@AutoValue
public abstract class SwitchStatus {
  SwitchStatus() {}

  /** In one word. */
  public enum State {
    /**
     * Every desired entry, group and meter is on the switch as it should be, and nothing else of
     * ours.
     */
    IN_SYNC,
    /** Changes are being sent, or the switch has not confirmed them. */
    PENDING,
    /** Something failed and is tried again, or cannot be put on this switch at all. */
    FAILED,
    /** Configured, but not connected. */
    OFFLINE,
    /** Connected; another controller of the cluster takes care of it. */
    ELSEWHERE,
    /** Connected, but without configuration, and free of entries of ours. */
    UNCONFIGURED
  }

  public abstract NodeId id();

  public abstract State state();

  public abstract Fabric.Link link();

  public abstract Progress entries();

  public abstract Progress groups();

  public abstract Progress meters();

  /** When the switch last took a change from this controller since it was started. */
  public abstract Optional<Instant> lastChange();

  /** The last failure, even if it is mended by now. */
  public abstract Optional<String> lastError();

  /** When {@link #lastError} happened. */
  public abstract Optional<Instant> lastErrorAt();

  /** Why the state is not IN_SYNC, where there is more to say than the state itself. */
  public abstract ImmutableList<String> reasons();

  /** Declared, but waiting for something that the switch has not reported. */
  public abstract ImmutableList<Pending> pending();

  /** What the model asks for and cannot have. */
  public abstract ImmutableList<Diagnostic> diagnostics();

  /** What the switch, its driver or the controller cannot do. */
  public abstract ImmutableList<Notice> notices();

  static Builder builder(NodeId id) {
    return new AutoValue_SwitchStatus.Builder()
        .id(id)
        .entries(Progress.NONE)
        .groups(Progress.NONE)
        .meters(Progress.NONE)
        .reasons(ImmutableList.of())
        .pending(ImmutableList.of())
        .diagnostics(ImmutableList.of())
        .notices(ImmutableList.of());
  }

  /** Collects the parts. Not thread-safe. */
  @AutoValue.Builder
  abstract static class Builder {
    abstract Builder id(NodeId id);

    abstract Builder state(State state);

    abstract Builder link(Fabric.Link link);

    abstract Builder entries(Progress entries);

    abstract Builder groups(Progress groups);

    abstract Builder meters(Progress meters);

    abstract Builder lastChange(Optional<Instant> at);

    abstract Builder lastError(Optional<String> reason);

    abstract Builder lastErrorAt(Optional<Instant> at);

    abstract Builder reasons(Iterable<String> reasons);

    abstract Builder pending(Iterable<Pending> pending);

    abstract Builder diagnostics(Iterable<Diagnostic> diagnostics);

    abstract Builder notices(Iterable<Notice> notices);

    abstract SwitchStatus build();
  }
}
