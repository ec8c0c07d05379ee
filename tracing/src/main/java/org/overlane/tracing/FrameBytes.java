/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.tracing;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.overlane.flowrules.model.IpAddress;
import org.overlane.flowrules.openflow.Bits;
import org.overlane.flowrules.trace.FragmentClass;
import org.overlane.flowrules.trace.TracedPacket;

/**
 * A packet as bytes on a wire, for the slow path; and what the slow path has made of it. Payload
 * and the checksums of transport headers are zero: nobody looks at them before the receiver does.
 */
final class FrameBytes {
  private static final int VLAN = 0x8100;
  private static final int IPV4_HEADER = 20;
  private static final int IPV6_HEADER = 40;
  private static final int IPV6_FRAGMENT = 44;
  private static final int MORE = 0x2000;
  private static final int OFFSET = 0x1fff;
  private static final int MSS = 2;

  private FrameBytes() {}

  static byte[] of(TracedPacket packet) {
    ByteBuffer bytes = ByteBuffer.allocate(packet.length());
    mac(bytes, packet.ethDst().toLong());
    mac(bytes, packet.ethSrc().toLong());
    packet.vlan().ifPresent(v -> bytes.putShort((short) VLAN).putShort((short) (int) v));
    bytes.putShort((short) packet.etherType());
    if (packet.isIp()) {
      if (packet.etherType() == TracedPacket.IPV4) {
        ipv4(bytes, packet);
      } else {
        ipv6(bytes, packet);
      }
      if (packet.fragment() != FragmentClass.LATER) {
        transport(bytes, packet);
      }
    }
    return bytes.array();
  }

  private static void mac(ByteBuffer bytes, long address) {
    bytes.put(Bits.of(address).toOctets(6));
  }

  private static void ipv4(ByteBuffer bytes, TracedPacket packet) {
    int start = bytes.position();
    int df = packet.dontFragment() ? 0x4000 : 0;
    int more = packet.fragment() == FragmentClass.FIRST ? MORE : 0;
    int offset = packet.fragment() == FragmentClass.LATER ? 1 : 0;
    int length = bytes.limit() - start;
    bytes.putShort((short) 0x4500).putShort((short) length).putShort((short) 1);
    bytes.putShort((short) (df | more | offset));
    bytes.put((byte) 64).put((byte) (int) packet.ipProto().get()).putShort((short) 0);
    bytes.put(packet.ipSrc().get().octets()).put(packet.ipDst().get().octets());
    bytes.putShort(start + 10, (short) headerChecksum(bytes, start));
  }

  private static int headerChecksum(ByteBuffer bytes, int start) {
    int sum = 0;
    for (int at = start; at < start + IPV4_HEADER; at += 2) {
      sum += bytes.getShort(at) & 0xffff;
    }
    sum = (sum & 0xffff) + (sum >>> 16);
    return ~((sum & 0xffff) + (sum >>> 16)) & 0xffff;
  }

  private static void ipv6(ByteBuffer bytes, TracedPacket packet) {
    int payload = bytes.remaining() - IPV6_HEADER;
    boolean fragment = packet.fragment() != FragmentClass.WHOLE;
    byte protocol = (byte) (int) packet.ipProto().get();
    bytes.putInt(0x60000000).putShort((short) payload);
    bytes.put(fragment ? (byte) IPV6_FRAGMENT : protocol).put((byte) 64);
    bytes.put(packet.ipSrc().get().octets()).put(packet.ipDst().get().octets());
    if (fragment) {
      boolean first = packet.fragment() == FragmentClass.FIRST;
      bytes.put(protocol).put((byte) 0).putShort((short) (first ? 1 : 1 << 3)).putInt(1);
    }
  }

  private static void transport(ByteBuffer bytes, TracedPacket packet) {
    if (packet.icmpType().isPresent()) {
      bytes.put((byte) (int) packet.icmpType().get());
    } else if (packet.l4Src().isPresent()) {
      bytes.putShort((short) (int) packet.l4Src().get());
      bytes.putShort((short) (int) packet.l4Dst().get());
      if (packet.tcpFlags().isPresent()) {
        int words = packet.mss().isPresent() ? 6 : 5;
        bytes.putLong(0).putShort((short) (words << 12 | packet.tcpFlags().get()));
        bytes.putShort((short) 0xffff).putInt(0);
        packet.mss().ifPresent(m -> bytes.putShort((short) 0x0204).putShort((short) (int) m));
      } else {
        bytes.putShort((short) (bytes.remaining() + 4));
      }
    }
  }

  /** Where the packet behind Ethernet header and VLAN tag begins, in its bytes. */
  static int ipStart(TracedPacket packet) {
    return packet.vlan().isPresent() ? 18 : 14;
  }

  /**
   * The packet in a form that the slow path has given it: its length, what part of the whole it is,
   * and the MSS may differ; nothing else that a trace looks at does.
   */
  static TracedPacket changed(TracedPacket packet, byte[] frame) {
    TracedPacket.Builder changed = packet.toBuilder().length(frame.length);
    ByteBuffer bytes = ByteBuffer.wrap(frame);
    int start = ipStart(packet);
    if (packet.etherType() == TracedPacket.IPV4) {
      int flags = bytes.getShort(start + 6);
      boolean later = (flags & OFFSET) != 0;
      boolean first = (flags & MORE) != 0;
      changed.fragment(
          later ? FragmentClass.LATER : first ? FragmentClass.FIRST : FragmentClass.WHOLE);
    }
    int header = packet.etherType() == TracedPacket.IPV4 ? IPV4_HEADER : IPV6_HEADER;
    boolean syn = packet.tcpFlags().filter(f -> (f & 2) != 0).isPresent();
    if (syn && packet.fragment() == FragmentClass.WHOLE) {
      mss(bytes, start + header, changed);
    }
    return changed.build();
  }

  private static void mss(ByteBuffer bytes, int tcp, TracedPacket.Builder changed) {
    int end = tcp + ((bytes.get(tcp + 12) & 0xf0) >>> 2);
    if (end > tcp + IPV4_HEADER && bytes.get(tcp + IPV4_HEADER) == MSS) {
      changed.mss(bytes.getShort(tcp + IPV4_HEADER + 2) & 0xffff);
    }
  }

  /** An address of this many octets. */
  static IpAddress address(byte[] frame, int at, int octets) {
    return IpAddress.of(Arrays.copyOfRange(frame, at, at + octets));
  }
}
