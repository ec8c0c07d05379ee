/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** The commands of the Karaf shell. */
package org.overlane.app.cli;
