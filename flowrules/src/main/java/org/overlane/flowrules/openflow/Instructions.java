/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.flowrules.openflow;

import com.google.auto.value.AutoValue;
import com.google.common.collect.ImmutableList;
import java.util.Optional;

/**
 * The instructions of a flow entry, executed in the order of OpenFlow 1.3.5 section 5.9: meter,
 * apply-actions, write-metadata, goto-table. The pipeline has no use for action sets, so
 * write-actions and clear-actions do not exist here. Nothing at all drops the packet.
 */
@AutoValue
public abstract class Instructions {
  public static final Instructions DROP = builder().build();

  Instructions() {}

  public abstract Optional<Long> meter();

  public abstract ImmutableList<Action> applyActions();

  /** Value and mask of {@link Field#METADATA}. */
  public abstract Optional<FieldValue> writeMetadata();

  /** The next table, greater than the table of the entry. */
  public abstract Optional<Integer> gotoTable();

  public boolean isDrop() {
    return equals(DROP);
  }

  public static Builder builder() {
    return new AutoValue_Instructions.Builder().applyActions(ImmutableList.of());
  }

  /** Collects instructions. Not thread-safe. */
  @AutoValue.Builder
  public abstract static class Builder {
    public abstract Builder meter(long id);

    public abstract Builder applyActions(Iterable<Action> actions);

    public abstract Builder writeMetadata(FieldValue metadata);

    public abstract Builder gotoTable(int table);

    public abstract Instructions build();
  }
}
