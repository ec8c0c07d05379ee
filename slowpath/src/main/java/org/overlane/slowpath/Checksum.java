/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.slowpath;

import static org.overlane.slowpath.Bytes.u16;
import static org.overlane.slowpath.Bytes.u8;

/** The Internet checksum (RFC 1071): computed, or updated for a change (RFC 1624). */
final class Checksum {
  private Checksum() {}

  /**
   * The sum of 16-bit words, not yet folded, so that sums can be added. An odd last byte counts as
   * the upper half of a word.
   */
  static long sum(byte[] bytes, int offset, int length) {
    long sum = 0;
    int end = offset + (length & ~1);
    for (int i = offset; i < end; i += 2) {
      sum += u16(bytes, i);
    }
    return (length & 1) == 0 ? sum : sum + (u8(bytes, end) << 8);
  }

  /** The checksum of what was summed up, 0 if it includes a correct checksum. */
  static int of(long sum) {
    long folded = sum;
    while (folded > 0xffff) {
      folded = (folded & 0xffff) + (folded >>> 16);
    }
    return (int) (~folded & 0xffff);
  }

  /**
   * The checksum after one aligned word has changed: equation 3 of RFC 1624. A wrong checksum stays
   * wrong.
   */
  static int update(int checksum, int oldWord, int newWord) {
    return of((~checksum & 0xffffL) + (~oldWord & 0xffffL) + newWord);
  }

  /**
   * The same for a word at this offset from the start of what is summed up. At an odd offset its
   * bytes belong to two aligned words, which adds up to the word with its bytes swapped (RFC 1071
   * 2(B)).
   */
  static int update(int checksum, int offset, int oldWord, int newWord) {
    return (offset & 1) == 0
        ? update(checksum, oldWord, newWord)
        : update(checksum, swapped(oldWord), swapped(newWord));
  }

  private static int swapped(int word) {
    return (word & 0xff) << 8 | word >>> 8;
  }
}
