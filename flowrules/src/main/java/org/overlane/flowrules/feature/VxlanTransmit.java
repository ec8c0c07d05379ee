/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.flowrules.feature;

import com.google.common.collect.ImmutableSet;
import org.overlane.flowrules.model.OfPort;
import org.overlane.flowrules.model.TunnelEndpoint;
import org.overlane.flowrules.pipeline.FlowSink;
import org.overlane.flowrules.pipeline.Pipeline;
import org.overlane.flowrules.pipeline.PriorityBand;

/** The last step into the tunnel, where there is one port for all destinations of a frame. */
final class VxlanTransmit implements Feature {
  @Override
  public ImmutableSet<PacketClass> classes() {
    return ImmutableSet.of(PacketClass.VXLAN_TRANSMIT);
  }

  @Override
  public String explanation() {
    return "Native: one entry for all; VNI and remote address are set by now. management-os: one"
        + " entry for each network, to its port. With a port for each remote the choice of the"
        + " remote is the choice of the port, so Forward outputs by itself and this table stays"
        + " empty.";
  }

  @Override
  public void compileNode(NodeContext node, FlowSink out) {
    node.node()
        .tunnel()
        .filter(t -> t.mode() == TunnelEndpoint.Mode.NATIVE)
        .map(t -> ((TunnelEndpoint.Native) t).port())
        .ifPresent(
            port ->
                out.entry(
                        Pipeline.ENCAPSULATE,
                        PriorityBand.KNOWN,
                        PacketClass.VXLAN_TRANSMIT,
                        "tunnel port " + port)
                    .output(port));
  }

  @Override
  public void compileNetwork(NetworkContext network, FlowSink out) {
    network
        .node()
        .node()
        .tunnel()
        .filter(t -> t.mode() == TunnelEndpoint.Mode.MANAGEMENT_OS)
        .map(t -> ((TunnelEndpoint.ManagementOs) t).portByNetwork().get(network.network().id()))
        .ifPresent(port -> send(network, port, out));
  }

  private static void send(NetworkContext network, OfPort port, FlowSink out) {
    out.entry(
            Pipeline.ENCAPSULATE, PriorityBand.KNOWN, PacketClass.VXLAN_TRANSMIT, network.source())
        .vni(network.vni())
        .output(port);
  }
}
