/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.api;

/** What a change was made for is not what is there any more. Nothing has been changed. */
public final class StaleException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public StaleException(String message) {
    super(message);
  }
}
