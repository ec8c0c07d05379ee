/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.flowrules.model;

/** A message by which a host learns the MTU of its link. */
public enum Announcement {
  /** DHCPv4: the interface MTU option, 26 (RFC 2132 section 5.1). */
  DHCP("dhcp"),
  /** IPv6 router advertisement: the MTU option, 5 (RFC 4861 section 4.6.4). */
  RA("ra");

  private final String text;

  Announcement(String text) {
    this.text = text;
  }

  /** As in a model document. */
  public String text() {
    return text;
  }
}
