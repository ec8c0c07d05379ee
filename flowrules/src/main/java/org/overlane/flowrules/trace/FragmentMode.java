/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.flowrules.trace;

/**
 * What a switch sees of fragments. The first three are those of Open vSwitch ({@code ovs-ofctl
 * set-frags}); in all of them a transport field that a fragment lacks reads as zero, and the IP
 * protocol of a later IPv6 fragment as 44.
 */
public enum FragmentMode {
  /** The default of Open vSwitch: ports and ICMP types are hidden in the first fragment too. */
  NORMAL("Open vSwitch, normal"),
  /** Open vSwitch: the first fragment shows its ports. */
  NX_MATCH("Open vSwitch, nx-match"),
  /** Open vSwitch: every fragment is dropped before table 0. */
  DROP("Open vSwitch, drop"),
  /**
   * Plain OpenFlow 1.3: a field that is not in the packet matches nothing (OpenFlow 1.3.5 section
   * 5.3). The standard does not say what IP_PROTO of a later IPv6 fragment is; it counts as absent,
   * so that no entry can rely on it. Extensions match nothing.
   */
  STANDARD("plain OpenFlow 1.3");

  private final String text;

  FragmentMode(String text) {
    this.text = text;
  }

  /** For people. */
  public String text() {
    return text;
  }

  boolean isOpenVSwitch() {
    return this != STANDARD;
  }

  boolean drops(FragmentClass fragment) {
    return this == DROP && fragment != FragmentClass.WHOLE;
  }
}
