/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.slowpath;

/** Unsigned numbers in network order at an offset of an array. */
final class Bytes {
  private Bytes() {}

  static int u8(byte[] bytes, int offset) {
    return bytes[offset] & 0xff;
  }

  static int u16(byte[] bytes, int offset) {
    return u8(bytes, offset) << 8 | u8(bytes, offset + 1);
  }

  static void putU16(byte[] bytes, int offset, int value) {
    bytes[offset] = (byte) (value >>> 8);
    bytes[offset + 1] = (byte) value;
  }

  static void putU32(byte[] bytes, int offset, int value) {
    putU16(bytes, offset, value >>> 16);
    putU16(bytes, offset + 2, value);
  }
}
