/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.slowpath;

import com.google.auto.value.AutoValue;
import java.util.Optional;
import org.overlane.flowrules.model.NetworkId;
import org.overlane.flowrules.model.NodeId;

/** Where packets are counted: the node that sent them here, and their network if it is known. */
@AutoValue
public abstract class Place {
  Place() {}

  public abstract NodeId node();

  /** Empty for packets of nobody that the model knows. */
  public abstract Optional<NetworkId> network();

  static Place of(NodeId node, Optional<NetworkId> network) {
    return new AutoValue_Place(node, network);
  }
}
