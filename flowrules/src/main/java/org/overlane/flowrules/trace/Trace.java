/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.flowrules.trace;

import com.google.auto.value.AutoValue;
import com.google.common.collect.ImmutableList;
import java.util.Optional;
import org.overlane.flowrules.openflow.FlowEntry;

/** All that happens to one packet in one switch, in order. Immutable. */
@AutoValue
public abstract class Trace {
  Trace() {}

  public abstract TracedPacket packet();

  public abstract FragmentMode mode();

  public abstract ImmutableList<TraceStep> steps();

  /** Where its copies end, or may end, in order; at least one. */
  public ImmutableList<Disposition> dispositions() {
    return steps().stream()
        .filter(TraceStep.Ended.class::isInstance)
        .map(s -> ((TraceStep.Ended) s).disposition())
        .collect(ImmutableList.toImmutableList());
  }

  /** The entries that it meets, in order. */
  public ImmutableList<FlowEntry> entries() {
    return steps().stream()
        .filter(TraceStep.Matched.class::isInstance)
        .map(s -> ((TraceStep.Matched) s).entry())
        .collect(ImmutableList.toImmutableList());
  }

  /**
   * The entry that ends the way without output, where copies were output before: it drops what is
   * left, such as the copies for other nodes.
   */
  public Optional<FlowEntry> restDroppedBy() {
    ImmutableList<FlowEntry> entries = entries();
    if (entries.isEmpty()) {
      return Optional.empty();
    }
    FlowEntry last = entries.get(entries.size() - 1);
    boolean nothingMore =
        last.instructions().applyActions().isEmpty()
            && !last.instructions().gotoTable().isPresent()
            && steps().stream().noneMatch(Trace::sendsOn);
    boolean copies =
        dispositions().stream()
            .noneMatch(d -> d.kind() == Disposition.Kind.DROPPED_BY_ENTRY && d.choices().isEmpty());
    return nothingMore && copies ? Optional.of(last) : Optional.empty();
  }

  private static boolean sendsOn(TraceStep step) {
    return step instanceof TraceStep.ActionSetExecuted
        && ((TraceStep.ActionSetExecuted) step).set().decisive().isPresent();
  }

  static Trace of(TracedPacket packet, FragmentMode mode, Iterable<TraceStep> steps) {
    return new AutoValue_Trace(packet, mode, ImmutableList.copyOf(steps));
  }
}
