/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.e2e;

import java.util.Locale;
import org.overlane.e2e.lab.Vm;

/** An address family of the VMs, and what its packets look like. */
enum Family {
  IPV4(20, 3, 4, 576),
  IPV6(40, 2, 0, 1280);

  private static final int ECHO_HEADER = 8;
  private static final int TCP_HEADER = 20;

  private final int header;

  /** ICMP type and code that say that a packet is too large. */
  final int type;

  final int code;

  /** Bytes of the largest ICMP error. */
  final int longestError;

  Family(int header, int type, int code, int longestError) {
    this.header = header;
    this.type = type;
    this.code = code;
    this.longestError = longestError;
  }

  String address(Vm vm) {
    return this == IPV4 ? vm.ipv4() : vm.ipv6();
  }

  /** Bytes of echo data that make a packet of this many bytes. */
  int echoData(int packet) {
    return packet - header - ECHO_HEADER;
  }

  /** The largest segment that fits a packet of this many bytes. */
  int mss(int packet) {
    return packet - header - TCP_HEADER;
  }

  /** The counter of packets that were answered. */
  String answered() {
    return "answered-" + name().toLowerCase(Locale.ROOT);
  }
}
