/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.flowrules.feature;

import com.google.common.collect.ImmutableSet;
import org.overlane.flowrules.pipeline.FlowSink;
import org.overlane.flowrules.pipeline.Pipeline;
import org.overlane.flowrules.pipeline.PriorityBand;
import org.overlane.flowrules.pipeline.TableSpec;

/** Unicast to a MAC that the network does not have goes nowhere, and is counted by network. */
final class UnknownDestination implements Feature {
  @Override
  public ImmutableSet<PacketClass> classes() {
    return ImmutableSet.of(PacketClass.UNKNOWN_DESTINATION);
  }

  @Override
  public String explanation() {
    return "All MACs of a network are known, so an unknown one is nobody's: flooding it would only"
        + " load every node. One entry for each network in both tables that look a MAC up; its"
        + " counter tells an operator that an endpoint is missing from the model.";
  }

  @Override
  public void compileNetwork(NetworkContext network, FlowSink out) {
    if (network.node().node().tunnel().isPresent()) {
      drop(Pipeline.TUNNEL_INGRESS, network, out);
    }
    drop(Pipeline.FORWARD, network, out);
  }

  private static void drop(TableSpec table, NetworkContext network, FlowSink out) {
    out.entry(table, PriorityBand.UNKNOWN, PacketClass.UNKNOWN_DESTINATION, network.source())
        .vni(network.vni())
        .drop();
  }
}
