/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.flowrules.pipeline;

import com.google.common.collect.ImmutableMap;
import org.overlane.flowrules.model.Node;
import org.overlane.flowrules.model.OfPort;

/** The role of each port of one node. Immutable. */
public final class PortRoles {
  private final ImmutableMap<OfPort, PortRole> roles;

  private PortRoles(ImmutableMap<OfPort, PortRole> roles) {
    this.roles = roles;
  }

  /** The roles that the model gives: a port that it says nothing about can only be a VM's. */
  public static PortRoles of(Node node) {
    ImmutableMap.Builder<OfPort, PortRole> roles = ImmutableMap.builder();
    node.uplinks()
        .forEach(
            u -> {
              roles.put(u.port(), PortRole.UPLINK);
              u.management().ifPresent(m -> roles.put(m.port(), PortRole.MANAGEMENT));
            });
    node.tunnel().ifPresent(t -> t.ports().forEach(p -> roles.put(p, PortRole.TUNNEL)));
    return new PortRoles(roles.build());
  }

  public PortRole of(OfPort port) {
    return roles.getOrDefault(port, PortRole.VM);
  }
}
