/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.tunnels.provision;

import com.google.common.collect.ImmutableList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.overlane.config.DeviceConfig;
import org.overlane.flowrules.model.NodeId;
import org.overlane.tunnels.discovery.Discovery;
import org.overlane.tunnels.ovsdb.Database;
import org.overlane.tunnels.ovsdb.Row;

/**
 * Compares what is wanted of the bridges of a host with what its database has.
 *
 * <p>Whatever is made or set bears a mark in the external ids, with the name of the owner. Only
 * what bears it is ever changed or removed. What somebody else has made or set stands: either it
 * will do, or it is a conflict, which only people can settle.
 */
public final class Provisioning {
  /** On rows that were made: ports, interfaces, controllers. */
  public static final String OWNER = "overlane-owner";

  /** On a bridge whose fail mode was set. */
  static final String FAIL_MODE = "overlane-fail-mode";

  /** On a bridge for which OpenFlow 1.3 was enabled. */
  static final String PROTOCOLS = "overlane-protocols";

  private Provisioning() {}

  /**
   * What is to be done, bridge by bridge, by name; nothing but empty plans if all is as it should
   * be. A bridge that is just being made, or whose switch has not reported since the database was
   * started, has no plan.
   *
   * @param devices those that are declared to be on this host, with and without {@code provision}
   * @param elsewhere those that are declared to be on another host, or on this one by another
   *     address: they are not looked at
   * @param owner in whose name it is done; what bears another name is somebody else's
   */
  public static ImmutableList<ProvisionPlan> plans(
      Iterable<DeviceConfig> devices, Set<NodeId> elsewhere, Database database, String owner) {
    Map<NodeId, DeviceConfig> byId = new HashMap<>();
    devices.forEach(device -> byId.put(device.id(), device));
    return database.rows("Bridge").stream()
        .map(
            bridge ->
                Discovery.device(bridge)
                    .filter(id -> !elsewhere.contains(id))
                    .map(id -> plan(database, bridge, owner, id, byId.get(id))))
        .filter(Optional::isPresent)
        .map(Optional::get)
        .sorted(Comparator.comparing(ProvisionPlan::bridge))
        .collect(ImmutableList.toImmutableList());
  }

  private static ProvisionPlan plan(
      Database database, Row bridge, String owner, NodeId id, DeviceConfig device) {
    return new BridgePlanner(database, bridge, owner)
        .plan(id, Optional.ofNullable(device).filter(d -> d.provision().isPresent()));
  }
}
