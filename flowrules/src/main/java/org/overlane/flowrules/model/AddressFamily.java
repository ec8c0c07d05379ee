/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.flowrules.model;

/** Address family of an underlay. */
public enum AddressFamily {
  IPV4("ipv4"),
  IPV6("ipv6");

  private final String text;

  AddressFamily(String text) {
    this.text = text;
  }

  /** The name used in documents. */
  public String text() {
    return text;
  }

  /** The family of an address. */
  public static AddressFamily of(IpAddress address) {
    return address.isIpv4() ? IPV4 : IPV6;
  }
}
