/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.flowrules.feature;

import com.google.common.collect.ImmutableSet;
import org.overlane.flowrules.pipeline.FlowSink;
import org.overlane.flowrules.pipeline.Pipeline;
import org.overlane.flowrules.pipeline.PriorityBand;
import org.overlane.flowrules.pipeline.TableSpec;

/** What no entry wants is dropped by an entry, so that it is counted. */
final class TableMiss implements Feature {
  @Override
  public ImmutableSet<PacketClass> classes() {
    return ImmutableSet.of(PacketClass.TABLE_MISS);
  }

  @Override
  public String explanation() {
    return "One entry for each table in use whose miss drops. A switch without it would drop as"
        + " well, but count nothing an operator can see. In table 0 it counts spoofed source MACs,"
        + " ports that the model does not know, and packet-outs to the pipeline, for which there"
        + " is no use.";
  }

  @Override
  public void compileNode(NodeContext node, FlowSink out) {
    for (TableSpec table : Pipeline.TABLES) {
      boolean used = table == Pipeline.CLASSIFY || node.hasOverlay();
      if (used && !table.missNext().isPresent()) {
        out.entry(table, PriorityBand.MISS, PacketClass.TABLE_MISS, "the pipeline itself").drop();
      }
    }
  }
}
