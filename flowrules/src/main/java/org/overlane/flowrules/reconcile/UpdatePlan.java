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
import org.overlane.flowrules.openflow.Meter;

/**
 * The changes of a {@link FlowDiff} in an order that is safe to stop after any step: what a packet
 * needs is there before it is led to it, and nothing is taken away before its replacement is in
 * place. So an entry that is both on the switch and desired (the management bypass, VXLAN receive)
 * is there after every prefix of the plan.
 *
 * <ol>
 *   <li>meters and groups added, then modified: entries may refer to them from now on;
 *   <li>entries added, last table first: the target of a goto is there before the goto;
 *   <li>entries modified, last table first;
 *   <li>entries removed, first table first: nothing leads to an entry that is gone;
 *   <li>groups and meters removed: no entry refers to them any more, and a switch deletes the
 *       entries that refer to a deleted group or meter (OpenFlow 1.3.5 sections 6.5 and 6.6).
 * </ol>
 */
@AutoValue
public abstract class UpdatePlan {
  UpdatePlan() {}

  /** What a step does. The order of the constants is the order of the plan. */
  public enum Operation {
    ADD_METER,
    MODIFY_METER,
    ADD_GROUP,
    MODIFY_GROUP,
    ADD_ENTRY,
    MODIFY_ENTRY,
    REMOVE_ENTRY,
    REMOVE_GROUP,
    REMOVE_METER
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

    /** Present if the step concerns a meter. */
    public abstract Optional<Meter> meter();

    static Step of(Operation operation, FlowEntry entry) {
      return new AutoValue_UpdatePlan_Step(
          operation, Optional.of(entry), Optional.empty(), Optional.empty());
    }

    static Step of(Operation operation, Group group) {
      return new AutoValue_UpdatePlan_Step(
          operation, Optional.empty(), Optional.of(group), Optional.empty());
    }

    static Step of(Operation operation, Meter meter) {
      return new AutoValue_UpdatePlan_Step(
          operation, Optional.empty(), Optional.empty(), Optional.of(meter));
    }
  }

  public abstract ImmutableList<Step> steps();

  /** The plan for a difference. */
  public static UpdatePlan of(FlowDiff diff) {
    ImmutableList.Builder<Step> steps = ImmutableList.builder();
    diff.meterAdds().forEach(m -> steps.add(Step.of(Operation.ADD_METER, m)));
    diff.meterModifies().forEach(m -> steps.add(Step.of(Operation.MODIFY_METER, m)));
    diff.groupAdds().forEach(g -> steps.add(Step.of(Operation.ADD_GROUP, g)));
    diff.groupModifies().forEach(g -> steps.add(Step.of(Operation.MODIFY_GROUP, g)));
    Lists.reverse(diff.adds()).forEach(e -> steps.add(Step.of(Operation.ADD_ENTRY, e)));
    Lists.reverse(diff.modifies()).forEach(e -> steps.add(Step.of(Operation.MODIFY_ENTRY, e)));
    diff.removes().forEach(e -> steps.add(Step.of(Operation.REMOVE_ENTRY, e)));
    diff.groupRemoves().forEach(g -> steps.add(Step.of(Operation.REMOVE_GROUP, g)));
    diff.meterRemoves().forEach(m -> steps.add(Step.of(Operation.REMOVE_METER, m)));
    return new AutoValue_UpdatePlan(steps.build());
  }
}
