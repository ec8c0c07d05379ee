/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.slowpath;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class ChecksumTest {
  /** The example of RFC 1624 4, where equation 2 would give 0xffff. */
  @Test
  void theExampleOfRfc1624() {
    assertThat(Checksum.update(0xdd2f, 0x5555, 0x3285)).isZero();
  }

  @Property(tries = 2000)
  void isThatOfAnotherImplementation(@ForAll byte[] bytes) {
    assertThat(Checksum.of(Checksum.sum(bytes, 0, bytes.length)))
        .isEqualTo(Packets.checksum(bytes));
  }

  @Property(tries = 5000)
  void anUpdateGivesWhatComputingAnewGives(
      @ForAll @Size(min = 4, max = 64) byte[] bytes,
      @ForAll @IntRange(max = 0xffff) int word,
      @ForAll @IntRange(max = 61) int anyOffset) {
    bytes[0] |= 1; // not all zero: no packet is
    int offset = 1 + anyOffset % (bytes.length - 2);
    byte[] changed = bytes.clone();
    Bytes.putU16(changed, offset, word);
    int updated =
        Checksum.update(Packets.checksum(bytes), offset, Packets.u16(bytes, offset), word);
    assertThat(updated).isEqualTo(Packets.checksum(changed));
  }
}
