/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.flowrules.feature;

import com.google.common.collect.ImmutableSet;
import org.overlane.flowrules.model.ManagementPort;
import org.overlane.flowrules.model.OfPort;
import org.overlane.flowrules.model.Uplink;
import org.overlane.flowrules.pipeline.FlowSink;
import org.overlane.flowrules.pipeline.Pipeline;
import org.overlane.flowrules.pipeline.PriorityBand;

/** Everything else that the management OS must get: its unicast, ARP, neighbour discovery. */
final class HostReceive implements Feature {
  @Override
  public ImmutableSet<PacketClass> classes() {
    return ImmutableSet.of(PacketClass.HOST_RECEIVE);
  }

  @Override
  public String explanation() {
    return "For each uplink with a management port: frames to its MAC, and all broadcast and"
        + " multicast, go to that port only. Unicast to any other MAC is dropped by the table"
        + " miss: nothing is flooded.";
  }

  @Override
  public void compileNode(NodeContext node, FlowSink out) {
    for (Uplink uplink : node.node().uplinks()) {
      uplink.management().ifPresent(management -> receive(uplink.port(), management, out));
    }
  }

  private static void receive(OfPort uplink, ManagementPort management, FlowSink out) {
    String source = "management port " + management.port();
    out.entry(Pipeline.CLASSIFY, PriorityBand.HOST_UNICAST, PacketClass.HOST_RECEIVE, source)
        .inPort(uplink)
        .ethDst(management.mac())
        .output(management.port());
    out.entry(Pipeline.CLASSIFY, PriorityBand.HOST_MULTICAST, PacketClass.HOST_RECEIVE, source)
        .inPort(uplink)
        .multicast()
        .output(management.port());
  }
}
