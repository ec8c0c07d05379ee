/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.cli;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.overlane.app.api.ClassCounters;
import org.overlane.app.rest.CountersJson;
import org.overlane.config.FlowTablesJson;
import org.overlane.flowrules.feature.PacketClass;
import org.overlane.flowrules.model.NodeId;

/** Shows what the entries of a switch have counted. */
@Service
@Command(
    scope = "onos",
    name = "overlane-counters",
    description = "Shows what the entries of a switch have counted, by packet class")
public final class CountersCommand extends OverlaneCommand {
  @Argument(name = "device", description = "Device id", required = true)
  @Completion(SwitchCompleter.class)
  private String device;

  @Option(name = "--class", description = "Only this packet class; not with --json")
  @Completion(PacketClassCompleter.class)
  private String packetClass;

  @Override
  void run() {
    NodeId id = known(device).id();
    Optional<PacketClass> only = Optional.ofNullable(packetClass).map(PacketClasses::named);
    ImmutableList<ClassCounters> counters = overlane().counters(id);
    if (outputJson()) {
      show(CountersJson.of(id, counters));
      return;
    }
    List<List<String>> rows = new ArrayList<>();
    rows.add(ImmutableList.of("CLASS", "ENTRIES", "PACKETS", "BYTES"));
    for (ClassCounters counted : counters) {
      if (!only.isPresent() || only.get() == counted.packetClass()) {
        rows.add(
            ImmutableList.of(
                FlowTablesJson.word(counted.packetClass()),
                Integer.toString(counted.entries()),
                Long.toString(counted.packets()),
                Long.toString(counted.bytes())));
      }
    }
    table(rows);
  }
}
