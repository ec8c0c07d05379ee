/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.flowrules.verify;

import com.google.auto.value.AutoValue;
import com.google.common.collect.ImmutableList;
import java.util.Optional;
import org.overlane.flowrules.model.NodeId;
import org.overlane.flowrules.openflow.FlowEntry;
import org.overlane.flowrules.trace.TracedPacket;

/** An invariant that does not hold, with a packet that shows it. Immutable. */
@AutoValue
public abstract class Violation {
  Violation() {}

  public abstract Invariant invariant();

  /** The switch whose tables are to blame. */
  public abstract NodeId node();

  /** What should happen, and what does. */
  public abstract String message();

  /**
   * A packet to which it happens; empty where the tables are wrong without one (a missing meter, an
   * entry that nothing hits), or only a frame shows it that cannot be described, such as one with a
   * group address as its source.
   */
  public abstract Optional<TracedPacket> packet();

  /** The way of the packet through the tables, for people; empty if there is no packet. */
  public abstract String trace();

  /** The entries to blame, each with its source; none where an entry is missing. */
  public abstract ImmutableList<FlowEntry> entries();

  static Violation of(
      Invariant invariant,
      NodeId node,
      String message,
      Optional<TracedPacket> packet,
      String trace,
      Iterable<FlowEntry> entries) {
    return new AutoValue_Violation(
        invariant, node, message, packet, trace, ImmutableList.copyOf(entries));
  }

  /** What to do about it. */
  public String remedy() {
    return entries().isEmpty()
        ? "Compare the tables with those that the model asks for (overlane compile): an entry is"
            + " missing, or what it refers to"
        : "Compare the entries with those that the model asks for (overlane compile): if the switch"
            + " has others, write these to it; if it has the same, the compiler is wrong: report it,"
            + " with the model";
  }

  /** One line. */
  @Override
  public final String toString() {
    return node() + ": " + invariant().id() + ": " + message();
  }
}
