/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.slowpath;

import static org.overlane.slowpath.Bytes.putU16;
import static org.overlane.slowpath.Bytes.u8;

import com.google.common.collect.ImmutableList;
import java.util.Arrays;
import java.util.Optional;

/** Fragments an IPv4 packet, or a fragment of one, as RFC 791 3.2 says. */
final class Ipv4Fragmenter {
  /** Reassembly fails if one is lost, so that more of them do not serve anyone. */
  private static final int MAX_FRAGMENTS = 64;

  private static final int END_OF_OPTIONS = 0;
  private static final int NO_OPERATION = 1;
  private static final int COPIED = 0x80;
  private static final int MAX_OPTIONS = 40;
  private static final int WORD = 4;

  private final Ipv4Packet packet;
  private final int mtu;

  /** The options of all fragments but the first, padded to whole words. */
  private final byte[] laterOptions;

  private Ipv4Fragmenter(Ipv4Packet packet, int mtu, byte[] laterOptions) {
    this.packet = packet;
    this.mtu = mtu;
    this.laterOptions = laterOptions;
  }

  /**
   * The fragments of a packet that is larger than the MTU, or why there are none.
   *
   * @param mtu bytes of the largest IP packet that fits, at least 68
   */
  static Verdict fragment(Ipv4Packet packet, int mtu) {
    Optional<byte[]> laterOptions = copiedOptions(packet);
    return laterOptions.isPresent()
        ? new Ipv4Fragmenter(packet, mtu, laterOptions.get()).fragments()
        : Verdict.drop(Reason.DROPPED_MALFORMED);
  }

  /** The options to copy, padded with zeros; absent if an option does not end in the header. */
  private static Optional<byte[]> copiedOptions(Ipv4Packet packet) {
    byte[] bytes = packet.frame().bytes();
    byte[] copied = new byte[MAX_OPTIONS];
    int count = 0;
    int at = packet.start() + Ipv4Packet.MIN_HEADER;
    int end = packet.upperStart();
    while (at < end && bytes[at] != END_OF_OPTIONS) {
      if (bytes[at] == NO_OPERATION) {
        at++;
        continue;
      }
      int length = end - at < 2 ? 0 : u8(bytes, at + 1);
      if (length < 2 || length > end - at) {
        return Optional.empty();
      }
      if ((bytes[at] & COPIED) != 0) {
        System.arraycopy(bytes, at, copied, count, length);
        count += length;
      }
      at += length;
    }
    int padded = (count + WORD - 1) / WORD * WORD;
    return Optional.of(Arrays.copyOf(copied, padded));
  }

  private Verdict fragments() {
    ImmutableList.Builder<byte[]> fragments = ImmutableList.builder();
    int done = wholeUnits(mtu - packet.headerLength());
    fragments.add(first(done));
    int room = mtu - Ipv4Packet.MIN_HEADER - laterOptions.length;
    for (int count = 1; done < packet.payloadLength(); count++) {
      if (count == MAX_FRAGMENTS) {
        return Verdict.drop(Reason.DROPPED_TOO_MANY_FRAGMENTS);
      }
      int rest = packet.payloadLength() - done;
      int length = rest <= room ? rest : wholeUnits(room);
      fragments.add(later(done, length));
      done += length;
    }
    return Verdict.fragments(fragments.build());
  }

  private static int wholeUnits(int bytes) {
    return bytes / Ipv4Packet.OFFSET_UNIT * Ipv4Packet.OFFSET_UNIT;
  }

  private byte[] first(int length) {
    byte[] frame = packet.frame().withPayload(packet.headerLength() + length);
    System.arraycopy(
        packet.frame().bytes(), packet.start(), frame, packet.start(), packet.headerLength());
    return filled(frame, 0, length);
  }

  private byte[] later(int from, int length) {
    int headerLength = Ipv4Packet.MIN_HEADER + laterOptions.length;
    byte[] frame = packet.frame().withPayload(headerLength + length);
    int start = packet.start();
    System.arraycopy(packet.frame().bytes(), start, frame, start, Ipv4Packet.MIN_HEADER);
    frame[start] = (byte) ((frame[start] & 0xf0) | headerLength / WORD);
    System.arraycopy(laterOptions, 0, frame, start + Ipv4Packet.MIN_HEADER, laterOptions.length);
    return filled(frame, from, length);
  }

  /** Adds the payload, and what in the header depends on it. */
  private byte[] filled(byte[] frame, int from, int length) {
    int start = packet.start();
    System.arraycopy(
        packet.frame().bytes(), packet.upperStart() + from, frame, frame.length - length, length);
    boolean more = from + length < packet.payloadLength() || packet.isMoreToCome();
    int flags =
        packet.word(Ipv4Packet.FLAGS_FIELD) & ~(Ipv4Packet.OFFSET_MASK | Ipv4Packet.MORE_FRAGMENTS);
    int offset = (packet.offsetBytes() + from) / Ipv4Packet.OFFSET_UNIT;
    putU16(frame, start + Ipv4Packet.LENGTH_FIELD, frame.length - start);
    putU16(
        frame,
        start + Ipv4Packet.FLAGS_FIELD,
        flags | offset | (more ? Ipv4Packet.MORE_FRAGMENTS : 0));
    Ipv4Packet.writeChecksum(frame, start, frame.length - length - start);
    return frame;
  }
}
