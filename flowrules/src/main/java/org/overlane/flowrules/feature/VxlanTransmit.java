/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.flowrules.feature;

import com.google.common.collect.ImmutableSet;
import org.overlane.flowrules.model.OfPort;
import org.overlane.flowrules.model.TunnelEndpoint;
import org.overlane.flowrules.pipeline.EntryBuilder;
import org.overlane.flowrules.pipeline.FlowSink;
import org.overlane.flowrules.pipeline.Pipeline;
import org.overlane.flowrules.pipeline.PriorityBand;
import org.overlane.flowrules.pipeline.RegField;

/** The last step into the tunnel, where there is one port for all destinations of a frame. */
final class VxlanTransmit implements Feature {
  @Override
  public ImmutableSet<PacketClass> classes() {
    return ImmutableSet.of(PacketClass.VXLAN_TRANSMIT);
  }

  @Override
  public String explanation() {
    return "Native: one entry for all; VNI and remote address are set by now. management-os: one"
        + " entry for each network, to its port. With a port for each remote: one entry for each,"
        + " by the port that Forward has chosen; on a plain OpenFlow 1.3 switch, which has no"
        + " register to remember it, Forward outputs by itself.";
  }

  @Override
  public void compileNode(NodeContext node, FlowSink out) {
    node.node()
        .tunnel()
        .ifPresent(
            tunnel -> {
              if (tunnel.mode() == TunnelEndpoint.Mode.NATIVE) {
                entry(((TunnelEndpoint.Native) tunnel).port(), out)
                    .output(((TunnelEndpoint.Native) tunnel).port());
              } else if (tunnel.mode() == TunnelEndpoint.Mode.PORT_PER_REMOTE
                  && node.checksSize()) {
                tunnel
                    .ports()
                    .forEach(
                        port ->
                            entry(port, out)
                                .match(RegField.TUNNEL_PORT, port.toLong())
                                .output(port));
              }
            });
  }

  private static EntryBuilder entry(OfPort port, FlowSink out) {
    return out.entry(
        Pipeline.ENCAPSULATE,
        PriorityBand.KNOWN,
        PacketClass.VXLAN_TRANSMIT,
        "tunnel port " + port);
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
