/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.flowrules.feature;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.util.HashMap;
import java.util.Map;
import org.overlane.flowrules.model.Endpoint;
import org.overlane.flowrules.model.NodeId;
import org.overlane.flowrules.model.TunnelEndpoint;
import org.overlane.flowrules.openflow.Action;
import org.overlane.flowrules.pipeline.EntryBuilder;
import org.overlane.flowrules.pipeline.FlowSink;
import org.overlane.flowrules.pipeline.Pipeline;
import org.overlane.flowrules.pipeline.PriorityBand;

/** A VM's unicast frame goes where its destination is: the one lookup of the overlay. */
final class L2Forwarding implements Feature {
  @Override
  public ImmutableSet<PacketClass> classes() {
    return ImmutableSet.of(PacketClass.LOCAL_FORWARD, PacketClass.REMOTE_FORWARD);
  }

  @Override
  public String explanation() {
    return "One entry for each endpoint of each network that the node has a part in: to a port for"
        + " a local one, towards the VTEP of its node for a remote one. There the frame's length is"
        + " compared with what fits the underlay on this very path, in the datapath and by one"
        + " megaflow for both outcomes. Two VMs behind one port reach each other behind it: a"
        + " switch never outputs to the port of arrival.";
  }

  @Override
  public void compileNetwork(NetworkContext network, FlowSink out) {
    for (Endpoint endpoint : network.local()) {
      lookup(network, endpoint, PacketClass.LOCAL_FORWARD, out).output(endpoint.port().get());
    }
    Map<NodeId, ImmutableList<Action>> byNode = new HashMap<>();
    for (Endpoint endpoint : network.remote()) {
      send(
          network,
          byNode.computeIfAbsent(endpoint.node(), to -> actions(network, to)),
          lookup(network, endpoint, PacketClass.REMOTE_FORWARD, out));
    }
  }

  private static EntryBuilder lookup(
      NetworkContext network, Endpoint endpoint, PacketClass packetClass, FlowSink out) {
    return out.entry(
            Pipeline.FORWARD, PriorityBand.KNOWN, packetClass, NetworkContext.source(endpoint))
        .ethDst(endpoint.mac())
        .vni(network.vni());
  }

  private static void send(
      NetworkContext network, ImmutableList<Action> actions, EntryBuilder entry) {
    if (network.node().checksSize()) {
      entry.applyAndGoTo(actions, network.clampsMss() ? Pipeline.MSS_CLAMP : Pipeline.OVERSIZE);
    } else if (network.paths().first().mode() != TunnelEndpoint.Mode.PORT_PER_REMOTE) {
      entry.applyAndGoTo(actions, Pipeline.ENCAPSULATE);
    } else {
      entry.apply(actions);
    }
  }

  /** What is done to the frames for all endpoints of one node. */
  private static ImmutableList<Action> actions(NetworkContext network, NodeId to) {
    TunnelPath path = network.path(to);
    ImmutableList.Builder<Action> actions = ImmutableList.builder();
    if (network.node().checksSize()) {
      actions.addAll(path.destination());
      path.selectPort().ifPresent(actions::add);
      return actions.addAll(SizeCheck.actions(network.limit(to))).build();
    } else if (path.mode() != TunnelEndpoint.Mode.PORT_PER_REMOTE) {
      return path.destination();
    }
    network.node().profile().tunnelKey(network.vni()).map(Action::setField).ifPresent(actions::add);
    return actions.add(Action.output(path.port())).build();
  }
}
