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
import org.overlane.flowrules.trace.Trace;
import org.overlane.flowrules.trace.TraceText;
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

  /** Of {@link Invariant#END_TO_END}, how the packet gets to the switch; else empty. */
  public abstract Optional<Sent> sent();

  /**
   * A frame that another switch sends into a tunnel, and that {@link #packet} is when it comes out.
   * Immutable.
   */
  @AutoValue
  public abstract static class Sent {
    Sent() {}

    /** The switch that sends it. */
    public abstract NodeId node();

    /** As it comes from a VM, with the port of that VM. */
    public abstract TracedPacket packet();

    /** Its way through the tables of the sender into the tunnel, for people. */
    public abstract String trace();

    /** The entries that it meets there, each with its source. */
    public abstract ImmutableList<FlowEntry> entries();

    static Sent of(NodeId node, Trace trace) {
      return new AutoValue_Violation_Sent(
          node, trace.packet(), TraceText.render(trace), trace.entries());
    }
  }

  static Violation of(
      Invariant invariant,
      NodeId node,
      String message,
      Optional<TracedPacket> packet,
      String trace,
      Iterable<FlowEntry> entries) {
    return new AutoValue_Violation(
        invariant, node, message, packet, trace, ImmutableList.copyOf(entries), Optional.empty());
  }

  /** A packet that a switch has got from another one. */
  static Violation endToEnd(
      NodeId node,
      String message,
      TracedPacket packet,
      String trace,
      Iterable<FlowEntry> entries,
      Sent sent) {
    return new AutoValue_Violation(
        Invariant.END_TO_END,
        node,
        message,
        Optional.of(packet),
        trace,
        ImmutableList.copyOf(entries),
        Optional.of(sent));
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
