/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.config;

import com.google.auto.value.AutoValue;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.overlane.flowrules.model.IpAddress;

/**
 * Where a host's database listens, or that it connects by itself. No name: resolving one would
 * block, and change its mind.
 */
@AutoValue
public abstract class OvsdbAddress {
  static final Pattern FORM =
      Pattern.compile("(tcp|ssl):(?:([0-9.]{7,15})|\\[([0-9a-fA-F:.]{2,45})\\]):([0-9]{1,5})");
  private static final String PASSIVE_TEXT = "passive";
  private static final int LAST_PORT = 65_535;

  /** The host connects to the controller; which one it is, its bridges tell. */
  public static final OvsdbAddress PASSIVE = new AutoValue_OvsdbAddress(false, Optional.empty(), 0);

  OvsdbAddress() {}

  public boolean isPassive() {
    return !host().isPresent();
  }

  /** Whether both sides prove who they are, and nobody else can read along ({@code ssl:}). */
  public abstract boolean isSecure();

  /** Absent if the host connects by itself. */
  public abstract Optional<IpAddress> host();

  /** Zero if the host connects by itself. */
  public abstract int port();

  /**
   * Parses what Open vSwitch's tools take as well: {@code tcp:192.0.2.10:6640} or {@code
   * ssl:[2001:db8::10]:6640}; or {@code passive}.
   *
   * @throws IllegalArgumentException if it is anything else, or no host can have the address
   */
  public static OvsdbAddress parse(String text) {
    if (text.equals(PASSIVE_TEXT)) {
      return PASSIVE;
    }
    return parseAddress(text);
  }

  /** The same, but no {@code passive}. */
  static OvsdbAddress parseAddress(String text) {
    Matcher parts = FORM.matcher(text);
    if (!parts.matches()) {
      throw new IllegalArgumentException("not tcp:ADDRESS:PORT or ssl:ADDRESS:PORT: " + text);
    }
    IpAddress host = IpAddress.parse(parts.group(2) == null ? parts.group(3) : parts.group(2));
    int port = Integer.parseInt(parts.group(4));
    if (port < 1 || port > LAST_PORT || !(host.isUnicast() || isLoopback(host))) {
      throw new IllegalArgumentException("no host can have this address and port: " + text);
    }
    return new AutoValue_OvsdbAddress(parts.group(1).equals("ssl"), Optional.of(host), port);
  }

  private static boolean isLoopback(IpAddress host) {
    return host.toInetAddress().isLoopbackAddress();
  }

  /**
   * For a connection.
   *
   * @throws IllegalStateException if the host connects by itself
   */
  public InetSocketAddress toSocketAddress() {
    IpAddress host = host().orElseThrow(() -> new IllegalStateException("it is passive"));
    return new InetSocketAddress(host.toInetAddress(), port());
  }

  /** As it is parsed. */
  @Override
  public final String toString() {
    return host()
        .map(
            h ->
                (isSecure() ? "ssl:" : "tcp:")
                    + (h.isIpv6() ? "[" + h + "]" : h.toString())
                    + ":"
                    + port())
        .orElse(PASSIVE_TEXT);
  }
}
