/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.openflow.provider;

import java.util.ArrayDeque;
import java.util.Deque;

/** Registrations that are undone in the opposite order, if one of them fails or at the end. */
final class ProviderRegistrations {

  private final Deque<Runnable> undo = new ArrayDeque<>();

  /** Registers, and remembers how to undo that; what throws needs no undoing. */
  void add(Runnable register, Runnable unregister) {
    register.run();
    undo.push(unregister);
  }

  void undo() {
    while (!undo.isEmpty()) {
      undo.pop().run();
    }
  }
}
