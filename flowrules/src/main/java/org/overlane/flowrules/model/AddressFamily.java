/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.flowrules.model;

/** Address family of an underlay. */
public enum AddressFamily {
  IPV4("ipv4", "IPv4"),
  IPV6("ipv6", "IPv6");

  private final String text;
  private final String title;

  AddressFamily(String text, String title) {
    this.text = text;
    this.title = title;
  }

  /** The name used in documents. */
  public String text() {
    return text;
  }

  /** For people. */
  public String title() {
    return title;
  }

  /** The family of an address. */
  public static AddressFamily of(IpAddress address) {
    return address.isIpv4() ? IPV4 : IPV6;
  }
}
