/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.flowrules.model;

/**
 * An OpenFlow port number (OpenFlow 1.3.5 section 7.2.1): a physical or logical port, 1 to
 * 0xffffff00, or one of the reserved ports that the pipeline uses.
 */
public final class OfPort implements Comparable<OfPort> {
  /** Highest number of an ordinary port (OFPP_MAX). */
  public static final long MAX = 0xffffff00L;

  /** OFPP_IN_PORT: back out of the port of arrival. */
  public static final OfPort IN_PORT = new OfPort(0xfffffff8L);

  /** OFPP_TABLE: the start of the pipeline; valid in a packet-out only. */
  public static final OfPort TABLE = new OfPort(0xfffffff9L);

  /** OFPP_CONTROLLER. */
  public static final OfPort CONTROLLER = new OfPort(0xfffffffdL);

  /** OFPP_LOCAL: the switch's own network stack. */
  public static final OfPort LOCAL = new OfPort(0xfffffffeL);

  private final long number;

  private OfPort(long number) {
    this.number = number;
  }

  /**
   * The port with this number, reserved numbers included.
   *
   * @throws IllegalArgumentException if it is neither an ordinary port nor IN_PORT, TABLE,
   *     CONTROLLER or LOCAL
   */
  public static OfPort of(long number) {
    boolean ordinary = number >= 1 && number <= MAX;
    boolean reserved =
        number == IN_PORT.number
            || number == TABLE.number
            || number == CONTROLLER.number
            || number == LOCAL.number;
    if (!ordinary && !reserved) {
      throw new IllegalArgumentException(
          "no usable OpenFlow port number (1 to " + MAX + "): " + number);
    }
    return new OfPort(number);
  }

  /** The unsigned 32-bit number. */
  public long toLong() {
    return number;
  }

  /** Whether this is an ordinary port or LOCAL: something a link or a host is attached to. */
  public boolean isAttachable() {
    return number <= MAX || number == LOCAL.number;
  }

  @Override
  public int compareTo(OfPort other) {
    return Long.compare(number, other.number);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof OfPort && ((OfPort) other).number == number;
  }

  @Override
  public int hashCode() {
    return Long.hashCode(number);
  }

  /** The number, or the name that ovs-ofctl gives a reserved port. */
  @Override
  public String toString() {
    if (number <= MAX) {
      return Long.toString(number);
    }
    if (equals(LOCAL)) {
      return "LOCAL";
    }
    if (equals(CONTROLLER)) {
      return "CONTROLLER";
    }
    return equals(IN_PORT) ? "IN_PORT" : "TABLE";
  }
}
