/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.flowrules.feature;

/** Why there is no path from a node to another one in a network. */
public enum Obstacle {
  /** The sending node has no tunnel at all. */
  NO_TUNNEL("the sending device has no tunnel"),
  /** The two are in no common transport zone. */
  NO_COMMON_ZONE("the two devices are in no common zone"),
  /** The two have no VTEP address of a family that the network allows. */
  NO_COMMON_FAMILY("the two devices have no VTEP address of a family that the network allows"),
  /** The management OS has no port for the network. */
  NO_NETWORK_PORT("the management OS of the sending device has no port for the network"),
  /** There is no tunnel port for the address of the other node. */
  NO_REMOTE_PORT("the sending device has no tunnel port for the VTEP address of the other one");

  private final String title;

  Obstacle(String title) {
    this.title = title;
  }

  /** What follows "since", for people. */
  public String title() {
    return title;
  }
}
