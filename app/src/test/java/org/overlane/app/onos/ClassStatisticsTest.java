/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.onos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import com.google.common.collect.ImmutableList;
import org.junit.jupiter.api.Test;
import org.onosproject.core.ApplicationId;
import org.onosproject.core.DefaultApplicationId;
import org.onosproject.net.flow.FlowEntry;
import org.onosproject.net.flow.FlowEntry.FlowEntryState;
import org.onosproject.net.flow.FlowId;
import org.onosproject.net.flow.FlowRuleService;
import org.overlane.app.api.ClassCounters;
import org.overlane.flowrules.feature.PacketClass;
import org.overlane.flowrules.model.NodeId;

class ClassStatisticsTest {
  private static final NodeId NODE = NodeId.of("of:0000000000000001");
  private static final ApplicationId APP = new DefaultApplicationId(5, "org.overlane");

  private static FlowEntry entry(int app, long id, FlowEntryState state, long packets) {
    FlowEntry entry = mock(FlowEntry.class);
    when(entry.appId()).thenReturn((short) app);
    when(entry.id()).thenReturn(FlowId.valueOf(id));
    when(entry.state()).thenReturn(state);
    when(entry.packets()).thenReturn(packets);
    when(entry.bytes()).thenReturn(packets * 100);
    return entry;
  }

  private static long cookie(PacketClass packetClass, int hash) {
    return 5L << 48 | (long) packetClass.id() << 40 | hash;
  }

  @Test
  void addsUpOwnEntriesThatTheSwitchHas() {
    long first = cookie(PacketClass.VXLAN_RECEIVE, 1);
    long second = cookie(PacketClass.VXLAN_RECEIVE, 2);
    long other = cookie(PacketClass.HOST_RECEIVE, 3);
    ImmutableList<FlowEntry> entries =
        ImmutableList.of(
            entry(5, first, FlowEntryState.ADDED, 3),
            entry(5, second, FlowEntryState.ADDED, 4),
            entry(5, other, FlowEntryState.ADDED, 5),
            entry(5, other, FlowEntryState.PENDING_ADD, 6),
            entry(6, first, FlowEntryState.ADDED, 7),
            entry(5, 5L << 48, FlowEntryState.ADDED, 8));
    FlowRuleService rules = mock(FlowRuleService.class);
    when(rules.getFlowEntries(OnosFabric.device(NODE))).thenReturn(entries);
    assertThat(ClassStatistics.read(APP, rules, NODE))
        .containsExactlyInAnyOrder(
            ClassCounters.of(PacketClass.VXLAN_RECEIVE, 2, 7, 700),
            ClassCounters.of(PacketClass.HOST_RECEIVE, 1, 5, 500));
  }
}
