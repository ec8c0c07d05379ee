/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.cli;

/** A command cannot do what it was asked to. The message says why and what to do about it. */
final class CommandFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** The model has problems. */
  static final int MODEL = 1;

  /** The command line asks for something that cannot be done. */
  static final int USAGE = 2;

  private final int exitStatus;

  private CommandFailure(int exitStatus, String message) {
    super(message);
    this.exitStatus = exitStatus;
  }

  static CommandFailure inModel(String message) {
    return new CommandFailure(MODEL, message);
  }

  static CommandFailure inUsage(String message) {
    return new CommandFailure(USAGE, message);
  }

  int exitStatus() {
    return exitStatus;
  }
}
