/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.tunnels.plan;

import com.google.common.collect.ImmutableMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.overlane.config.PortRef;
import org.overlane.flowrules.model.NodeId;
import org.overlane.flowrules.model.OfPort;
import org.overlane.tunnels.discovery.BridgeFacts;
import org.overlane.tunnels.discovery.PortFacts;

/** What hosts tell and no model holds. Immutable. */
public final class PlanFacts {
  /** Of hosts that tell nothing, as offline. */
  public static final PlanFacts NONE = new PlanFacts(ImmutableMap.of());

  private final ImmutableMap<NodeId, BridgeFacts> bridges;

  private PlanFacts(ImmutableMap<NodeId, BridgeFacts> bridges) {
    this.bridges = bridges;
  }

  /**
   * What the databases of hosts say.
   *
   * @param bridges by device; nothing is known of devices that are not in it
   */
  public static PlanFacts of(Map<NodeId, BridgeFacts> bridges) {
    return new PlanFacts(ImmutableMap.copyOf(bridges));
  }

  /** What forwards the packets of a device. */
  Optional<BridgeFacts.Datapath> datapath(NodeId device) {
    return Optional.ofNullable(bridges.get(device)).map(BridgeFacts::datapath);
  }

  /** The MTU of a port in bytes, IP header included. */
  OptionalInt mtu(NodeId device, OfPort port) {
    return Optional.ofNullable(bridges.get(device))
        .flatMap(bridge -> bridge.port(PortRef.of(port)))
        .map(PortFacts::mtu)
        .orElse(OptionalInt.empty());
  }
}
