/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.flowrules.feature;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import org.overlane.flowrules.model.OfPort;
import org.overlane.flowrules.openflow.Bits;
import org.overlane.flowrules.openflow.Field;
import org.overlane.flowrules.openflow.FieldValue;
import org.overlane.flowrules.pipeline.FlowSink;
import org.overlane.flowrules.pipeline.Pipeline;
import org.overlane.flowrules.pipeline.PortMeters;
import org.overlane.flowrules.pipeline.PriorityBand;

/**
 * The opening packets of TCP connections to other nodes take the way of the slow path, which lowers
 * their MSS. Each end does it for what its own VMs send, so both the SYN and the SYN-ACK pass once.
 */
final class MssClamp implements Feature {
  private static final int TCP = 6;
  private static final FieldValue WHOLE = FieldValue.masked(Field.NW_FRAG, Bits.ZERO, Bits.of(3));
  private static final FieldValue SYN =
      FieldValue.masked(Field.TCP_FLAGS, Bits.of(0x002), Bits.of(0x002));

  @Override
  public ImmutableSet<PacketClass> classes() {
    return ImmutableSet.of(PacketClass.MSS_CLAMP);
  }

  @Override
  public String explanation() {
    return "For each port of a network with `mssClamping`, and each IP version. Only frames for"
        + " other nodes get here, so connections within a node are left alone. Where no network"
        + " clamps, no frame enters the table, and no megaflow looks at TCP flags. A SYN in"
        + " fragments is left alone: Open vSwitch shows the flags of the first one, whose TCP header"
        + " may be cut. The miss leads on to Oversize.";
  }

  @Override
  public void compileNode(NodeContext node, FlowSink out) {
    if (node.checksSize()) {
      out.entry(Pipeline.MSS_CLAMP, PriorityBand.MISS, PacketClass.MSS_CLAMP, "the pipeline itself")
          .goTo(Pipeline.OVERSIZE);
    }
  }

  @Override
  public void compileNetwork(NetworkContext network, FlowSink out) {
    if (!network.clampsMss()) {
      return;
    }
    for (OfPort port : network.localPorts()) {
      for (int etherType : ImmutableList.of(Oversize.IPV4, Oversize.IPV6)) {
        out.entry(Pipeline.MSS_CLAMP, PriorityBand.KNOWN, PacketClass.MSS_CLAMP, network.source())
            .vni(network.vni())
            .inPort(port)
            .match(Field.ETH_TYPE, etherType)
            .match(Field.IP_PROTO, TCP)
            .match(WHOLE)
            .match(SYN)
            .toController(PortMeters.of(port, PortMeters.Purpose.SYN));
      }
    }
  }
}
