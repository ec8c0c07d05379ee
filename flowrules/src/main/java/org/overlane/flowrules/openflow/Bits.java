/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.flowrules.openflow;

import java.math.BigInteger;

/** An unsigned number of up to 128 bits: the value or mask of a field. Immutable. */
public final class Bits implements Comparable<Bits> {
  public static final Bits ZERO = new Bits(0, 0);

  private final long high;
  private final long low;

  private Bits(long high, long low) {
    this.high = high;
    this.low = low;
  }

  /** The number whose low 64 bits are these. */
  public static Bits of(long low) {
    return new Bits(0, low);
  }

  public static Bits of(long high, long low) {
    return new Bits(high, low);
  }

  /**
   * The number with these octets, most significant first.
   *
   * @throws IllegalArgumentException if there are more than 16
   */
  public static Bits of(byte[] octets) {
    if (octets.length > 16) {
      throw new IllegalArgumentException("more than 128 bits: " + octets.length + " octets");
    }
    long high = 0;
    long low = 0;
    for (byte octet : octets) {
      high = high << 8 | low >>> 56;
      low = low << 8 | (octet & 0xffL);
    }
    return new Bits(high, low);
  }

  /** All of the low {@code width} bits set, 0 to 128. */
  public static Bits ones(int width) {
    if (width < 0 || width > 128) {
      throw new IllegalArgumentException("width must be 0 to 128 bits, not " + width);
    }
    long high = width <= 64 ? 0 : width == 128 ? -1 : (1L << (width - 64)) - 1;
    long low = width >= 64 ? -1 : (1L << width) - 1;
    return new Bits(high, low);
  }

  public long high() {
    return high;
  }

  public long low() {
    return low;
  }

  public Bits and(Bits other) {
    return new Bits(high & other.high, low & other.low);
  }

  public Bits or(Bits other) {
    return new Bits(high | other.high, low | other.low);
  }

  public Bits xor(Bits other) {
    return new Bits(high ^ other.high, low ^ other.low);
  }

  /** Whether every bit of the other is set here. */
  public boolean contains(Bits other) {
    return (other.high & ~high) == 0 && (other.low & ~low) == 0;
  }

  public Bits not(int width) {
    return xor(ones(width));
  }

  public boolean isZero() {
    return high == 0 && low == 0;
  }

  /** The number as {@code octets} octets, most significant first. */
  public byte[] toOctets(int octets) {
    byte[] result = new byte[octets];
    for (int i = 0; i < octets; i++) {
      int shift = 8 * (octets - 1 - i);
      result[i] = (byte) (shift >= 64 ? high >>> (shift - 64) : low >>> shift);
    }
    return result;
  }

  public BigInteger toBigInteger() {
    return new BigInteger(1, toOctets(16));
  }

  @Override
  public int compareTo(Bits other) {
    int byHigh = Long.compareUnsigned(high, other.high);
    return byHigh != 0 ? byHigh : Long.compareUnsigned(low, other.low);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Bits && ((Bits) other).high == high && ((Bits) other).low == low;
  }

  @Override
  public int hashCode() {
    return 31 * Long.hashCode(high) + Long.hashCode(low);
  }

  /** Hexadecimal, with 0x. */
  @Override
  public String toString() {
    return "0x" + toBigInteger().toString(16);
  }
}
