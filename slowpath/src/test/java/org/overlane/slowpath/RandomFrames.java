/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.slowpath;

import com.google.common.primitives.Bytes;
import java.util.Arrays;
import java.util.SplittableRandom;

/** Valid frames of all kinds that the slow path meets, sizes up to a limit. */
final class RandomFrames {
  private static final String[] IPV4 = {
    "10.0.0.1",
    "192.0.2.77",
    "10.255.255.255",
    "0.0.0.0",
    "127.0.0.1",
    "224.0.0.1",
    "255.255.255.255",
    "240.0.0.1"
  };
  private static final String[] IPV6 = {
    "fd00::1", "2001:db8::77", "fe80::1", "::", "::1", "ff02::1", "::10.0.0.1"
  };
  private static final int[] EXTENSIONS = {0, 43, 60, 51, 135, 139, 140};

  /** No operation, routes, timestamp, security, stream, router alert, quick start. */
  private static final String[] IPV4_OPTIONS = {
    "01",
    "0707040a00000a",
    "8307040a00000b",
    "8907040a00000c",
    "4408050000000001",
    "8804beef",
    "820b0000000000000000ff",
    "94040000",
    "1908000000000000"
  };

  private static final int[] TAG_TYPES = {0x8100, 0x88a8, 0x9100};
  private static final int[] PROTOCOLS = {1, 6, 17, 47, 50, 58, 59, 132};

  private final SplittableRandom random;

  RandomFrames(long seed) {
    random = new SplittableRandom(seed);
  }

  int below(int bound) {
    return random.nextInt(bound);
  }

  /** True once in so many times. */
  boolean once(int times) {
    return random.nextInt(times) == 0;
  }

  byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  /** A frame with an IP packet that has up to so many bytes. */
  byte[] frame(int maxLength) {
    return wrapped(once(2) ? ipv4(maxLength) : ipv6(maxLength));
  }

  /** A frame with a TCP SYN or, rarely, another segment. */
  byte[] syn(int maxData) {
    return wrapped(synPacket(maxData));
  }

  byte[] synPacket(int maxData) {
    int flags = once(8) ? below(256) : once(2) ? 0x02 : 0x12;
    byte[] segment =
        Packets.tcp(flags, tcpOptions(), bytes(once(3) ? below(maxData + 1) : below(4)));
    if (once(2)) {
      return ipv4Header().ofTcp(segment);
    }
    Packets.V6 packet = ipv6Header();
    addExtensions(packet, false);
    return packet.ofTcp(segment);
  }

  private byte[] wrapped(byte[] packet) {
    Packets.Frame frame = new Packets.Frame().tags(tags());
    if (once(20)) {
      frame.to(bytes(6));
    }
    if (once(20)) {
      frame.from(once(2) ? new byte[6] : bytes(6));
    }
    return frame.trailer(once(4) ? below(12) : 0).of(packet);
  }

  private byte[] tags() {
    byte[] tags = new byte[0];
    for (int i = once(2) ? 0 : below(3); i > 0; i--) {
      tags = Bytes.concat(tags, Packets.u16(TAG_TYPES[below(3)]), bytes(2));
    }
    return tags;
  }

  private byte[] ipv4(int maxLength) {
    boolean more = once(4);
    int length = once(3) ? maxLength : 64 + below(Math.max(1, maxLength - 63));
    Packets.V4 packet = ipv4Header().df(once(2)).more(more).protocol(PROTOCOLS[below(8)]);
    if (once(4)) {
      packet.offset(below(6000) * 8);
    }
    byte[] options = once(3) ? ipv4Options() : new byte[0];
    int payload = Math.max(0, length - 20 - options.length);
    byte[] content = bytes(more && !once(9) ? payload / 8 * 8 : payload);
    if (content.length > 0 && once(2)) {
      content[0] = 8;
    }
    return packet.options(options).of(content);
  }

  private Packets.V4 ipv4Header() {
    return new Packets.V4()
        .tos(below(256))
        .id(below(65_536))
        .ttl(below(256))
        .df(once(2))
        .from(IPV4[once(10) ? below(8) : 0])
        .to(IPV4[once(10) ? below(8) : 1]);
  }

  /** Whole options, sometimes with one that is not, padded with zeros. */
  private byte[] ipv4Options() {
    byte[] options = new byte[0];
    while (options.length < 30 && !once(4)) {
      byte[] option = Packets.hex(IPV4_OPTIONS[below(IPV4_OPTIONS.length)]);
      if (option.length > 1 && once(15)) {
        option[1] = (byte) below(256);
      }
      options = Bytes.concat(options, option);
    }
    return Arrays.copyOf(options, (options.length + 3) / 4 * 4);
  }

  private byte[] ipv6(int maxLength) {
    Packets.V6 packet = ipv6Header();
    addExtensions(packet, true);
    packet.protocol(PROTOCOLS[below(8)]);
    int length = once(3) ? maxLength : 64 + below(Math.max(1, maxLength - 63));
    byte[] content = bytes(Math.max(1, length - packet.headerLength()));
    if (once(2)) {
      content[0] = (byte) (128 + below(16));
    }
    return packet.of(content);
  }

  private Packets.V6 ipv6Header() {
    return new Packets.V6().from(IPV6[once(10) ? below(7) : 0]).to(IPV6[once(10) ? below(7) : 1]);
  }

  private void addExtensions(Packets.V6 packet, boolean fragments) {
    while (once(3)) {
      int number = EXTENSIONS[below(EXTENSIONS.length)];
      int units = below(4);
      byte[] header = new byte[number == 51 ? (units + 2) * 4 : (units + 1) * 8];
      header[1] = (byte) units;
      if (number == 0 || number == 60) {
        // One PadN option over all of the header (RFC 8200 4.2).
        header[2] = 1;
        header[3] = (byte) (header.length - 4);
      }
      packet.extension(
          number,
          number == 51 && units < 1 ? new byte[] {0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0} : header);
    }
    if (fragments && once(4)) {
      packet.fragment(once(2) ? 0 : below(6000) * 8, once(2));
    }
  }

  /** Options in any order, as hosts send them and as no host should. */
  private byte[] tcpOptions() {
    byte[] options = new byte[0];
    while (options.length < 40 && !once(6)) {
      options = Bytes.concat(options, tcpOption());
    }
    return Arrays.copyOf(options, Math.min(40, (options.length + 3) / 4 * 4));
  }

  private byte[] tcpOption() {
    return switch (below(12)) {
      case 0, 1, 2 -> Bytes.concat(Packets.hex("0204"), once(2) ? Packets.hex("05b4") : bytes(2));
      case 3, 4 -> Packets.hex("01");
      case 5 -> Packets.hex("0402");
      case 6 -> Bytes.concat(Packets.hex("080a"), bytes(8));
      case 7 -> Packets.hex("030307");
      case 8 -> once(3) ? Bytes.concat(Packets.hex("1312"), bytes(16)) : Packets.hex("01");
      case 9 -> once(3) ? Bytes.concat(Packets.hex("1d06"), bytes(4)) : Packets.hex("01");
      case 10 -> once(3) ? Packets.hex("00") : Packets.hex("220a0102030405060708");
      default -> once(3) ? bytes(2) : Packets.hex("0101");
    };
  }
}
