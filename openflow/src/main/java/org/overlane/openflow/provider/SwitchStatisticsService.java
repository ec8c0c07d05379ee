/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.openflow.provider;

import java.util.List;
import org.onosproject.net.DeviceId;

/** What the southbound knows of the switches that are connected to this node. Thread-safe. */
public interface SwitchStatisticsService {

  /** A snapshot of each connected switch, by ascending device id. */
  List<SwitchSnapshot> switches();

  /** The snapshot of one switch; empty if it is not connected to this node. */
  java.util.Optional<SwitchSnapshot> get(DeviceId id);
}
