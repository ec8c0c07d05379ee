/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.openflow.provider;

import com.google.common.collect.ImmutableList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.onosproject.net.flow.DefaultTableStatisticsEntry;
import org.onosproject.net.flow.IndexTableId;
import org.onosproject.net.flow.TableStatisticsEntry;
import org.projectfloodlight.openflow.protocol.OFTableStatsEntry;
import org.projectfloodlight.openflow.protocol.OFTableStatsReply;

/** Reads how full the tables of a switch are and how many packets they saw. */
final class TableStatistics {

  CompletableFuture<List<TableStatisticsEntry>> read(ConnectedSwitch device) {
    return device
        .connection()
        .<OFTableStatsReply>requestStats(
            device.connection().factory().buildTableStatsRequest().build())
        .thenApply(
            parts -> {
              ImmutableList.Builder<TableStatisticsEntry> entries = ImmutableList.builder();
              parts.forEach(
                  part -> part.getEntries().forEach(entry -> entries.add(entry(device, entry))));
              return entries.build();
            });
  }

  private static TableStatisticsEntry entry(ConnectedSwitch device, OFTableStatsEntry entry) {
    return DefaultTableStatisticsEntry.builder()
        .withDeviceId(device.id())
        .withTableId(IndexTableId.of(entry.getTableId().getValue()))
        .withActiveFlowEntries(entry.getActiveCount())
        .withPacketsLookedUpCount(entry.getLookupCount().getValue())
        .withPacketsMatchedCount(entry.getMatchedCount().getValue())
        .build();
  }
}
