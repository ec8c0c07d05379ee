/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.model;

import java.util.Map;
import java.util.SortedMap;
import org.overlane.config.DeviceConfig;
import org.overlane.flowrules.model.NodeId;

/** The declared devices, wherever they are kept. */
public interface DeviceTable {
  /** Only what is correct by itself. */
  SortedMap<NodeId, DeviceConfig> read();

  /** Makes the declared devices these, one by one, with as few changes as it takes. */
  void write(Map<NodeId, DeviceConfig> wanted);
}
