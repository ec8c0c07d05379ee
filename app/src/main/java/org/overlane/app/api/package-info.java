/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** What the application offers to its own REST resources and commands. */
package org.overlane.app.api;
