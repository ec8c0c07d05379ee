/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.e2e.lab;

/** An interface of a VM whose frames carry a VLAN tag on the wire; closing it removes it. */
public final class Vlan implements AutoCloseable {
  private final Background tool;

  Vlan(Background tool) {
    this.tool = tool;
  }

  @Override
  public void close() {
    // It has removed the interface once its output has ended.
    tool.stop();
    tool.close();
  }
}
