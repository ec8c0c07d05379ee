/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.flowrules.trace.path;

import org.overlane.flowrules.model.NodeId;
import org.overlane.flowrules.pipeline.PortMeters;
import org.overlane.flowrules.trace.TracedPacket;

/** What becomes of a packet that a switch hands to the controller. Must be a pure function. */
@FunctionalInterface
public interface Controller {
  /**
   * The decision about one packet.
   *
   * @param node the switch that sent it
   * @param packet as it arrived at the switch
   * @param purpose why it was sent, as its meter says
   */
  ControllerDecision decide(NodeId node, TracedPacket packet, PortMeters.Purpose purpose);
}
