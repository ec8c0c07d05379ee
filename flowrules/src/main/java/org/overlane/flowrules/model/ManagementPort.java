/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.flowrules.model;

import com.google.auto.value.AutoValue;

/** The port of a host's own IP stack, which owns the VTEP addresses that its uplink serves. */
@AutoValue
public abstract class ManagementPort {
  ManagementPort() {}

  public abstract OfPort port();

  /** The MAC address of the stack; frames to it are delivered. */
  public abstract MacAddress mac();

  /**
   * A management port.
   *
   * @throws IllegalArgumentException if the MAC is not unicast or the port is not attachable
   */
  public static ManagementPort of(OfPort port, MacAddress mac) {
    if (!port.isAttachable()) {
      throw new IllegalArgumentException(
          "a management port must be an ordinary port or LOCAL, not " + port);
    }
    if (!mac.isUnicast()) {
      throw new IllegalArgumentException(
          "the MAC of a management port must be unicast, not " + mac);
    }
    return new AutoValue_ManagementPort(port, mac);
  }
}
