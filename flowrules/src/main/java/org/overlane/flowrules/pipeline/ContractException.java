/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.flowrules.pipeline;

/** An entry does what its table, or its switch, does not allow: a fault of a feature. */
public final class ContractException extends IllegalStateException {
  private static final long serialVersionUID = 1L;

  ContractException(String reason) {
    super(reason);
  }
}
