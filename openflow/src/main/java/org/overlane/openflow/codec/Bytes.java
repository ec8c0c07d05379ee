/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.openflow.codec;

import com.google.common.io.BaseEncoding;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Arrays;

/** An immutable sequence of bytes that compares by content. Thread-safe. */
public final class Bytes implements Comparable<Bytes> {

  public static final Bytes EMPTY = new Bytes(new byte[0]);

  private final byte[] octets;

  /** Computed when first asked for; 0 until then. A race only computes it twice. */
  private int hash;

  private Bytes(byte[] octets) {
    this.octets = octets;
  }

  /** Copies the array. */
  public static Bytes of(byte... octets) {
    return new Bytes(octets.clone());
  }

  /** Takes the array over; the caller must not change it any more. */
  static Bytes wrap(byte[] octets) {
    return new Bytes(octets);
  }

  /** The backing array, for reading only. */
  byte[] array() {
    return octets;
  }

  /** Parses lower- or upper-case hexadecimal digits without separators. */
  public static Bytes ofHex(String hex) {
    return new Bytes(
        BaseEncoding.base16().lowerCase().decode(hex.toLowerCase(java.util.Locale.ROOT)));
  }

  /**
   * Copies {@code length} bytes from absolute position {@code index}; the reader index does not
   * move.
   */
  public static Bytes copyOf(ByteBuf buffer, int index, int length) {
    byte[] copy = new byte[length];
    buffer.getBytes(index, copy);
    return new Bytes(copy);
  }

  public int length() {
    return octets.length;
  }

  /** The byte at {@code index}, 0..255. */
  public int at(int index) {
    return octets[index] & 0xff;
  }

  /** The big-endian number in two bytes, 0..65535. */
  public int u16(int index) {
    return CanonicalForm.u16(octets, index);
  }

  /** The big-endian number in four bytes, 0..2^32-1. */
  public long u32(int index) {
    return CanonicalForm.i32(octets, index) & 0xffffffffL;
  }

  /** The big-endian number in eight bytes. */
  public long i64(int index) {
    return CanonicalForm.i64(octets, index);
  }

  /** A buffer over these bytes from {@code index} on, for reading only. */
  public ByteBuf asBuffer(int index) {
    return Unpooled.wrappedBuffer(octets, index, octets.length - index).asReadOnly();
  }

  public byte[] toArray() {
    return octets.clone();
  }

  public void writeTo(ByteBuf buffer) {
    buffer.writeBytes(octets);
  }

  /** True if every bit is set; true for an empty sequence. */
  public boolean isAllOnes() {
    for (byte octet : octets) {
      if (octet != (byte) 0xff) {
        return false;
      }
    }
    return true;
  }

  /** True if no bit is set; true for an empty sequence. */
  public boolean isAllZeros() {
    for (byte octet : octets) {
      if (octet != 0) {
        return false;
      }
    }
    return true;
  }

  /** The bytes as an unsigned big-endian number; the sequence has at most eight bytes. */
  public long toLong() {
    if (octets.length > 8) {
      throw new IllegalArgumentException(octets.length + " bytes do not fit into a 64-bit number");
    }
    long value = 0;
    for (byte octet : octets) {
      value = value << 8 | (octet & 0xff);
    }
    return value;
  }

  /** Unsigned, byte by byte; a prefix comes before what it begins. */
  @Override
  public int compareTo(Bytes other) {
    int shared = Math.min(octets.length, other.octets.length);
    for (int i = 0; i < shared; i++) {
      int difference = at(i) - other.at(i);
      if (difference != 0) {
        return difference;
      }
    }
    return octets.length - other.octets.length;
  }

  @Override
  public boolean equals(Object other) {
    return this == other
        || (other instanceof Bytes && Arrays.equals(octets, ((Bytes) other).octets));
  }

  @Override
  public int hashCode() {
    int known = hash;
    if (known == 0) {
      known = Arrays.hashCode(octets);
      hash = known;
    }
    return known;
  }

  /** Lower-case hexadecimal digits. */
  @Override
  public String toString() {
    return BaseEncoding.base16().lowerCase().encode(octets);
  }
}
