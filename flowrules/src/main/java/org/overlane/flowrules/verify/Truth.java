/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.flowrules.verify;

/** Whether something holds for the packets of a set. */
enum Truth {
  ALWAYS,
  SOMETIMES,
  NEVER
}
