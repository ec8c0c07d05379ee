/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.openflow.provider;

import org.onosproject.net.PortNumber;
import org.projectfloodlight.openflow.types.OFPort;

/**
 * Port numbers of ONOS and OpenFlow. Both use 1..0xffffff00 for real ports; ONOS numbers the
 * reserved ones -8..-1, which are the same 32 bits with the sign extended.
 */
final class Ports {

  /** OFPP_MAX (OpenFlow 1.3.5 section 7.2.1). */
  private static final long MAX = 0xffffff00L;

  private Ports() {}

  static PortNumber toOnos(OFPort port) {
    return toOnos(port.getPortNumber());
  }

  /** From the 32 bits on the wire. */
  static PortNumber toOnos(int port) {
    long unsigned = Integer.toUnsignedLong(port);
    return PortNumber.portNumber(unsigned > MAX ? port : unsigned);
  }

  /** The 32 bits on the wire. */
  static int toWire(PortNumber port) throws UnsupportedRuleException {
    long number = port.toLong();
    if (number > MAX || number < Integer.MIN_VALUE) {
      throw new UnsupportedRuleException("port " + port + ": OpenFlow has 1.." + MAX);
    }
    return (int) number;
  }

  static OFPort toOpenFlow(PortNumber port) throws UnsupportedRuleException {
    try {
      return OFPort.of(toWire(port));
    } catch (IllegalArgumentException e) {
      throw new UnsupportedRuleException("port " + port + ": OpenFlow has no such port", e);
    }
  }
}
