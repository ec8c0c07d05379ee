/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.flowrules.trace;

import java.util.ArrayList;
import java.util.List;
import org.overlane.flowrules.model.MacAddress;

/** Does the datapath actions that {@code ofproto/trace} prints last, to one packet. */
final class DatapathActions {
  private static final String HEADING = "Datapath actions: ";

  private final int length;
  private final List<String> ends = new ArrayList<>();
  private final List<String> checks = new ArrayList<>();
  private long source;
  private long destination;

  private DatapathActions(TracedPacket packet) {
    this.length = packet.checkedLength();
    this.source = packet.ethSrc().toLong();
    this.destination = packet.ethDst().toLong();
  }

  /** Does what {@code ofproto/trace} says last. */
  static DatapathActions run(String trace, TracedPacket packet) {
    int at = trace.lastIndexOf(HEADING);
    if (at < 0 || trace.contains("recirc(")) {
      throw new IllegalArgumentException("no datapath actions, or more than once: " + trace);
    }
    DatapathActions actions = new DatapathActions(packet);
    actions.list(trace.substring(at + HEADING.length()).lines().findFirst().orElseThrow());
    return actions;
  }

  /** Each output as port, source and destination MAC; each copy for the controller. */
  List<String> ends() {
    return ends;
  }

  /** The comparisons of its length that the packet meets: {@code 1465 > 1464}. */
  List<String> checks() {
    return checks;
  }

  static String check(int length, int limit) {
    return length + (length > limit ? " > " : " <= ") + limit;
  }

  static String output(String port, long source, long destination) {
    return port + " " + MacAddress.of(source) + " " + MacAddress.of(destination);
  }

  private void list(String actions) {
    split(actions).forEach(this::action);
  }

  private void action(String action) {
    if (action.equals("drop") || action.startsWith("meter(")) { // which lets all pass
      return;
    } else if (action.startsWith("set(eth(")) {
      for (String part : split(inside(inside(action)))) {
        long value = MacAddress.parse(part.substring(4, 21)).toLong();
        long mask = part.length() > 21 ? MacAddress.parse(part.substring(22)).toLong() : -1;
        if (part.startsWith("src=")) {
          source = source & ~mask | value;
        } else {
          destination = destination & ~mask | value;
        }
      }
    } else if (action.startsWith("userspace(")) {
      String maxLength = action.substring(action.indexOf("max_len=") + "max_len=".length());
      ends.add("controller " + maxLength.replaceAll("\\D.*", ""));
    } else if (action.startsWith("check_pkt_len(")) {
      List<String> parts = split(inside(action));
      int limit = Integer.parseInt(parts.get(0).substring("size=".length()));
      boolean larger = length > limit;
      checks.add(check(length, limit));
      scoped(inside(parts.get(larger ? 1 : 2)));
    } else if (action.startsWith("clone(")) {
      scoped(inside(action));
    } else if (action.equals("br")) {
      ends.add(output("LOCAL", source, destination));
    } else if (action.matches("p\\d+")) {
      ends.add(output(action.substring(1), source, destination));
    } else {
      throw new IllegalArgumentException("unknown datapath action: " + action);
    }
  }

  private void scoped(String actions) {
    long oldSource = source;
    long oldDestination = destination;
    list(actions);
    source = oldSource;
    destination = oldDestination;
  }

  private static String inside(String action) {
    return action.substring(action.indexOf('(') + 1, action.length() - 1);
  }

  /** At the commas that are in no parentheses. */
  private static List<String> split(String text) {
    List<String> parts = new ArrayList<>();
    int depth = 0;
    int start = 0;
    for (int i = 0; i <= text.length(); i++) {
      char c = i == text.length() ? ',' : text.charAt(i);
      depth += c == '(' ? 1 : c == ')' ? -1 : 0;
      if (c == ',' && (depth == 0 || i == text.length())) {
        parts.add(text.substring(start, i));
        start = i + 1;
      }
    }
    return parts;
  }
}
