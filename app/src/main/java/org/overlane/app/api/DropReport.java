/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.api;

import com.google.auto.value.AutoValue;
import com.google.common.collect.ImmutableList;
import org.overlane.flowrules.feature.PacketClass;
import org.overlane.flowrules.model.NodeId;

/** What switches have dropped, as they have counted it; some seconds old. Immutable. */
@AutoValue
public abstract class DropReport {
  DropReport() {}

  /** What an entry has dropped, since it was put there. */
  @AutoValue
  public abstract static class EntryRow {
    EntryRow() {}

    public abstract NodeId node();

    /** A class that drops, but for those whose entries cannot count (OVERSIZE_DROP). */
    public abstract PacketClass packetClass();

    /** 0 to 254. */
    public abstract int table();

    /** What in the model caused the entry: {@code tunnel port 9}. */
    public abstract String source();

    public abstract long packets();

    public static EntryRow of(
        NodeId node, PacketClass packetClass, int table, String source, long packets) {
      return new AutoValue_DropReport_EntryRow(node, packetClass, table, source, packets);
    }
  }

  /** What came to a meter, and what it dropped. */
  @AutoValue
  public abstract static class MeterRow {
    MeterRow() {}

    public abstract NodeId node();

    /** {@code fragments for the VTEP}, {@code oversize of port 11}. */
    public abstract String name();

    public abstract long seen();

    public abstract long dropped();

    public static MeterRow of(NodeId node, String name, long seen, long dropped) {
      return new AutoValue_DropReport_MeterRow(node, name, seen, dropped);
    }
  }

  /** By node, table and source. */
  public abstract ImmutableList<EntryRow> entries();

  /** By node and id. */
  public abstract ImmutableList<MeterRow> meters();

  public static DropReport of(Iterable<EntryRow> entries, Iterable<MeterRow> meters) {
    return new AutoValue_DropReport(ImmutableList.copyOf(entries), ImmutableList.copyOf(meters));
  }
}
