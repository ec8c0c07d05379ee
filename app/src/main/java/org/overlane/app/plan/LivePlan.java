/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.plan;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.overlane.app.api.OverlaneService;
import org.overlane.app.tunnels.OvsdbReport;
import org.overlane.flowrules.model.NetworkId;
import org.overlane.flowrules.model.NetworkModel;
import org.overlane.flowrules.model.NodeId;
import org.overlane.tunnels.discovery.BridgeFacts;
import org.overlane.tunnels.discovery.DeviceDiscovery;
import org.overlane.tunnels.plan.MtuChange;
import org.overlane.tunnels.plan.MtuPlan;
import org.overlane.tunnels.plan.PlanFacts;
import org.overlane.tunnels.plan.WhatIf;

/** The model in force and what the databases of hosts say, at one moment. Immutable. */
public final class LivePlan {
  private final NetworkModel model;
  private final PlanFacts facts;

  private LivePlan(NetworkModel model, PlanFacts facts) {
    this.model = model;
    this.facts = facts;
  }

  public static LivePlan of(OverlaneService overlane) {
    NetworkModel model = overlane.assembly(overlane.model().document()).model();
    Map<NodeId, BridgeFacts> bridges = new HashMap<>();
    for (NodeId id : model.nodes().keySet()) {
      overlane
          .ovsdb(id)
          .flatMap(OvsdbReport::discovery)
          .flatMap(DeviceDiscovery::bridge)
          .ifPresent(bridge -> bridges.put(id, bridge));
    }
    return new LivePlan(model, PlanFacts.of(bridges));
  }

  public NetworkModel model() {
    return model;
  }

  /** See {@link MtuPlan#of(NetworkModel, PlanFacts, Optional, Optional)}. */
  public MtuPlan plan(Optional<NetworkId> network, Optional<NodeId> device) {
    return MtuPlan.of(model, facts, network, device);
  }

  /**
   * What other MTUs would change.
   *
   * @throws org.overlane.config.ConfigException with all that is wrong, see {@link MtuChange#parse}
   */
  public WhatIf whatIf(List<String> changes) {
    return WhatIf.of(model, facts, MtuChange.parse(changes, model));
  }
}
