/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.flowrules.feature;

import com.google.common.collect.ImmutableSet;
import org.overlane.flowrules.model.Uplink;
import org.overlane.flowrules.pipeline.FlowSink;
import org.overlane.flowrules.pipeline.Pipeline;
import org.overlane.flowrules.pipeline.PriorityBand;

/**
 * Whatever the management OS sends leaves by its uplink: unicast, broadcast, super-packets, packets
 * that it has encapsulated itself. It is compared with nothing else, so nothing of it can reach a
 * tunnel or a VM, and no lowered MTU of the overlay concerns it.
 */
final class ManagementBypass implements Feature {
  @Override
  public ImmutableSet<PacketClass> classes() {
    return ImmutableSet.of(PacketClass.MANAGEMENT_BYPASS);
  }

  @Override
  public String explanation() {
    return "One entry for each management port, in the highest band of the first table, on the"
        + " port alone. With NORMAL forwarding, broadcast from the host would be copied into the"
        + " tunnel and to VMs; here it has exactly one way out.";
  }

  @Override
  public void compileNode(NodeContext node, FlowSink out) {
    for (Uplink uplink : node.node().uplinks()) {
      uplink
          .management()
          .ifPresent(
              management ->
                  out.entry(
                          Pipeline.CLASSIFY,
                          PriorityBand.BYPASS,
                          PacketClass.MANAGEMENT_BYPASS,
                          "management port " + management.port())
                      .inPort(management.port())
                      .output(uplink.port()));
    }
  }
}
