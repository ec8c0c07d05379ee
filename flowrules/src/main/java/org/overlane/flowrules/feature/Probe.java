/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.flowrules.feature;

import com.google.common.collect.ImmutableSet;
import org.overlane.flowrules.model.ProbeAddress;
import org.overlane.flowrules.pipeline.FlowSink;
import org.overlane.flowrules.pipeline.Pipeline;
import org.overlane.flowrules.pipeline.PortMeters;
import org.overlane.flowrules.pipeline.PriorityBand;

/**
 * What the controller sends through a tunnel to find out how large a packet may be, and whether
 * anything arrives at all, comes back to it at the other end.
 */
final class Probe implements Feature {
  @Override
  public ImmutableSet<PacketClass> classes() {
    return ImmutableSet.of(PacketClass.PROBE);
  }

  @Override
  public String explanation() {
    return "One entry where probing is on, whatever the number of networks and peers: probes come"
        + " with a VNI that both ends have, and their destination is a MAC address that no VM can"
        + " have. Table 20 looks at destination addresses anyway, so no megaflow is added. VMs"
        + " cannot reach the address: Forward drops what it does not know. What the underlay forges"
        + " is limited by the meter, and told from probes by the controller.";
  }

  @Override
  public void compileNode(NodeContext node, FlowSink out) {
    if (node.node().takesProbes() && node.node().tunnel().isPresent()) {
      out.entry(Pipeline.TUNNEL_INGRESS, PriorityBand.KNOWN, PacketClass.PROBE, "probing")
          .ethDst(ProbeAddress.of(node.node().id()))
          .toController(PortMeters.probes());
    }
  }
}
