/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.openflow.provider;

import com.google.common.collect.ImmutableList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.onosproject.net.flow.FlowRule;
import org.onosproject.net.flow.oldbatch.FlowRuleBatchEntry;
import org.onosproject.net.flow.oldbatch.FlowRuleBatchEntry.FlowRuleOperation;

/**
 * Collects what ONOS asks for, one rule at a time, when it finds that a switch differs from its
 * store. Sent together this costs one barrier, and a removal that is followed by the right rule
 * needs no removal at all: the ADD replaces the entry without a gap. Thread-safe.
 */
final class Reassertions {

  private Map<FlowRule, FlowRuleOperation> waiting = new LinkedHashMap<>();
  private boolean held;

  /** Adds an operation; an earlier one for the same table, priority and match is forgotten. */
  synchronized boolean add(FlowRuleOperation operation, FlowRule rule) {
    boolean first = waiting.isEmpty();
    // The key has to be replaced as well: equal rules may have different treatments.
    waiting.remove(rule);
    waiting.put(rule, operation);
    return first;
  }

  /** Forgets the operations for rules about which something newer was said. */
  synchronized void discard(Iterable<? extends FlowRule> rules) {
    if (!waiting.isEmpty()) {
      rules.forEach(waiting::remove);
    }
  }

  /**
   * While it holds, {@link #take} gives nothing: ONOS may be between a removal and its successor.
   */
  synchronized void hold(boolean hold) {
    held = hold;
  }

  /** What is waiting, in the order in which it was asked for; nothing is left. */
  synchronized List<FlowRuleBatchEntry> take() {
    if (held) {
      return ImmutableList.of();
    }
    ImmutableList.Builder<FlowRuleBatchEntry> entries = ImmutableList.builder();
    waiting.forEach((rule, operation) -> entries.add(new FlowRuleBatchEntry(operation, rule)));
    waiting = new LinkedHashMap<>();
    return entries.build();
  }
}
