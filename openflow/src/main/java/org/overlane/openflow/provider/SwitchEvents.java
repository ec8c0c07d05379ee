/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.openflow.provider;

import org.projectfloodlight.openflow.protocol.OFFlowRemoved;
import org.projectfloodlight.openflow.protocol.OFPacketIn;
import org.projectfloodlight.openflow.protocol.OFPortStatus;

/**
 * What the providers are told of switches. For one switch the calls come one after another, on a
 * thread that may block; packet-ins have a queue of their own.
 */
interface SwitchEvents {

  default void connected(ConnectedSwitch device) {}

  default void disconnected(ConnectedSwitch device) {}

  /** The switch confirmed that this node is its master, perhaps not for the first time. */
  default void mastered(ConnectedSwitch device) {}

  /** This node is not the master of the switch any more. */
  default void unmastered(ConnectedSwitch device) {}

  /** The switch took a meter; rules that refer to it have a chance now. */
  default void meterInstalled(ConnectedSwitch device) {}

  default void portStatus(ConnectedSwitch device, OFPortStatus status) {}

  default void packetIn(ConnectedSwitch device, OFPacketIn packetIn) {}

  default void flowRemoved(ConnectedSwitch device, OFFlowRemoved removed) {}
}
