/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.flowrules.feature;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Maps;
import com.google.common.collect.Sets;
import java.util.Set;
import java.util.TreeSet;
import org.overlane.flowrules.model.Endpoint;
import org.overlane.flowrules.model.IpAddress;
import org.overlane.flowrules.model.NodeId;
import org.overlane.flowrules.model.OfPort;
import org.overlane.flowrules.model.TunnelEndpoint;
import org.overlane.flowrules.openflow.Action;
import org.overlane.flowrules.pipeline.EntryBuilder;
import org.overlane.flowrules.pipeline.FlowSink;
import org.overlane.flowrules.pipeline.Pipeline;
import org.overlane.flowrules.pipeline.PriorityBand;

/**
 * Frames from a tunnel get in by port and VNI, and then go to local VMs of that VNI only: never
 * back into a tunnel (split horizon), which is how a head-end replicated frame stays single.
 */
final class TunnelIngress implements Feature {
  @Override
  public ImmutableSet<PacketClass> classes() {
    return ImmutableSet.of(
        PacketClass.TUNNEL_INGRESS,
        PacketClass.TUNNEL_DELIVERY,
        PacketClass.TUNNEL_FLOOD,
        PacketClass.UNKNOWN_VNI);
  }

  @Override
  public String explanation() {
    return "By kind of tunnel, the VNI comes with the packet (native, port-per-remote: tunnel_id)"
        + " or is implied by the port (management-os). Only VNIs with an endpoint on this node get"
        + " in. A port for one remote admits the VNIs that this remote shares with the node. What"
        + " else comes from a tunnel port is dropped under a counter of its own. Table 20 may"
        + " output to VM ports only, by contract.";
  }

  @Override
  public void compileNode(NodeContext node, FlowSink out) {
    node.node()
        .tunnel()
        .ifPresent(
            tunnel ->
                Sets.difference(tunnel.ports(), portsWithoutUnknown(node, tunnel))
                    .forEach(port -> dropUnknownVni(port, out)));
  }

  /** A plain port stands for one VNI: if the node has a part in it, nothing unknown comes in. */
  private static Set<OfPort> portsWithoutUnknown(NodeContext node, TunnelEndpoint tunnel) {
    if (tunnel.mode() != TunnelEndpoint.Mode.MANAGEMENT_OS) {
      return ImmutableSet.of();
    }
    return ImmutableSet.copyOf(
        Maps.filterKeys(
                ((TunnelEndpoint.ManagementOs) tunnel).portByNetwork(),
                node.model().networksAt(node.node().id())::contains)
            .values());
  }

  private static void dropUnknownVni(OfPort port, FlowSink out) {
    out.entry(
            Pipeline.CLASSIFY, PriorityBand.UNKNOWN, PacketClass.UNKNOWN_VNI, "tunnel port " + port)
        .inPort(port)
        .drop();
  }

  @Override
  public void compileNetwork(NetworkContext network, FlowSink out) {
    network.node().node().tunnel().ifPresent(tunnel -> admit(network, tunnel, out));
    if (network.node().node().tunnel().isPresent()) {
      deliver(network, out);
    }
  }

  private static void admit(NetworkContext network, TunnelEndpoint tunnel, FlowSink out) {
    switch (tunnel.mode()) {
      case NATIVE:
        admit(network, ((TunnelEndpoint.Native) tunnel).port(), out)
            .tunnelKey(network.vni())
            .setVniAndGoTo(network.vni(), Pipeline.TUNNEL_INGRESS);
        break;
      case MANAGEMENT_OS:
        OfPort own =
            ((TunnelEndpoint.ManagementOs) tunnel).portByNetwork().get(network.network().id());
        if (own != null) {
          admit(network, own, out).setVniAndGoTo(network.vni(), Pipeline.TUNNEL_INGRESS);
        }
        break;
      case PORT_PER_REMOTE:
        for (OfPort port : portsOfMembers(network, (TunnelEndpoint.PortPerRemote) tunnel)) {
          admit(network, port, out)
              .tunnelKey(network.vni())
              .setVniAndGoTo(network.vni(), Pipeline.TUNNEL_INGRESS);
        }
        break;
      default:
        throw new AssertionError(tunnel.mode());
    }
  }

  private static EntryBuilder admit(NetworkContext network, OfPort port, FlowSink out) {
    return out.entry(
            Pipeline.CLASSIFY, PriorityBand.KNOWN, PacketClass.TUNNEL_INGRESS, network.source())
        .inPort(port);
  }

  /** All ports of all members: a remote may prefer another address family than this node. */
  private static Set<OfPort> portsOfMembers(
      NetworkContext network, TunnelEndpoint.PortPerRemote tunnel) {
    Set<OfPort> ports = new TreeSet<>();
    for (NodeId member : network.members()) {
      for (IpAddress vtep : network.node().model().node(member).get().vteps()) {
        OfPort port = tunnel.portByRemote().get(vtep);
        if (port != null) {
          ports.add(port);
        }
      }
    }
    return ports;
  }

  private static void deliver(NetworkContext network, FlowSink out) {
    for (Endpoint endpoint : network.local()) {
      out.entry(
              Pipeline.TUNNEL_INGRESS,
              PriorityBand.KNOWN,
              PacketClass.TUNNEL_DELIVERY,
              NetworkContext.source(endpoint))
          .vni(network.vni())
          .ethDst(endpoint.mac())
          .output(endpoint.port().get());
    }
    if (!network.localPorts().isEmpty()) {
      ImmutableList.Builder<Action> copies = ImmutableList.builder();
      network.localPorts().forEach(port -> copies.add(Action.output(port)));
      out.entry(
              Pipeline.TUNNEL_INGRESS,
              PriorityBand.KNOWN,
              PacketClass.TUNNEL_FLOOD,
              network.source())
          .vni(network.vni())
          .multicast()
          .apply(copies.build());
    }
  }
}
