/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.flowrules.pipeline;

/** The priorities in use, highest first. Entries of one band of one table must not overlap. */
public enum PriorityBand {
  /** Nothing that comes from a management port is ever compared with anything else. */
  BYPASS(400),
  /** Fragments for a VTEP address, where the node limits them; else as whole packets. */
  VTEP_FRAGMENT(320),
  /** Packets for a VTEP address. */
  VTEP(310),
  /** Frames for a MAC of the host. */
  HOST_UNICAST(300),
  /** Broadcast and multicast from the underlay. */
  HOST_MULTICAST(290),
  /** Pairs of addresses for which the slow path has decided; they go by themselves. */
  EXCEPTION(280),
  /** Broadcast and multicast from VMs, before what is known of unicast. */
  MULTICAST(260),
  /** IP fragments, before what is known of whole packets. */
  FRAGMENT(240),
  /** What is known by port, MAC or VNI. */
  KNOWN(200),
  /** What is known only in part: dropped, under a counter of its own. */
  UNKNOWN(100),
  /** The table miss (OpenFlow 1.3.5 section 5.4). */
  MISS(0);

  private final int priority;

  PriorityBand(int priority) {
    this.priority = priority;
  }

  /** 0 to 65,535. */
  public int priority() {
    return priority;
  }
}
