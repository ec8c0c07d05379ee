/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.flowrules.feature;

import com.google.common.collect.ImmutableSet;
import org.overlane.flowrules.pipeline.FlowSink;

/**
 * Packet classes that belong together, compiled in one place. A feature is stateless: its entries
 * depend on the node and the network given, and on nothing else. What depends on the node alone
 * comes from {@link #compileNode}; what depends on one network as well comes from {@link
 * #compileNetwork}, so that a change in one network concerns no other.
 */
public interface Feature {
  /** The classes of its entries; no other feature has entries of them. */
  ImmutableSet<PacketClass> classes();

  /** Why its entries are as they are, for the generated documentation; Markdown. */
  String explanation();

  /** Entries that depend on the node alone. */
  default void compileNode(NodeContext node, FlowSink out) {}

  /** Entries for one network that has an endpoint on the node. */
  default void compileNetwork(NetworkContext network, FlowSink out) {}
}
