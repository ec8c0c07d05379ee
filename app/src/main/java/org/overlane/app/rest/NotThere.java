/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.rest;

import javax.ws.rs.NotFoundException;
import org.overlane.config.Problem;

/** What a request asks for by its name is not there. */
final class NotThere extends NotFoundException {
  private static final long serialVersionUID = 1L;

  /** Transient: whoever serialises an exception gets along with its message. */
  private final transient Problem problem;

  NotThere(Problem problem, String message) {
    super(message);
    this.problem = problem;
  }

  Problem problem() {
    return problem;
  }
}
