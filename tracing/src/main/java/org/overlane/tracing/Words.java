/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.tracing;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.overlane.flowrules.feature.PacketClass;
import org.overlane.flowrules.model.Endpoint;
import org.overlane.flowrules.model.NetworkModel;
import org.overlane.flowrules.model.NodeId;
import org.overlane.flowrules.model.OfPort;
import org.overlane.flowrules.openflow.FlowEntry;
import org.overlane.flowrules.pipeline.Pipeline;
import org.overlane.flowrules.pipeline.PortRoles;
import org.overlane.flowrules.pipeline.TableSpec;
import org.overlane.flowrules.trace.FragmentClass;
import org.overlane.flowrules.trace.TracedPacket;

/** Packets, ports and entries in words. */
final class Words {
  private static final int LISTED = 6;
  private static final int ETHERNET = 14;
  private static final int VLAN_TAG = 4;

  private Words() {}

  /** {@code 2 buckets}. */
  static String count(int number, String what) {
    return number == 1 ? "1 " + what : number + " " + what + "s";
  }

  /** {@code frame of 1500 bytes}, {@code 2 fragments of 1500 and 56 bytes}. */
  static String sized(String what, List<Integer> lengths) {
    String some = lengths.size() == 1 ? what : lengths.size() + " " + what + "s";
    return some + " of " + lengths(lengths) + " bytes";
  }

  /**
   * {@code 1500 and 56}; where all are alike, only one; where there are many, the first and last.
   */
  static String lengths(List<Integer> lengths) {
    if (lengths.stream().distinct().count() == 1) {
      return lengths.get(0).toString();
    }
    List<String> shown = lengths.stream().map(Object::toString).collect(Collectors.toList());
    if (shown.size() > LISTED) {
      return String.join(", ", shown.subList(0, 2)) + ", ... and " + shown.get(shown.size() - 1);
    }
    return list(shown);
  }

  /** {@code a, b and c}. */
  static String list(List<String> words) {
    int last = words.size() - 1;
    return last < 1
        ? String.join("", words)
        : String.join(", ", words.subList(0, last)) + " and " + words.get(last);
  }

  /** {@code a, b, c and 4 more}. */
  static String shortList(List<String> words) {
    if (words.size() <= LISTED) {
      return list(words);
    }
    return String.join(", ", words.subList(0, LISTED - 1))
        + " and "
        + (words.size() - LISTED + 1)
        + " more";
  }

  /** Bytes of the packet in the frame. */
  static int packetLength(TracedPacket packet) {
    return packet.length() - ETHERNET - (packet.vlan().isPresent() ? VLAN_TAG : 0);
  }

  static List<Integer> packetLengths(List<TracedPacket> packets) {
    return packets.stream().map(Words::packetLength).collect(Collectors.toList());
  }

  static String packet(TracedPacket packet) {
    List<String> parts = new ArrayList<>();
    parts.add(protocol(packet));
    boolean header = packet.fragment() != FragmentClass.LATER;
    packet.tcpFlags().filter(f -> header && (f & 2) != 0).ifPresent(f -> parts.add("SYN"));
    packet.mss().filter(m -> header).ifPresent(m -> parts.add("MSS " + m));
    if (packet.fragment() != FragmentClass.WHOLE) {
      parts.add(
          packet.fragment() == FragmentClass.FIRST ? "the first fragment" : "a later fragment");
    }
    parts.add(packetLength(packet) + " bytes" + (packet.isIp() ? " with IP header" : ""));
    if (packet.etherType() == TracedPacket.IPV4) {
      parts.add(packet.dontFragment() ? "DF set" : "DF clear");
    }
    String tag = packet.vlan().map(v -> " with VLAN tag " + v).orElse("");
    return String.join(", ", parts) + "; a frame of " + packet.length() + " bytes" + tag;
  }

  private static String protocol(TracedPacket packet) {
    if (packet.etherType() == TracedPacket.ARP) {
      return "ARP request for " + packet.arpTpa().get();
    }
    if (!packet.isIp()) {
      return String.format("not IP (type 0x%04x)", packet.etherType());
    }
    String from = packet.ipSrc().get().toString();
    String to = packet.ipDst().get().toString();
    int protocol = packet.ipProto().get();
    if (packet.fragment() == FragmentClass.LATER) { // which has no transport header
      return name(protocol) + " " + from + " -> " + to;
    }
    if (packet.l4Src().isPresent()) {
      return name(protocol)
          + " "
          + from
          + " port "
          + packet.l4Src().get()
          + " -> "
          + to
          + " port "
          + packet.l4Dst().get();
    }
    return name(protocol)
        + packet.icmpType().map(t -> " type " + t).orElse("")
        + " "
        + from
        + " -> "
        + to;
  }

  private static String name(int protocol) {
    switch (protocol) {
      case TracedPacket.TCP:
        return "TCP";
      case TracedPacket.UDP:
        return "UDP";
      case TracedPacket.ICMP:
        return "ICMP";
      case TracedPacket.ICMPV6:
        return "ICMPv6";
      default:
        return "IP protocol " + protocol;
    }
  }

  /** {@code uplink port 1}: a port by what it is for. */
  static String port(NetworkModel model, NodeId id, OfPort port) {
    switch (PortRoles.of(model.node(id).get()).of(port)) {
      case MANAGEMENT:
        return "management port " + port;
      case UPLINK:
        return "uplink port " + port;
      case TUNNEL:
        return "tunnel port " + port;
      default:
        break;
    }
    boolean vm =
        model.endpointsAt(id).stream()
            .map(Endpoint::port)
            .anyMatch(p -> p.filter(port::equals).isPresent());
    return (vm ? "VM port " : "port ") + port;
  }

  /** {@code VXLAN receive}. */
  static String title(FlowEntry entry) {
    return packetClass(entry).map(PacketClass::title).orElse("an entry of no packet class");
  }

  static Optional<PacketClass> packetClass(FlowEntry entry) {
    return PacketClass.of(entry.cookie());
  }

  /** {@code table 30 Forward}. */
  static String table(int id) {
    return "table "
        + id
        + Pipeline.TABLES.stream()
            .filter(t -> t.id() == id)
            .findFirst()
            .map(TableSpec::name)
            .map(name -> " " + name)
            .orElse("");
  }
}
