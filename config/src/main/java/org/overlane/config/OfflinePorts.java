/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.config;

import java.util.Optional;
import org.overlane.flowrules.model.MacAddress;
import org.overlane.flowrules.model.NodeId;
import org.overlane.flowrules.model.OfPort;

/** See {@link PortDirectory#offline}. */
enum OfflinePorts implements PortDirectory {
  INSTANCE;

  @Override
  public boolean knows(NodeId device) {
    return true;
  }

  @Override
  public boolean hasPort(NodeId device, OfPort port) {
    return true;
  }

  @Override
  public Optional<OfPort> byName(NodeId device, String name) {
    return Optional.empty();
  }

  @Override
  public Optional<MacAddress> mac(NodeId device, OfPort port) {
    return Optional.empty();
  }
}
