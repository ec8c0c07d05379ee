/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.onos;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.onosproject.core.ApplicationId;
import org.onosproject.net.flow.FlowEntry;
import org.onosproject.net.flow.FlowRuleService;
import org.overlane.app.api.ClassCounters;
import org.overlane.flowrules.feature.PacketClass;
import org.overlane.flowrules.model.NodeId;
import org.overlane.flowrules.openflow.Cookie;

/** Adds up what the entries of a switch have counted. */
final class ClassStatistics {
  private ClassStatistics() {}

  /** One element for each packet class of which the switch has entries of ours. */
  static ImmutableList<ClassCounters> read(ApplicationId app, FlowRuleService rules, NodeId node) {
    SortedMap<PacketClass, List<FlowEntry>> byClass = new TreeMap<>();
    for (FlowEntry entry : rules.getFlowEntries(OnosFabric.device(node))) {
      if (entry.appId() == app.id() && entry.state() == FlowEntry.FlowEntryState.ADDED) {
        PacketClass.of(Cookie.ofBits(entry.id().value()))
            .ifPresent(c -> byClass.computeIfAbsent(c, k -> new ArrayList<>()).add(entry));
      }
    }
    ImmutableList.Builder<ClassCounters> all = ImmutableList.builder();
    byClass.forEach(
        (packetClass, entries) ->
            all.add(
                ClassCounters.of(
                    packetClass,
                    entries.size(),
                    entries.stream().mapToLong(FlowEntry::packets).sum(),
                    entries.stream().mapToLong(FlowEntry::bytes).sum())));
    return all.build();
  }
}
