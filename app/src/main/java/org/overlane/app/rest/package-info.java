/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** The REST interface. Takes and gives the JSON of {@code org.overlane.config}. */
package org.overlane.app.rest;
