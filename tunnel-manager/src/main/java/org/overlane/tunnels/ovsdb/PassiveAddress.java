/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.tunnels.ovsdb;

import com.google.auto.value.AutoValue;
import com.google.common.net.InetAddresses;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where connections of servers are taken, as Open vSwitch writes it. */
@AutoValue
public abstract class PassiveAddress {
  private static final Pattern FORM =
      Pattern.compile(
          "p(tcp|ssl):([0-9]{1,5})(?::(?:([0-9.]{7,15})|\\[([0-9a-fA-F:.]{2,45})\\]))?");
  private static final int LAST_PORT = 65_535;

  PassiveAddress() {}

  /** Whether peers must prove who they are. */
  public abstract boolean isSecure();

  public abstract InetSocketAddress socketAddress();

  /**
   * Parses {@code ptcp:PORT} or {@code pssl:PORT}, with {@code :ADDRESS} or {@code :[ADDRESS]}
   * after it; without, the address is that of the loopback interface.
   *
   * @throws IllegalArgumentException if it is anything else
   */
  public static PassiveAddress parse(String text) {
    Matcher parts = FORM.matcher(text);
    if (!parts.matches() || Integer.parseInt(parts.group(2)) > LAST_PORT) {
      throw new IllegalArgumentException("not ptcp:PORT:ADDRESS or pssl:PORT:ADDRESS: " + text);
    }
    String address = parts.group(3) == null ? parts.group(4) : parts.group(3);
    InetAddress host =
        address == null ? InetAddress.getLoopbackAddress() : InetAddresses.forString(address);
    return new AutoValue_PassiveAddress(
        parts.group(1).equals("ssl"),
        new InetSocketAddress(host, Integer.parseInt(parts.group(2))));
  }
}
