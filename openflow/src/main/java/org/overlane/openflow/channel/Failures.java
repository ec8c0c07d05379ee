/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.openflow.channel;

import java.util.concurrent.CompletionException;

/** Failures as callers want to see them. */
final class Failures {

  private Failures() {}

  /** The failure without the wrapper that dependent stages put around it. */
  static Throwable unwrap(Throwable failure) {
    return failure instanceof CompletionException && failure.getCause() != null
        ? failure.getCause()
        : failure;
  }
}
