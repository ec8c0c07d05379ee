/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.e2e.lab;

import java.util.ArrayList;
import java.util.List;

/** Interfaces of a namespace: somewhere to capture or to send from. */
public final class Place {
  private final Lab lab;
  private final List<String> where;
  private final List<String> interfaces;

  Place(Lab lab, List<String> where, String... interfaces) {
    this.lab = lab;
    this.where = where;
    this.interfaces = List.of(interfaces);
  }

  /** Starts to watch for frames that carry the marker; returns when the capture runs. */
  public Capture capture(String marker) {
    List<String> words = new ArrayList<>(where);
    words.add(Repository.tool("capture.py"));
    words.add(marker);
    words.addAll(interfaces);
    return new Capture(lab.environment(), lab.script(words.toArray(String[]::new)));
  }

  /** Sends frames from the first interface; returns how many. */
  public int send(Packets packets) {
    List<String> words = new ArrayList<>(where);
    words.add(Repository.tool("send.py"));
    words.add("--iface");
    words.add(interfaces.get(0));
    words.addAll(packets.words());
    return Integer.parseInt(lab.lab(words.toArray(String[]::new)).strip());
  }

  /** Runs a program there and returns what it prints. */
  public String run(String... program) {
    List<String> words = new ArrayList<>(where);
    words.addAll(List.of(program));
    return lab.lab(words.toArray(String[]::new));
  }
}
