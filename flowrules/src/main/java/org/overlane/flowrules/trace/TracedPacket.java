/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.flowrules.trace;

import com.google.auto.value.AutoValue;
import java.util.Optional;
import org.overlane.flowrules.model.IpAddress;
import org.overlane.flowrules.model.MacAddress;
import org.overlane.flowrules.model.OfPort;

/** A frame at a port of a switch: its headers, length and tunnel metadata. Immutable. */
@AutoValue
public abstract class TracedPacket {
  public static final int IPV4 = 0x0800;
  public static final int ARP = 0x0806;
  public static final int IPV6 = 0x86dd;
  public static final int ICMP = 1;
  public static final int TCP = 6;
  public static final int UDP = 17;
  public static final int ICMPV6 = 58;

  TracedPacket() {}

  /** Port of arrival; CONTROLLER for a packet-out to TABLE. */
  public abstract OfPort inPort();

  public abstract MacAddress ethSrc();

  public abstract MacAddress ethDst();

  /** The Ethernet type behind any VLAN tag, 0x0600 to 0xffff. */
  public abstract int etherType();

  /** VLAN id, 0 to 4,095, if the frame is tagged. */
  public abstract Optional<Integer> vlan();

  /** ARP operation, 1 request, 2 reply (RFC 826). */
  public abstract Optional<Integer> arpOp();

  /** ARP target protocol address. */
  public abstract Optional<IpAddress> arpTpa();

  public abstract Optional<IpAddress> ipSrc();

  public abstract Optional<IpAddress> ipDst();

  /** Protocol of the IP packet, 0 to 255; of the whole one where this is a fragment of it. */
  public abstract Optional<Integer> ipProto();

  /** TCP or UDP port; of the whole packet: a later fragment does not show it to a switch. */
  public abstract Optional<Integer> l4Src();

  /** As {@link #l4Src}. */
  public abstract Optional<Integer> l4Dst();

  /** TCP flags, 12 bits as in the header (RFC 9293 section 3.1); as {@link #l4Src}. */
  public abstract Optional<Integer> tcpFlags();

  /** Type of ICMP or ICMPv6, 0 to 255; as {@link #l4Src}. */
  public abstract Optional<Integer> icmpType();

  /**
   * The MSS option of a TCP SYN (RFC 9293 section 3.7.1). No switch sees it, the slow path does.
   */
  public abstract Optional<Integer> mss();

  /** Bytes of the frame with Ethernet header and VLAN tag, without frame check sequence. */
  public abstract int length();

  /** The DF bit of IPv4 (RFC 791). No switch can match it; it decides what happens after. */
  public abstract boolean dontFragment();

  public abstract FragmentClass fragment();

  /** Key of the tunnel it came out of, the VNI for VXLAN; 0 to 2^64-1, unsigned. */
  public abstract Optional<Long> tunnelId();

  /** Outer destination of the tunnel it came out of. */
  public abstract Optional<IpAddress> tunnelDst();

  public abstract Builder toBuilder();

  /**
   * What check_pkt_larger compares: bytes with Ethernet header and VLAN tag, as the userspace
   * datapath of Open vSwitch 3.1 counts them.
   */
  public int checkedLength() {
    return length();
  }

  public boolean isIp() {
    return etherType() == IPV4 || etherType() == IPV6;
  }

  /** An untagged, whole frame; of an experimental type (0x88b5) unless something else is said. */
  public static Builder builder(OfPort inPort, MacAddress from, MacAddress to) {
    return new AutoValue_TracedPacket.Builder()
        .inPort(inPort)
        .ethSrc(from)
        .ethDst(to)
        .etherType(0x88b5)
        .length(0)
        .dontFragment(false)
        .fragment(FragmentClass.WHOLE);
  }

  /** Collects headers. Not thread-safe. */
  @AutoValue.Builder
  public abstract static class Builder {
    public abstract Builder inPort(OfPort port);

    public abstract Builder ethSrc(MacAddress address);

    public abstract Builder ethDst(MacAddress address);

    public abstract Builder etherType(int type);

    public abstract Builder vlan(int id);

    abstract Builder arpOp(int op);

    abstract Builder arpTpa(IpAddress address);

    abstract Builder ipSrc(IpAddress address);

    abstract Builder ipDst(IpAddress address);

    abstract Builder ipProto(int protocol);

    abstract Builder l4Src(int port);

    abstract Builder l4Dst(int port);

    abstract Builder tcpFlags(int flags);

    abstract Builder icmpType(int type);

    public abstract Builder mss(int bytes);

    /** Bytes with Ethernet header and VLAN tag; left out, the least that Ethernet allows: 60. */
    public abstract Builder length(int bytes);

    public abstract Builder dontFragment(boolean df);

    public abstract Builder fragment(FragmentClass fragment);

    abstract Builder tunnelId(Optional<Long> id);

    abstract Builder tunnelDst(Optional<IpAddress> address);

    abstract TracedPacket autoBuild();

    /** An ARP packet for IPv4 over Ethernet. */
    public Builder arp(int op, IpAddress target) {
      return etherType(ARP).arpOp(op).arpTpa(target);
    }

    /** An IP packet; sets the Ethernet type to that of the destination's family. */
    public Builder ip(IpAddress from, IpAddress to, int protocol) {
      return etherType(to.isIpv4() ? IPV4 : IPV6).ipSrc(from).ipDst(to).ipProto(protocol);
    }

    public Builder udp(IpAddress from, IpAddress to, int fromPort, int toPort) {
      return ip(from, to, UDP).l4Src(fromPort).l4Dst(toPort);
    }

    public Builder tcp(IpAddress from, IpAddress to, int fromPort, int toPort, int flags) {
      return ip(from, to, TCP).l4Src(fromPort).l4Dst(toPort).tcpFlags(flags);
    }

    /** ICMP or ICMPv6, as the addresses say. */
    public Builder icmp(IpAddress from, IpAddress to, int type) {
      return ip(from, to, to.isIpv4() ? ICMP : ICMPV6).icmpType(type);
    }

    /** What it came out of. */
    public Builder tunnel(long id, IpAddress outerDestination) {
      return tunnelId(Optional.of(id)).tunnelDst(Optional.of(outerDestination));
    }

    /** It came out of no tunnel. */
    public Builder noTunnel() {
      return tunnelId(Optional.empty()).tunnelDst(Optional.empty());
    }

    /**
     * The packet.
     *
     * @throws IllegalArgumentException if no such frame can exist; the message names the field
     */
    public TracedPacket build() {
      TracedPacket packet = autoBuild();
      PacketChecks.check(packet);
      return packet.length() > 0
          ? packet
          : packet.toBuilder().length(Math.max(60, PacketChecks.leastLength(packet))).autoBuild();
    }
  }
}
