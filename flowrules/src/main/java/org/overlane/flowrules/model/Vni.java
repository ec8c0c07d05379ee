/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.flowrules.model;

/** A VXLAN network identifier: 24 bits (RFC 7348 section 5), 1 to 16,777,215. Zero is not used. */
public final class Vni implements Comparable<Vni> {
  public static final int MIN = 1;
  public static final int MAX = (1 << 24) - 1;

  private final int number;

  private Vni(int number) {
    this.number = number;
  }

  /**
   * The VNI with this number.
   *
   * @throws IllegalArgumentException if it is outside 1 to 16,777,215
   */
  public static Vni of(long number) {
    if (number < MIN || number > MAX) {
      throw new IllegalArgumentException("VNI must be " + MIN + " to " + MAX + ", not " + number);
    }
    return new Vni((int) number);
  }

  public int toInt() {
    return number;
  }

  @Override
  public int compareTo(Vni other) {
    return Integer.compare(number, other.number);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Vni && ((Vni) other).number == number;
  }

  @Override
  public int hashCode() {
    return number;
  }

  @Override
  public String toString() {
    return Integer.toString(number);
  }
}
