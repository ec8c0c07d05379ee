/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.config;

import com.google.auto.value.AutoValue;
import java.net.InetSocketAddress;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.overlane.flowrules.model.IpAddress;

/** Where a host's database listens. No name: resolving one would block, and change its mind. */
@AutoValue
public abstract class OvsdbAddress {
  private static final Pattern FORM =
      Pattern.compile("tcp:(?:([0-9.]{7,15})|\\[([0-9a-fA-F:.]{2,45})\\]):([0-9]{1,5})");
  private static final int LAST_PORT = 65_535;

  OvsdbAddress() {}

  public abstract IpAddress host();

  public abstract int port();

  /**
   * Parses what Open vSwitch's tools take as well: {@code tcp:192.0.2.10:6640} or {@code
   * tcp:[2001:db8::10]:6640}.
   *
   * @throws IllegalArgumentException if it is anything else, or no host can have the address
   */
  public static OvsdbAddress parse(String text) {
    Matcher parts = FORM.matcher(text);
    if (!parts.matches()) {
      throw new IllegalArgumentException("not tcp:ADDRESS:PORT: " + text);
    }
    IpAddress host = IpAddress.parse(parts.group(1) == null ? parts.group(2) : parts.group(1));
    int port = Integer.parseInt(parts.group(3));
    if (port < 1 || port > LAST_PORT || !(host.isUnicast() || isLoopback(host))) {
      throw new IllegalArgumentException("no host can have this address and port: " + text);
    }
    return new AutoValue_OvsdbAddress(host, port);
  }

  private static boolean isLoopback(IpAddress host) {
    return host.toInetAddress().isLoopbackAddress();
  }

  /** For a connection. */
  public InetSocketAddress toSocketAddress() {
    return new InetSocketAddress(host().toInetAddress(), port());
  }

  /** As it is parsed. */
  @Override
  public final String toString() {
    return "tcp:" + (host().isIpv6() ? "[" + host() + "]" : host().toString()) + ":" + port();
  }
}
