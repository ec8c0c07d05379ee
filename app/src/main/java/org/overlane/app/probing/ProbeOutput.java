/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.probing;

import com.google.common.collect.ImmutableList;
import org.overlane.flowrules.model.NodeId;
import org.overlane.flowrules.openflow.Action;

/** Where probes go. */
@FunctionalInterface
public interface ProbeOutput {
  /**
   * Hands a frame to a switch, which is to do with it as the actions say. Does not block.
   *
   * @throws RuntimeException with the reason, if it cannot
   */
  void send(NodeId node, ImmutableList<Action> actions, byte[] frame);
}
