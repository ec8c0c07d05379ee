/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.flowrules.feature;

import com.google.common.collect.ImmutableSet;
import org.overlane.flowrules.model.Endpoint;
import org.overlane.flowrules.pipeline.FlowSink;
import org.overlane.flowrules.pipeline.Pipeline;
import org.overlane.flowrules.pipeline.PriorityBand;

/**
 * A VM's frames come in by its port and with its MAC, and get the VNI of its network. Port and MAC
 * together name the endpoint, so one port may carry endpoints of several networks.
 */
final class VmIngress implements Feature {
  @Override
  public ImmutableSet<PacketClass> classes() {
    return ImmutableSet.of(PacketClass.VM_INGRESS);
  }

  @Override
  public String explanation() {
    return "One entry for each local endpoint whose port is known. A frame with any other source"
        + " MAC meets no entry and is dropped and counted by the table miss, so no VM can send as"
        + " another one. The miss of table 10 leads on to Forward.";
  }

  @Override
  public void compileNode(NodeContext node, FlowSink out) {
    if (node.hasOverlay()) {
      out.entry(
              Pipeline.VM_INGRESS, PriorityBand.MISS, PacketClass.VM_INGRESS, "the pipeline itself")
          .goTo(Pipeline.FORWARD);
    }
  }

  @Override
  public void compileNetwork(NetworkContext network, FlowSink out) {
    for (Endpoint endpoint : network.local()) {
      out.entry(
              Pipeline.CLASSIFY,
              PriorityBand.KNOWN,
              PacketClass.VM_INGRESS,
              NetworkContext.source(endpoint))
          .inPort(endpoint.port().get())
          .ethSrc(endpoint.mac())
          .setVniAndGoTo(network.vni(), Pipeline.VM_INGRESS);
    }
  }
}
