/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.flowrules.openflow;

import com.google.auto.value.AutoValue;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.Iterables;
import java.util.Optional;

/**
 * The instructions of a flow entry, executed in the order of OpenFlow 1.3.5 section 5.9: meter,
 * apply-actions, clear-actions, write-actions, write-metadata, goto-table. The pipeline has no use
 * for action sets; entries of other applications have. Nothing at all drops the packet, unless an
 * earlier entry has written to its action set.
 */
@AutoValue
public abstract class Instructions {
  public static final Instructions DROP = builder().build();

  Instructions() {}

  public abstract Optional<Long> meter();

  public abstract ImmutableList<Action> applyActions();

  /** Whether the action set is emptied, before anything is written to it. */
  public abstract boolean clearActions();

  /** What is written to the action set, in order. */
  public abstract ImmutableList<Action> writeActions();

  /** Value and mask of {@link Field#METADATA}. */
  public abstract Optional<FieldValue> writeMetadata();

  /** The next table, greater than the table of the entry. */
  public abstract Optional<Integer> gotoTable();

  public boolean isDrop() {
    return equals(DROP);
  }

  /** Whether it has anything to do with action sets. */
  public boolean hasActionSet() {
    return clearActions() || !writeActions().isEmpty();
  }

  /** Those that are applied, then those that are written to the action set. */
  public Iterable<Action> allActions() {
    return writeActions().isEmpty()
        ? applyActions()
        : Iterables.concat(applyActions(), writeActions());
  }

  public static Builder builder() {
    return new AutoValue_Instructions.Builder()
        .applyActions(ImmutableList.of())
        .clearActions(false)
        .writeActions(ImmutableList.of());
  }

  /** Collects instructions. Not thread-safe. */
  @AutoValue.Builder
  public abstract static class Builder {
    public abstract Builder meter(long id);

    public abstract Builder applyActions(Iterable<Action> actions);

    public abstract Builder clearActions(boolean clear);

    public abstract Builder writeActions(Iterable<Action> actions);

    public abstract Builder writeMetadata(FieldValue metadata);

    public abstract Builder gotoTable(int table);

    abstract Instructions autoBuild();

    /**
     * The instructions.
     *
     * @throws IllegalArgumentException if an action is written that no action set can hold
     */
    public Instructions build() {
      Instructions instructions = autoBuild();
      if (!ActionSet.allows(instructions.writeActions())) {
        throw new IllegalArgumentException(
            "write_actions cannot hold check_pkt_larger; apply it before");
      }
      return instructions;
    }
  }
}
