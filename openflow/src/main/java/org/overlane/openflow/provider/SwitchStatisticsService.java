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

  /** Whether it listens for switches: not while another application or process is in the way. */
  boolean isListening();

  /**
   * How many connections of switches there were since it listens, those that are there included.
   */
  long connects();

  /** How many of them have ended. */
  long disconnects();

  /** The snapshot of one switch; empty if it is not connected to this node. */
  java.util.Optional<SwitchSnapshot> get(DeviceId id);
}
