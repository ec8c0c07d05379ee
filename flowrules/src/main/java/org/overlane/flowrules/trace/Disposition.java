/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.flowrules.trace;

import com.google.auto.value.AutoValue;
import com.google.common.collect.ImmutableList;
import java.util.Optional;
import org.overlane.flowrules.model.OfPort;
import org.overlane.flowrules.openflow.FlowEntry;

/** Where one copy of a packet ends, or may end if the switch chooses some buckets. Immutable. */
@AutoValue
public abstract class Disposition {
  /** The ways to end: a closed set. */
  public enum Kind {
    /** Leaves by {@link #port}. */
    OUTPUT,
    /** Goes to the controller, cut to {@link #maxLength}. */
    TO_CONTROLLER,
    /** The last entry that it met has nothing more to do with it. */
    DROPPED_BY_ENTRY,
    /**
     * No entry of a table matches: OpenFlow 1.3.5 section 5.4 drops it. Its action set goes with it
     * in a plain switch; Open vSwitch executes that first.
     */
    DROPPED_NO_MATCH,
    /** The switch drops all fragments, before any table. */
    DROPPED_FRAGMENT,
    /**
     * An output to the port of arrival does nothing, unless it says IN_PORT (OpenFlow 1.3.5 section
     * 5.12); and IN_PORT does nothing for a packet that came from the controller.
     */
    SUPPRESSED
  }

  Disposition() {}

  public abstract Kind kind();

  /** Of OUTPUT and SUPPRESSED; never IN_PORT, but the port that it stands for. */
  public abstract Optional<OfPort> port();

  /** Bytes of the frame that the controller gets, Ethernet header included; else 0. */
  public abstract int maxLength();

  /**
   * The entry that decided, which of an action set is the one that wrote its group or output; none
   * where no entry matched at all, or a packet-out did.
   */
  public abstract Optional<FlowEntry> entry();

  /** The packet at that moment, tunnel metadata included. */
  public abstract FieldView fields();

  /** What the switch must choose for this to happen, the outer group first; mostly nothing. */
  public abstract ImmutableList<BucketChoice> choices();

  /** That it happens only if the switch chooses so. */
  Disposition onlyIf(Iterable<BucketChoice> choices) {
    return new AutoValue_Disposition(
        kind(), port(), maxLength(), entry(), fields(), ImmutableList.copyOf(choices));
  }

  static Disposition of(Kind kind, Optional<FlowEntry> entry, FieldView fields) {
    return new AutoValue_Disposition(kind, Optional.empty(), 0, entry, fields, ImmutableList.of());
  }

  static Disposition atPort(Kind kind, OfPort port, Optional<FlowEntry> entry, FieldView fields) {
    return new AutoValue_Disposition(kind, Optional.of(port), 0, entry, fields, ImmutableList.of());
  }

  static Disposition toController(int maxLength, Optional<FlowEntry> entry, FieldView fields) {
    return new AutoValue_Disposition(
        Kind.TO_CONTROLLER, Optional.empty(), maxLength, entry, fields, ImmutableList.of());
  }
}
