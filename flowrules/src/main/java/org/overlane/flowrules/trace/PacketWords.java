/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.flowrules.trace;

import java.util.ArrayList;
import java.util.List;

/** A packet in one line, for people. */
final class PacketWords {
  private static final String[] FLAGS = {
    "FIN", "SYN", "RST", "PSH", "ACK", "URG", "ECE", "CWR", "NS"
  };

  private PacketWords() {}

  static String describe(TracedPacket packet) {
    List<String> parts = new ArrayList<>();
    parts.add("from port " + packet.inPort());
    packet
        .tunnelId()
        .ifPresent(
            id ->
                parts.add(
                    "out of tunnel "
                        + Long.toUnsignedString(id)
                        + " to "
                        + packet.tunnelDst().get()));
    parts.add(packet.ethSrc() + " -> " + packet.ethDst());
    packet.vlan().ifPresent(v -> parts.add("VLAN " + v));
    String type = FieldWords.etherType(packet.etherType());
    if (packet.isIp()) {
      parts.add(type + " " + packet.ipSrc().get() + " -> " + packet.ipDst().get());
      parts.add(transport(packet));
    } else {
      parts.add(
          packet.arpOp().map(op -> type + " operation " + op).orElse("type " + type)
              + packet.arpTpa().map(a -> " for " + a).orElse(""));
    }
    if (packet.dontFragment()) {
      parts.add("DF");
    }
    if (packet.fragment() != FragmentClass.WHOLE) {
      parts.add(packet.fragment() == FragmentClass.FIRST ? "first fragment" : "later fragment");
    }
    parts.add(packet.length() + " bytes with Ethernet header");
    return String.join(", ", parts);
  }

  private static String transport(TracedPacket packet) {
    int proto = packet.ipProto().get();
    if (packet.l4Src().isPresent()) {
      return (proto == TracedPacket.TCP ? "TCP " : "UDP ")
          + packet.l4Src().get()
          + " -> "
          + packet.l4Dst().get()
          + packet.tcpFlags().map(PacketWords::flags).orElse("")
          + packet.mss().map(m -> " MSS " + m).orElse("");
    }
    return packet
        .icmpType()
        .map(t -> (proto == TracedPacket.ICMP ? "ICMP" : "ICMPv6") + " type " + t)
        .orElse("protocol " + proto);
  }

  private static String flags(int flags) {
    List<String> names = new ArrayList<>();
    for (int bit = 0; bit < FLAGS.length; bit++) {
      if ((flags >> bit & 1) != 0) {
        names.add(FLAGS[bit]);
      }
    }
    return names.isEmpty() ? "" : " " + names;
  }
}
