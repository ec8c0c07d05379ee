/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.flowrules.reconcile;

import com.google.auto.value.AutoValue;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.Lists;
import java.util.Optional;
import org.overlane.flowrules.openflow.FlowEntry;
import org.overlane.flowrules.openflow.Group;

/**
 * The changes of a {@link FlowDiff} in an order that is safe to stop after any step: what a packet
 * needs is there before it is led to it, and nothing is taken away before its replacement is in
 * place. So an entry that is both on the switch and desired (the management bypass, VXLAN receive)
 * is there after every prefix of the plan.
 *
 * <ol>
 *   <li>groups added, then modified: entries may refer to them from now on;
 *   <li>entries added, last table first: the target of a goto is there before the goto;
 *   <li>entries modified, last table first;
 *   <li>entries removed, first table first: nothing leads to an entry that is gone;
 *   <li>groups removed: no entry refers to them any more, and a switch deletes the entries that
 *       refer to a deleted group (OpenFlow 1.3.5 section 6.5).
 * </ol>
 */
@AutoValue
public abstract class UpdatePlan {
  UpdatePlan() {}

  /** What a step does. The order of the constants is the order of the plan. */
  public enum Operation {
    ADD_GROUP,
    MODIFY_GROUP,
    ADD_ENTRY,
    MODIFY_ENTRY,
    REMOVE_ENTRY,
    REMOVE_GROUP
  }

  /** One change. */
  @AutoValue
  public abstract static class Step {
    Step() {}

    public abstract Operation operation();

    /** Present if the step concerns an entry. */
    public abstract Optional<FlowEntry> entry();

    /** Present if the step concerns a group. */
    public abstract Optional<Group> group();

    static Step of(Operation operation, FlowEntry entry) {
      return new AutoValue_UpdatePlan_Step(operation, Optional.of(entry), Optional.empty());
    }

    static Step of(Operation operation, Group group) {
      return new AutoValue_UpdatePlan_Step(operation, Optional.empty(), Optional.of(group));
    }
  }

  public abstract ImmutableList<Step> steps();

  /** The plan for a difference. */
  public static UpdatePlan of(FlowDiff diff) {
    ImmutableList.Builder<Step> steps = ImmutableList.builder();
    diff.groupAdds().forEach(g -> steps.add(Step.of(Operation.ADD_GROUP, g)));
    diff.groupModifies().forEach(g -> steps.add(Step.of(Operation.MODIFY_GROUP, g)));
    Lists.reverse(diff.adds()).forEach(e -> steps.add(Step.of(Operation.ADD_ENTRY, e)));
    Lists.reverse(diff.modifies()).forEach(e -> steps.add(Step.of(Operation.MODIFY_ENTRY, e)));
    diff.removes().forEach(e -> steps.add(Step.of(Operation.REMOVE_ENTRY, e)));
    diff.groupRemoves().forEach(g -> steps.add(Step.of(Operation.REMOVE_GROUP, g)));
    return new AutoValue_UpdatePlan(steps.build());
  }
}
