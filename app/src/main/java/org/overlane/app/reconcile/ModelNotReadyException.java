/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.reconcile;

/** The model cannot be put together yet, for a reason that will pass. */
public final class ModelNotReadyException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public ModelNotReadyException(String reason) {
    super(reason);
  }
}
