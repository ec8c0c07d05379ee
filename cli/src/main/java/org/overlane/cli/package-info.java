/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * Commands that need no controller. Each command is one class; what it reads comes from {@link
 * org.overlane.cli.ModelInput}, and every failure that a person can mend is a {@link
 * org.overlane.cli.CommandFailure}.
 */
package org.overlane.cli;
