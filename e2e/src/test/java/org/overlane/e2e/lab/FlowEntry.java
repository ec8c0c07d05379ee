/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.e2e.lab;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An entry as {@code ovs-ofctl dump-flows} prints it.
 *
 * @param cookie 64 bits, unsigned
 * @param match fields as printed, such as "nw_dst=192.0.2.1"
 */
public record FlowEntry(
    int table, int priority, long cookie, long packets, List<String> match, String actions) {
  private static final Pattern LINE =
      Pattern.compile(
          "cookie=0x(?<cookie>[0-9a-f]+), .*?table=(?<table>\\d+), n_packets=(?<packets>\\d+), "
              + "n_bytes=\\d+,.*?priority=(?<priority>\\d+)(?:,(?<match>\\S+))?"
              + " actions=(?<actions>.*)");

  static FlowEntry parse(String line) {
    Matcher m = LINE.matcher(line);
    if (!m.find()) {
      throw new IllegalArgumentException("not a flow entry: " + line);
    }
    String match = m.group("match");
    return new FlowEntry(
        Integer.parseInt(m.group("table")),
        Integer.parseInt(m.group("priority")),
        Long.parseUnsignedLong(m.group("cookie"), 16),
        Long.parseLong(m.group("packets")),
        match == null ? List.of() : Arrays.asList(match.split(",")),
        m.group("actions"));
  }

  /** Whether a field is matched as printed, such as "in_port=1". */
  public boolean matches(String field) {
    return match.contains(field);
  }

  /** The application that ONOS says owns the entry: the upper 16 bits of its cookie. */
  public int owner() {
    return (int) (cookie >>> 48);
  }

  /** The packet class that Overlane says the entry is for: the 8 bits of its cookie below those. */
  public int packetClass() {
    return (int) (cookie >>> 40 & 0xff);
  }

  /** The same entry without an owner, as the offline compiler writes it. */
  public FlowEntry withoutOwner() {
    return new FlowEntry(table, priority, cookie & ~(0xffffL << 48), packets, match, actions);
  }

  /** What makes it the same entry for OpenFlow: no two of a switch have it in common. */
  public String key() {
    return "table=" + table + ",priority=" + priority + "," + String.join(",", match);
  }

  /** Everything but the counters. */
  public String program() {
    return "table="
        + table
        + ",priority="
        + priority
        + ",cookie=0x"
        + Long.toHexString(cookie)
        + ","
        + String.join(",", match)
        + ",actions="
        + actions;
  }
}
