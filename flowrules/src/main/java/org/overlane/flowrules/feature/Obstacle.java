/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.flowrules.feature;

/** Why there is no path from a node to another one in a network. */
public enum Obstacle {
  /** The sending node has no tunnel at all. */
  NO_TUNNEL,
  /** The two have no VTEP address of a family that the network allows. */
  NO_COMMON_FAMILY,
  /** The management OS has no port for the network. */
  NO_NETWORK_PORT,
  /** There is no tunnel port for the address of the other node. */
  NO_REMOTE_PORT
}
