/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.openflow.channel;

/**
 * A request got no usable answer: the connection ended, the time was up, or the answer made no
 * sense.
 */
public final class RequestFailedException extends Exception {

  private static final long serialVersionUID = 1L;

  public RequestFailedException(String reason) {
    super(reason);
  }

  public RequestFailedException(String reason, Throwable cause) {
    super(reason, cause);
  }
}
