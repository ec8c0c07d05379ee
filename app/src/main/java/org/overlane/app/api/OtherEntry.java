/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.api;

import com.google.auto.value.AutoValue;
import com.google.common.collect.ImmutableList;
import java.util.Optional;
import org.overlane.flowrules.openflow.FlowEntry;

/** An entry on a switch that the model does not want, or wants otherwise. Immutable. */
@AutoValue
public abstract class OtherEntry {
  OtherEntry() {}

  /** Whose it is. */
  public enum Kind {
    /** Of another application of ONOS. */
    FOREIGN,
    /** Of Overlane: changed, or of an earlier model. */
    OURS,
    /** Of Overlane's slow path: no model asks for it, and it goes by itself. */
    EXCEPTION
  }

  public abstract Kind kind();

  /** For people: {@code application org.onosproject.fwd}. */
  public abstract String owner();

  /** As ONOS writes it. */
  public abstract String text();

  /** The table that it is in. */
  public abstract int table();

  /** Its priority. */
  public abstract int priority();

  /**
   * What it is for a switch, its {@code source} being the owner; where {@link #unread} has actions,
   * without these. Empty if its match could not be read: then nobody can tell which packets hit it.
   */
  public abstract Optional<FlowEntry> entry();

  /** What of it could not be read; empty if all could. */
  public abstract ImmutableList<String> unread();

  /** Collects the parts. */
  public static Builder builder() {
    return new AutoValue_OtherEntry.Builder();
  }

  /** Collects the parts. Not thread-safe. */
  @AutoValue.Builder
  public abstract static class Builder {
    public abstract Builder kind(Kind kind);

    public abstract Builder owner(String owner);

    public abstract Builder text(String text);

    public abstract Builder table(int table);

    public abstract Builder priority(int priority);

    public abstract Builder entry(Optional<FlowEntry> entry);

    public abstract Builder unread(Iterable<String> unread);

    public abstract OtherEntry build();
  }
}
