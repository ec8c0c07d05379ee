/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.onos;

/** Something of the flow tables that ONOS, or the driver of a device, cannot carry. */
final class UntranslatableException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String remedy;

  UntranslatableException(String reason, String remedy) {
    super(reason);
    this.remedy = remedy;
  }

  /** What an operator can do about it. */
  String remedy() {
    return remedy;
  }
}
