/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.flowrules.pipeline;

/** What a port of a node is for, and so which tables may output to it. */
public enum PortRole {
  /** Towards the underlay. */
  UPLINK("uplink"),
  /** The host's own IP stack. */
  MANAGEMENT("management port"),
  /** Into VXLAN. */
  TUNNEL("tunnel port"),
  /** Everything else: VMs. */
  VM("VM port");

  private final String text;

  PortRole(String text) {
    this.text = text;
  }

  /** For people. */
  public String text() {
    return text;
  }
}
