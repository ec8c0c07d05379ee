/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.flowrules.trace;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.overlane.flowrules.model.IpAddress;
import org.overlane.flowrules.openflow.Bits;

/** A packet as it is on a wire, in hexadecimal; checksums are zero. */
final class PacketBytes {
  private PacketBytes() {}

  static String hex(TracedPacket packet) {
    ByteBuffer bytes = ByteBuffer.allocate(packet.length());
    mac(bytes, packet.ethDst().toLong());
    mac(bytes, packet.ethSrc().toLong());
    packet.vlan().ifPresent(v -> bytes.putShort((short) 0x8100).putShort((short) (int) v));
    bytes.putShort((short) packet.etherType());
    if (packet.etherType() == TracedPacket.ARP) {
      bytes.putShort((short) 1).putShort((short) 0x0800).put((byte) 6).put((byte) 4);
      bytes.putShort((short) (int) packet.arpOp().orElseThrow());
      mac(bytes, packet.ethSrc().toLong());
      bytes.putInt(0);
      mac(bytes, 0);
      bytes.put(packet.arpTpa().orElseThrow().octets());
    } else if (packet.isIp()) {
      ip(bytes, packet);
    }
    return HexFormat.of().formatHex(bytes.array());
  }

  private static void mac(ByteBuffer bytes, long address) {
    bytes.put(Bits.of(address).toOctets(6));
  }

  private static void ip(ByteBuffer bytes, TracedPacket packet) {
    IpAddress to = packet.ipDst().orElseThrow();
    byte proto = (byte) (int) packet.ipProto().orElseThrow();
    boolean first = packet.fragment() == FragmentClass.FIRST;
    boolean later = packet.fragment() == FragmentClass.LATER;
    int rest = bytes.remaining();
    if (to.isIpv4()) {
      int df = packet.dontFragment() ? 0x4000 : 0;
      bytes.put((byte) 0x45).put((byte) 0).putShort((short) rest).putShort((short) 1);
      bytes.putShort((short) (df | (first ? 0x2000 : later ? 100 : 0)));
      bytes.put((byte) 64).put(proto).putShort((short) 0);
      bytes.put(packet.ipSrc().orElseThrow().octets()).put(to.octets());
    } else {
      boolean fragment = first || later;
      bytes.putInt(0x60000000).putShort((short) (rest - 40));
      bytes.put(fragment ? (byte) 44 : proto).put((byte) 64);
      bytes.put(packet.ipSrc().orElseThrow().octets()).put(to.octets());
      if (fragment) {
        bytes.put(proto).put((byte) 0).putShort((short) (first ? 1 : 100 << 3)).putInt(1);
      }
    }
    if (!later) {
      layer4(bytes, packet);
    }
  }

  private static void layer4(ByteBuffer bytes, TracedPacket packet) {
    if (packet.icmpType().isPresent()) {
      bytes.put((byte) (int) packet.icmpType().get());
    } else if (packet.l4Src().isPresent()) {
      bytes.putShort((short) (int) packet.l4Src().get());
      bytes.putShort((short) (int) packet.l4Dst().orElseThrow());
      if (packet.tcpFlags().isPresent()) {
        bytes.putLong(0).putShort((short) (0x5000 | packet.tcpFlags().get()));
      } else {
        bytes.putShort((short) bytes.remaining()); // not exact, and nobody looks
      }
    }
  }
}
