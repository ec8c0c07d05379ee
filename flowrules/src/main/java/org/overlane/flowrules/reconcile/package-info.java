/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** The difference between desired and observed tables, and a safe order of changes. */
package org.overlane.flowrules.reconcile;
