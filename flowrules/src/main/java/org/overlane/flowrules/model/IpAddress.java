/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.flowrules.model;

import com.google.common.net.InetAddresses;
import com.google.common.primitives.UnsignedBytes;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/**
 * An IPv4 or IPv6 address. Immutable, thread-safe; IPv4 sorts before IPv6. Never resolves a name.
 */
public final class IpAddress implements Comparable<IpAddress> {
  private final byte[] octets;

  private IpAddress(byte[] octets) {
    this.octets = octets;
  }

  /**
   * Parses the usual text form of RFC 4291 2.2 or dotted decimal, without zone or prefix length.
   *
   * @throws IllegalArgumentException if the text is no address
   */
  public static IpAddress parse(String text) {
    try {
      return new IpAddress(InetAddresses.forString(text).getAddress());
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("not an IPv4 or IPv6 address: " + text, e);
    }
  }

  /**
   * The address with these 4 or 16 octets, in network order.
   *
   * @throws IllegalArgumentException for any other number of octets
   */
  public static IpAddress of(byte[] octets) {
    if (octets.length != 4 && octets.length != 16) {
      throw new IllegalArgumentException("an IP address has 4 or 16 octets, not " + octets.length);
    }
    return new IpAddress(octets.clone());
  }

  /** A copy of the 4 or 16 octets, in network order. */
  public byte[] octets() {
    return octets.clone();
  }

  public boolean isIpv4() {
    return octets.length == 4;
  }

  public boolean isIpv6() {
    return octets.length == 16;
  }

  /** Whether a host may own this address: not unspecified, loopback, multicast or broadcast. */
  public boolean isUnicast() {
    InetAddress address = toInetAddress();
    boolean broadcast =
        isIpv4() && octets[0] == -1 && octets[1] == -1 && octets[2] == -1 && octets[3] == -1;
    return !(address.isAnyLocalAddress()
        || address.isLoopbackAddress()
        || address.isMulticastAddress()
        || broadcast);
  }

  /** The same address in the type of the class library. */
  public InetAddress toInetAddress() {
    try {
      return InetAddress.getByAddress(octets);
    } catch (UnknownHostException e) {
      throw new AssertionError("4 or 16 octets always are an address", e);
    }
  }

  @Override
  public int compareTo(IpAddress other) {
    int byFamily = Integer.compare(octets.length, other.octets.length);
    return byFamily != 0
        ? byFamily
        : UnsignedBytes.lexicographicalComparator().compare(octets, other.octets);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof IpAddress && Arrays.equals(((IpAddress) other).octets, octets);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(octets);
  }

  /** The text form of RFC 5952. */
  @Override
  public String toString() {
    return InetAddresses.toAddrString(toInetAddress());
  }
}
