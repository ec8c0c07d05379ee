/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.flowrules.openflow;

/**
 * The part of an entry's cookie that says where it comes from: 48 bits, of which the upper 8 are
 * the id of the packet class and the lower 40 a hash of table, priority and match. The 16 bits
 * above them belong to the controller's application id (ONOS reads ownership there) and are zero
 * here.
 *
 * <p>Instructions are left out of the hash on purpose: an entry whose instructions change keeps its
 * identity.
 */
public final class Cookie {
  /** Bits below the application id. */
  public static final int BITS = 48;

  private static final int HASH_BITS = 40;

  private final long bits;

  private Cookie(long bits) {
    this.bits = bits;
  }

  /**
   * The cookie of an entry.
   *
   * @param packetClass id of the packet class, 1 to 255
   */
  public static Cookie of(int packetClass, int table, int priority, Match match) {
    if (packetClass < 1 || packetClass > 255) {
      throw new IllegalArgumentException("packet class id must be 1 to 255, not " + packetClass);
    }
    long hash = mix(mix(0x0ae1a4eL, table), priority);
    for (FieldValue field : match.values()) {
      hash = mix(hash, field.field().ofctlName().hashCode());
      hash = mix(mix(hash, field.value().high()), field.value().low());
      hash = mix(mix(hash, field.mask().high()), field.mask().low());
    }
    hash &= (1L << HASH_BITS) - 1;
    return new Cookie((long) packetClass << HASH_BITS | hash);
  }

  /** One round of the 64-bit finaliser of MurmurHash3: cheap, and every input bit reaches all. */
  private static long mix(long state, long input) {
    long mixed = state * 31 + input;
    mixed = (mixed ^ mixed >>> 33) * 0xff51afd7ed558ccdL;
    mixed = (mixed ^ mixed >>> 33) * 0xc4ceb9fe1a85ec53L;
    return mixed ^ mixed >>> 33;
  }

  /** The cookie with these bits; those of the application id are cut off. */
  public static Cookie ofBits(long bits) {
    return new Cookie(bits & ((1L << BITS) - 1));
  }

  /** The lower 48 bits; the upper 16 are zero. */
  public long toLong() {
    return bits;
  }

  /** The id of the packet class, 0 to 255. */
  public int packetClass() {
    return (int) (bits >>> HASH_BITS);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Cookie && ((Cookie) other).bits == bits;
  }

  @Override
  public int hashCode() {
    return Long.hashCode(bits);
  }

  @Override
  public String toString() {
    return "0x" + Long.toHexString(bits);
  }
}
