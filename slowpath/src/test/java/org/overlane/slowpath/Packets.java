/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.slowpath;

import com.google.common.io.BaseEncoding;
import com.google.common.primitives.Bytes;
import com.google.common.primitives.Shorts;
import java.util.Arrays;
import org.overlane.flowrules.model.IpAddress;

/** Frames for tests, and what is in them: shares no code with what is tested. */
final class Packets {
  static final byte[] VM_MAC = hex("020000000001");
  static final byte[] PEER_MAC = hex("020000000002");
  static final int UDP = 17;
  static final int TCP = 6;
  static final int ICMP4 = 1;
  static final int ICMP6 = 58;

  private Packets() {}

  static byte[] hex(String text) {
    return BaseEncoding.base16().lowerCase().decode(text.replace(" ", ""));
  }

  static String hex(byte[] bytes) {
    return BaseEncoding.base16().lowerCase().encode(bytes);
  }

  static byte[] address(String text) {
    return IpAddress.parse(text).octets();
  }

  static byte[] u16(int value) {
    return Shorts.toByteArray((short) value);
  }

  static int u16(byte[] bytes, int at) {
    return Byte.toUnsignedInt(bytes[at]) << 8 | Byte.toUnsignedInt(bytes[at + 1]);
  }

  /** Bytes that differ from their neighbours and from those 256 further on. */
  static byte[] pattern(int length) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) (i * 7 + i / 256);
    }
    return bytes;
  }

  /** The sum of RFC 1071, complemented; what it covers is padded to whole words. */
  static int checksum(byte[]... parts) {
    byte[] all = Bytes.concat(parts);
    int sum = 0;
    for (int i = 0; i < all.length; i++) {
      sum += Byte.toUnsignedInt(all[i]) << (i % 2 == 0 ? 8 : 0);
      sum = (sum & 0xffff) + (sum >> 16);
    }
    return ~sum & 0xffff;
  }

  /** A TCP or ICMPv6 message with its checksum at the offset, for these addresses. */
  static byte[] withChecksum(
      byte[] upper, int at, byte[] source, byte[] destination, int protocol) {
    byte[] done = upper.clone();
    done[at] = 0;
    done[at + 1] = 0;
    byte[] pseudo = Bytes.concat(source, destination, u16(done.length), u16(protocol));
    byte[] sum = u16(checksum(pseudo, done));
    System.arraycopy(sum, 0, done, at, 2);
    return done;
  }

  /** A TCP segment without checksum; the options must be padded. */
  static byte[] tcp(int flags, byte[] options, byte[] data) {
    byte[] header = new byte[20];
    System.arraycopy(hex("c0010050 11223344 55667788"), 0, header, 0, 12);
    header[12] = (byte) (((20 + options.length) / 4) << 4);
    header[13] = (byte) flags;
    header[14] = (byte) 0xfa;
    return Bytes.concat(header, options, data);
  }

  /** An ICMP or ICMPv6 echo request, or another type, with this many bytes in all. */
  static byte[] icmp(int type, int length) {
    byte[] message = pattern(length);
    if (length > 0) {
      message[0] = (byte) type;
    }
    return message;
  }

  /** An Ethernet frame under construction. */
  static final class Frame {
    private byte[] destination = PEER_MAC;
    private byte[] source = VM_MAC;
    private byte[] tags = new byte[0];
    private byte[] trailer = new byte[0];

    Frame to(byte[] mac) {
      destination = mac;
      return this;
    }

    Frame from(byte[] mac) {
      source = mac;
      return this;
    }

    Frame tags(int count) {
      byte[][] all = {
        hex(""), hex("81002064"), hex("88a80065810000c8"), hex("910000018100000281000003")
      };
      tags = all[count];
      return this;
    }

    Frame tags(byte[] bytes) {
      tags = bytes;
      return this;
    }

    Frame trailer(int length) {
      trailer = new byte[length];
      Arrays.fill(trailer, (byte) 0x5a);
      return this;
    }

    byte[] of(byte[] packet) {
      int version = packet.length == 0 ? 0 : packet[0] >> 4;
      return of(version == 6 ? 0x86dd : 0x0800, packet);
    }

    byte[] of(int type, byte[] payload) {
      return Bytes.concat(destination, source, tags, u16(type), payload, trailer);
    }
  }

  /** An IPv4 packet under construction. */
  static final class V4 {
    private int tos;
    private int id = 0x1234;
    private int flagsAndOffset;
    private int ttl = 63;
    private int protocol = UDP;
    private byte[] source = address("10.0.0.1");
    private byte[] destination = address("10.0.0.2");
    private byte[] options = new byte[0];

    V4 tos(int value) {
      tos = value;
      return this;
    }

    V4 id(int value) {
      id = value;
      return this;
    }

    V4 df(boolean on) {
      flagsAndOffset = on ? flagsAndOffset | 0x4000 : flagsAndOffset & ~0x4000;
      return this;
    }

    V4 more(boolean on) {
      flagsAndOffset = on ? flagsAndOffset | 0x2000 : flagsAndOffset & ~0x2000;
      return this;
    }

    V4 offset(int bytes) {
      flagsAndOffset = (flagsAndOffset & ~0x1fff) | bytes / 8;
      return this;
    }

    V4 ttl(int value) {
      ttl = value;
      return this;
    }

    V4 protocol(int value) {
      protocol = value;
      return this;
    }

    V4 from(String address) {
      source = address(address);
      return this;
    }

    V4 to(String address) {
      destination = address(address);
      return this;
    }

    V4 options(byte[] padded) {
      options = padded;
      return this;
    }

    byte[] of(byte[] payload) {
      int headerLength = 20 + options.length;
      byte[] header =
          Bytes.concat(
              new byte[] {(byte) (0x40 | headerLength / 4), (byte) tos},
              u16(headerLength + payload.length),
              u16(id),
              u16(flagsAndOffset),
              new byte[] {(byte) ttl, (byte) protocol, 0, 0},
              source,
              destination,
              options);
      return Bytes.concat(fixed(header), payload);
    }

    /** A TCP segment with the right checksum. */
    byte[] ofTcp(byte[] segment) {
      protocol = TCP;
      return of(withChecksum(segment, 16, source, destination, TCP));
    }

    /** The header with the right checksum. */
    private static byte[] fixed(byte[] header) {
      System.arraycopy(u16(checksum(header)), 0, header, 10, 2);
      return header;
    }
  }

  /** An IPv6 packet under construction. */
  static final class V6 {
    private int next = UDP;
    private int upper = UDP;
    private byte[] source = address("fd00::1");
    private byte[] destination = address("fd00::2");
    private byte[] extensions = new byte[0];
    private int lastNextAt = -1;

    V6 protocol(int value) {
      upper = value;
      link(value);
      return this;
    }

    private void link(int value) {
      if (lastNextAt < 0) {
        next = value;
      } else {
        extensions[lastNextAt] = (byte) value;
      }
    }

    /** Adds an extension header, whose first byte is filled in. */
    V6 extension(int number, byte[] header) {
      link(number);
      lastNextAt = extensions.length;
      extensions = Bytes.concat(extensions, header);
      link(upper);
      return this;
    }

    V6 fragment(int offset, boolean more) {
      return extension(
          44, Bytes.concat(new byte[2], u16(offset / 8 * 8 | (more ? 1 : 0)), hex("00000777")));
    }

    V6 from(String address) {
      source = address(address);
      return this;
    }

    V6 to(String address) {
      destination = address(address);
      return this;
    }

    int headerLength() {
      return 40 + extensions.length;
    }

    byte[] of(byte[] payload) {
      return Bytes.concat(
          hex("6ab12345"),
          u16(extensions.length + payload.length),
          new byte[] {(byte) next, 63},
          source,
          destination,
          extensions,
          payload);
    }

    /** A TCP segment with the right checksum. */
    byte[] ofTcp(byte[] segment) {
      protocol(TCP);
      return of(withChecksum(segment, 16, source, destination, TCP));
    }
  }
}
