/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.e2e.lab;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A bounded number of packets that ask for a controller's attention, for {@code
 * e2e/lab/tools/flood.py}. Immutable.
 */
public final class Flood {
  /** What kind of packet. */
  public enum Kind {
    /** IPv4 with the don't-fragment bit. */
    DF,
    /** IPv4 without it. */
    CLEAR,
    IPV6,
    /** TCP over IPv4. */
    SYN
  }

  private final Kind kind;
  private final List<String> words;

  private Flood(Kind kind, List<String> words) {
    this.kind = kind;
    this.words = List.copyOf(words);
  }

  /** Packets of 1500 bytes, or SYNs, all from one IP address. */
  public static Flood of(Kind kind, int count) {
    return new Flood(
        kind,
        List.of(
            "--kind", kind.name().toLowerCase(Locale.ROOT), "--count", Integer.toString(count)));
  }

  private Flood and(String... more) {
    List<String> all = new ArrayList<>(words);
    all.addAll(List.of(more));
    return new Flood(kind, all);
  }

  /** From this many made-up IP addresses in turn. */
  public Flood sources(int count) {
    return and("--sources", Integer.toString(count));
  }

  String destination(Vm to) {
    return kind == Kind.IPV6 ? to.ipv6() : to.ipv4();
  }

  List<String> words() {
    return words;
  }
}
