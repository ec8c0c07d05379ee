/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.flowrules.model;

/** What kind of switch a node is, and so which pipeline it gets. */
public enum Profile {
  /** Open vSwitch 2.x or 3.x: standard OpenFlow 1.3 and the Nicira extensions. */
  OVS("ovs"),
  /** A plain OpenFlow 1.3 switch: no extension at all, one tunnel port per remote VTEP. */
  OPENFLOW13("openflow13");

  private final String text;

  Profile(String text) {
    this.text = text;
  }

  /** The name used in documents. */
  public String text() {
    return text;
  }
}
