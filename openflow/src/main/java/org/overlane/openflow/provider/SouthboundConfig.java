/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.openflow.provider;

/** The settings that can change while switches are connected. */
interface SouthboundConfig {

  /** Seconds between two reads of the flow entries, groups and meters of a switch, 1..3600. */
  int flowStatisticsInterval();

  /** Seconds between two reads of the port statistics of a switch, 1..3600. */
  int portStatisticsInterval();
}
