/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.flowrules.feature;

import org.overlane.flowrules.model.NetworkId;
import org.overlane.flowrules.model.NetworkModel;
import org.overlane.flowrules.model.Node;
import org.overlane.flowrules.pipeline.PortRoles;
import org.overlane.flowrules.pipeline.SwitchProfile;

/** One node of a model, as features see it. Immutable. */
public final class NodeContext {
  private final NetworkModel model;
  private final Node node;

  public NodeContext(NetworkModel model, Node node) {
    this.model = model;
    this.node = node;
  }

  public NetworkModel model() {
    return model;
  }

  public Node node() {
    return node;
  }

  public SwitchProfile profile() {
    return SwitchProfile.of(node.profile());
  }

  public PortRoles portRoles() {
    return PortRoles.of(node);
  }

  /** Whether the node has any part in the overlay; a br-phy has not. */
  public boolean hasOverlay() {
    return node.tunnel().isPresent() || !model.networksAt(node.id()).isEmpty();
  }

  /** Whether the node has a tunnel and can tell which frames are too large for it. */
  public boolean checksSize() {
    return node.checksSize() && node.tunnel().isPresent();
  }

  public NetworkContext network(NetworkId network) {
    return new NetworkContext(this, model.networks().get(network));
  }
}
