/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.openflow.provider;

/**
 * OpenFlow 1.3 cannot say what a rule, group or meter asks for; the message says which part, and
 * why.
 */
final class UnsupportedRuleException extends Exception {

  private static final long serialVersionUID = 1L;

  UnsupportedRuleException(String message) {
    super(message);
  }

  UnsupportedRuleException(String message, Throwable cause) {
    super(message, cause);
  }
}
