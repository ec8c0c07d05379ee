/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.overlane.flowrules.model.NodeId;
import org.overlane.flowrules.openflow.FlowTables;
import org.overlane.flowrules.text.OfctlFormat;

/** Tables of switches as ovs-ofctl prints them. */
final class TablesInput {
  static final String FLOWS = ".flows";
  static final String GROUPS = ".groups";
  static final String METERS = ".meters";

  private TablesInput() {}

  /** What the names of a device's files begin with. */
  static String stem(NodeId id) {
    // A colon would be taken for a host by scp and rsync.
    return id.toString().replace(':', '-');
  }

  /**
   * The tables of those of some devices that have a file.
   *
   * @throws CommandFailure if there is none, or one cannot be understood
   */
  static Map<NodeId, FlowTables> read(Path path, Set<NodeId> nodes) {
    Map<NodeId, FlowTables> tables = new HashMap<>();
    if (Files.isDirectory(path)) {
      for (NodeId id : nodes) {
        Path file = path.resolve(stem(id) + FLOWS);
        if (Files.exists(file)) {
          tables.put(id, read(file));
        }
      }
      if (tables.isEmpty()) {
        throw CommandFailure.inUsage(
            "overlane: "
                + path
                + " has no tables of these devices; name them "
                + stem(nodes.iterator().next())
                + FLOWS
                + " and so on");
      }
    } else if (nodes.size() != 1) {
      throw CommandFailure.inUsage(
          "overlane: "
              + path
              + " is one file, but there are "
              + nodes.size()
              + " devices; say with --node whose tables these are");
    } else {
      tables.put(nodes.iterator().next(), read(path));
    }
    return tables;
  }

  private static FlowTables read(Path flows) {
    try {
      return OfctlFormat.parse(
          Files.readString(flows), beside(flows, GROUPS), beside(flows, METERS));
    } catch (IOException e) {
      throw CommandFailure.inUsage("overlane: cannot read " + flows + ": " + e);
    } catch (IllegalArgumentException e) {
      throw CommandFailure.inUsage(
          "overlane: cannot understand " + flows + " or what is beside it: " + e.getMessage());
    }
  }

  /** The groups or meters that belong to a file of flows; nothing where there is no such file. */
  private static String beside(Path flows, String ending) throws IOException {
    String name = flows.getFileName().toString();
    String stem = name.endsWith(FLOWS) ? name.substring(0, name.length() - FLOWS.length()) : name;
    Path file = flows.resolveSibling(stem + ending);
    return Files.exists(file) ? Files.readString(file) : "";
  }
}
