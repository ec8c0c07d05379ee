/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.slowpath;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;

/** Puts IPv4 fragments together as a receiver does, and complains about all that is odd. */
final class Reassembler {
  private final byte[] payload = new byte[65_536];
  private final boolean[] present = new boolean[65_536];
  private int start = Integer.MAX_VALUE;
  private int end;
  private boolean last;

  /** Adds a frame whose IP header starts at this offset. */
  void add(byte[] frame, int ip) {
    int headerLength = (frame[ip] & 0xf) * 4;
    int length = Packets.u16(frame, ip + 2);
    int flags = Packets.u16(frame, ip + 6);
    int offset = (flags & 0x1fff) * 8;
    assertThat(Packets.checksum(Arrays.copyOfRange(frame, ip, ip + headerLength))).isZero();
    assertThat(frame.length).isEqualTo(ip + length);
    assertThat(length).isGreaterThan(headerLength);
    for (int i = 0; i < length - headerLength; i++) {
      assertThat(present[offset + i]).as("overlap at %s", offset + i).isFalse();
      present[offset + i] = true;
      payload[offset + i] = frame[ip + headerLength + i];
    }
    start = Math.min(start, offset);
    end = Math.max(end, offset + length - headerLength);
    if ((flags & 0x2000) == 0) {
      assertThat(last).as("a second last fragment").isFalse();
      last = true;
      assertThat(end).isEqualTo(offset + length - headerLength);
    } else {
      assertThat((length - headerLength) % 8).isZero();
    }
  }

  static Reassembler of(List<byte[]> frames, int ip) {
    Reassembler reassembler = new Reassembler();
    frames.forEach(frame -> reassembler.add(frame, ip));
    return reassembler;
  }

  /** Whether the last fragment is among them. */
  boolean hasLast() {
    return last;
  }

  int start() {
    return start;
  }

  /** What the fragments have, which must be without a gap. */
  byte[] payload() {
    for (int i = start; i < end; i++) {
      assertThat(present[i]).as("byte %s", i).isTrue();
    }
    return Arrays.copyOfRange(payload, start, end);
  }
}
