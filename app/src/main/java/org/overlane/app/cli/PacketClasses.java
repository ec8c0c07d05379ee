/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.cli;

import java.util.Arrays;
import org.overlane.config.ConfigException;
import org.overlane.config.FlowTablesJson;
import org.overlane.flowrules.feature.PacketClass;

/** Packet classes by the names that people type. */
final class PacketClasses {
  private PacketClasses() {}

  /**
   * The class of this name, as in {@code vxlan-receive}.
   *
   * @throws ConfigException if there is none
   */
  static PacketClass named(String name) {
    return Arrays.stream(PacketClass.values())
        .filter(c -> FlowTablesJson.word(c).equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                ConfigException.quoting(
                    "class",
                    name,
                    "there is no such packet class",
                    "docs/pipeline.md describes them; the tabulator key completes their names"));
  }
}
