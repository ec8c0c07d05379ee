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
    List<String> words = new ArrayList<>(List.of(marker));
    words.addAll(interfaces);
    return new Capture(watch("capture.py", words));
  }

  /** Starts to decode the ICMP errors that the first interface sees. */
  public Decoded<Decoded.IcmpError> errors() {
    return Decoded.errors(watch("decode.py", List.of(interfaces.get(0), "errors")));
  }

  /** Starts to decode the TCP SYNs that the first interface sees. */
  public Decoded<Decoded.Syn> syns() {
    return Decoded.syns(watch("decode.py", List.of(interfaces.get(0), "syns")));
  }

  private Background watch(String tool, List<String> arguments) {
    List<String> words = new ArrayList<>(where);
    words.add(Repository.tool(tool));
    words.addAll(arguments);
    return Background.ready(lab.environment(), lab.script(words.toArray(String[]::new)));
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
