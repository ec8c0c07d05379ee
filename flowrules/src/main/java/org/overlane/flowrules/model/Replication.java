/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.flowrules.model;

/**
 * How broadcast, unknown-unicast and multicast frames of a network are replicated at the sending
 * node.
 */
public enum Replication {
  /** Head-end list: every output in the flow entry itself. */
  LIST("list"),
  /** A group of type ALL with a bucket for each receiver (OpenFlow 1.3.5 section 5.6.1). */
  GROUP("group");

  private final String text;

  Replication(String text) {
    this.text = text;
  }

  /** The name used in documents. */
  public String text() {
    return text;
  }
}
