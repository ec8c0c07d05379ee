/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.flowrules.openflow;

import com.google.auto.value.AutoValue;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * An action set (OpenFlow 1.3.5 section 5.10): that which a packet carries from table to table, and
 * that which a group bucket is (section 5.6.1). It holds one action of each kind, the last that was
 * written: a value for each field, a group, an output. Of a field with a mask, which the standard
 * does not have, the bits add up, as in Open vSwitch. Immutable.
 */
@AutoValue
public abstract class ActionSet {
  public static final ActionSet EMPTY =
      new AutoValue_ActionSet(ImmutableMap.of(), Optional.empty(), Optional.empty());

  ActionSet() {}

  abstract ImmutableMap<Field, FieldValue> fields();

  abstract Optional<Action> group();

  abstract Optional<Action> output();

  /** Whether actions may be in a set at all: a comparison of lengths has no place there. */
  public static boolean allows(Iterable<Action> actions) {
    for (Action action : actions) {
      if (action instanceof Action.CheckPacketLarger) {
        return false;
      }
    }
    return true;
  }

  /** With more actions; those that are not allowed are left out, see {@link #allows}. */
  public ActionSet write(Iterable<Action> actions) {
    Map<Field, FieldValue> fields = new LinkedHashMap<>(fields());
    Optional<Action> group = group();
    Optional<Action> output = output();
    for (Action action : actions) {
      if (action instanceof Action.SetField) {
        FieldValue value = ((Action.SetField) action).value();
        fields.merge(value.field(), value, ActionSet::merge);
      } else if (action instanceof Action.ToGroup) {
        group = Optional.of(action);
      } else if (action instanceof Action.Output) {
        output = Optional.of(action);
      }
    }
    return new AutoValue_ActionSet(ImmutableMap.copyOf(fields), group, output);
  }

  private static FieldValue merge(FieldValue before, FieldValue then) {
    Bits kept = before.value().and(then.mask().not(then.field().bits()));
    return FieldValue.masked(then.field(), kept.or(then.value()), before.mask().or(then.mask()));
  }

  public boolean isEmpty() {
    return equals(EMPTY);
  }

  /** What sends the packet on: the group, or else the output. A set without either drops it. */
  public Optional<Action> decisive() {
    return group().isPresent() ? group() : output();
  }

  /** Whether {@link #decisive} is one of these actions, which were the last to be written. */
  public boolean isDecidedBy(Iterable<Action> written) {
    if (decisive().isPresent()) {
      for (Action action : written) {
        if (action instanceof Action.ToGroup
            || (action instanceof Action.Output && !group().isPresent())) {
          return true;
        }
      }
    }
    return false;
  }

  /** In the order of execution: the fields, then the group or else the output. */
  public ImmutableList<Action> inOrder() {
    ImmutableList.Builder<Action> order = ImmutableList.builder();
    fields().values().forEach(value -> order.add(Action.setField(value)));
    decisive().ifPresent(order::add);
    return order.build();
  }
}
