/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.openflow.provider;

import com.google.auto.value.AutoValue;
import java.time.Instant;
import java.util.Optional;
import org.onosproject.net.DeviceId;
import org.overlane.openflow.channel.SwitchCounters;
import org.overlane.openflow.channel.SwitchProfileInfo;

/** One connected switch at one moment. Immutable. */
@AutoValue
public abstract class SwitchSnapshot {

  public abstract DeviceId id();

  /** When the handshake of this connection was complete. */
  public abstract Instant connectedSince();

  /** What the switch said about itself in the handshake. */
  public abstract SwitchProfileInfo info();

  /** Messages of this connection by type. */
  public abstract SwitchCounters counters();

  /** The role of this node as the switch confirmed it: MASTER, SLAVE or EQUAL. */
  public abstract String role();

  /** Packet-ins that wait for ONOS to take them. */
  public abstract int packetInsWaiting();

  /** Packet-ins dropped because ONOS did not take them fast enough. */
  public abstract long packetInsDropped();

  /** Why a rule, group or meter was last refused, by the switch or before it was sent. */
  public abstract Optional<String> lastRefusal();

  static SwitchSnapshot of(ConnectedSwitch device) {
    return new AutoValue_SwitchSnapshot(
        device.id(),
        device.since(),
        device.connection().info(),
        device.connection().counters(),
        device.connection().role().name().replace("ROLE_", ""),
        device.packets().waiting(),
        device.packets().dropped(),
        device.lastRefusal());
  }
}
