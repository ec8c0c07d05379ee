/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.openflow.channel;

import org.projectfloodlight.openflow.protocol.OFErrorMsg;
import org.projectfloodlight.openflow.protocol.OFFlowRemoved;
import org.projectfloodlight.openflow.protocol.OFPacketIn;
import org.projectfloodlight.openflow.protocol.OFPortStatus;

/**
 * Told what happens on the switches. For one switch the calls come one after another, in the order
 * in which the messages arrived; for different switches they may run at the same time.
 * Implementations do not block.
 */
public interface SwitchListener {

  /** The handshake is complete and no other connection of the same datapath id is alive. */
  void connected(SwitchConnection connection);

  void disconnected(SwitchConnection connection, String reason);

  void portStatus(SwitchConnection connection, OFPortStatus status);

  void packetIn(SwitchConnection connection, OFPacketIn packetIn);

  void flowRemoved(SwitchConnection connection, OFFlowRemoved removed);

  /** An error message that belongs to no pending request. */
  void error(SwitchConnection connection, OFErrorMsg error);
}
