/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.flowrules.model;

import java.util.regex.Pattern;

/** A 48-bit IEEE 802 MAC address. Immutable, thread-safe; ordered as an unsigned number. */
public final class MacAddress implements Comparable<MacAddress> {
  private static final Pattern FORM = Pattern.compile("[0-9a-fA-F]{2}(:[0-9a-fA-F]{2}){5}");
  private static final long GROUP_BIT = 1L << 40;

  private final long bits;

  private MacAddress(long bits) {
    this.bits = bits;
  }

  /**
   * The address with the given 48 bits, first octet most significant.
   *
   * @throws IllegalArgumentException if a bit above the 48th is set
   */
  public static MacAddress of(long bits) {
    if (bits >>> 48 != 0) {
      throw new IllegalArgumentException(
          "MAC address has more than 48 bits: 0x" + Long.toHexString(bits));
    }
    return new MacAddress(bits);
  }

  /**
   * Parses six hexadecimal octets separated by colons.
   *
   * @throws IllegalArgumentException if the text has any other form
   */
  public static MacAddress parse(String text) {
    if (!FORM.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "not a MAC address (six hexadecimal octets, 02:00:00:00:00:01): " + text);
    }
    return new MacAddress(Long.parseLong(text.replace(":", ""), 16));
  }

  /** The 48 bits, first octet most significant. */
  public long toLong() {
    return bits;
  }

  /** Whether the group bit is set: multicast or broadcast (IEEE 802-2014, 8.2.2). */
  public boolean isMulticast() {
    return (bits & GROUP_BIT) != 0;
  }

  /** Whether a station may own this address: not multicast, not all zero. */
  public boolean isUnicast() {
    return !isMulticast() && bits != 0;
  }

  @Override
  public int compareTo(MacAddress other) {
    return Long.compareUnsigned(bits, other.bits);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof MacAddress && ((MacAddress) other).bits == bits;
  }

  @Override
  public int hashCode() {
    return Long.hashCode(bits);
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(17);
    for (int shift = 40; shift >= 0; shift -= 8) {
      int octet = (int) (bits >>> shift) & 0xff;
      text.append(Character.forDigit(octet >> 4, 16)).append(Character.forDigit(octet & 0xf, 16));
      if (shift > 0) {
        text.append(':');
      }
    }
    return text.toString();
  }
}
